"""How long what is kept, what is on hold, what was erased."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from accounts.actions.holds import keep_hold, lift_hold, propose_lifting, set_hold
from accounts.models import Approval, Erasure, LegalHold, RetentionRule
from accounts.policy import may_hold, may_read_audit
from accounts.statuses import ApprovalKind
from core.admin import PolicyAdmin, badge
from core.refusals import NotAllowed, Refused


@admin.register(RetentionRule)
class RetentionRuleAdmin(PolicyAdmin):
    """Years and their basis; the list of record types is the portal's own."""

    may_see = staticmethod(may_read_audit)
    may_change = staticmethod(may_hold)
    list_display = ("__str__", "years", "basis")
    fieldsets = (
        (None, {"fields": (("record_type", "years"),), "classes": ("three",)}),
        (_("Basis"), {"fields": (("basis_kk", "basis_ru", "basis_en"),), "classes": ("three",)}),
    )
    readonly_fields = ("record_type",)


@admin.register(LegalHold)
class LegalHoldAdmin(PolicyAdmin):
    """Set by an administrator with a reason; lifted by an action; never changed, never deleted."""

    may_see = staticmethod(may_read_audit)
    may_add = staticmethod(may_hold)
    list_display = ("about", "is_live", "set_at", "set_by", "lifted_at")
    list_filter = ("set_at", "lifted_at")
    list_select_related = ("set_by",)
    search_fields = ("=about",)
    search_help_text = _("Public id of a person, an organisation or an application, or an application's number")
    fields = ("about", "reason", "set_at", "set_by", "lifted_at", "lifted_by")
    readonly_fields = ("set_at", "set_by", "lifted_at", "lifted_by")
    change_form_template = "admin/accounts/legalhold/change_form.html"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.fields if obj else ("about", "reason")

    @admin.display(description=_("state"))
    def is_live(self, hold: LegalHold) -> Any:
        """A word and a shape."""
        return badge(_("lifted"), "neutral", "dash") if hold.lifted_at else badge(_("on hold"), "wait", "pause")

    def save_model(self, request: HttpRequest, obj: LegalHold, form: Any, change: bool) -> None:
        """Through the action, which writes the trail."""
        by: Any = request.user
        obj.pk = set_hold(obj.about, reason=obj.reason, by=by).pk
        obj.set_by = by

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The action has written the trail."""

    def get_urls(self) -> list[Any]:
        """The steps of lifting, which takes two administrators."""
        steps = {"propose": self.propose, "lift": self.lift, "keep": self.keep}
        inside = self.admin_site.admin_view
        made = [
            path(f"<int:pk>/{name}/", inside(require_POST(view)), name=f"accounts_legalhold_{name}")
            for name, view in steps.items()
        ]
        return [*made, *super().get_urls()]

    def propose(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The first of two, with the reason."""
        reason = request.POST.get("reason", "")[:1000]
        done = gettext("Proposed. Another administrator lifts it.")
        return self._settle(request, pk, lambda hold, by: propose_lifting(hold, reason=reason, by=by), done)

    def lift(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The second of two: what is past its years goes with the next night."""
        return self._settle(request, pk, lambda hold, by: lift_hold(hold, by=by), gettext("The hold is lifted."))

    def keep(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The proposal is turned down."""
        return self._settle(request, pk, lambda hold, by: keep_hold(hold, by=by), gettext("The hold stays."))

    def _settle(self, request: HttpRequest, pk: int, act: Callable[[LegalHold, Any], Any], done: str) -> HttpResponse:
        try:
            act(get_object_or_404(LegalHold, pk=pk), request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, done)
        return HttpResponseRedirect(reverse("admin:accounts_legalhold_change", args=[pk]))

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """With what waits for a second person."""
        if obj is not None:
            waiting = Approval.objects.waiting().about(obj, ApprovalKind.LIFT_HOLD).first()
            context |= {
                "waiting": waiting,
                "is_own": bool(waiting) and waiting.proposed_by_id == request.user.pk,
                "may_hold": may_hold(request.user),
                "facts": [(_("reason"), waiting.reason)] if waiting else [],
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


@admin.register(Erasure)
class ErasureAdmin(PolicyAdmin):
    """The log: public ids and counts."""

    may_see = staticmethod(may_read_audit)
    list_display = ("at", "about", "erased", "kept", "by_whom")
    search_fields = ("=about",)
    fields = ("at", "about", "erased", "kept", "by_whom")
    readonly_fields = fields

    @admin.display(description=_("on whose request"))
    def by_whom(self, row: Erasure) -> str:
        """The person's own, or the clock."""
        return f"#{row.by_id}" if row.by_id else str(_("the clock"))
