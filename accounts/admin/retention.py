"""How long what is kept, what is on hold, what was erased."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions.holds import lift_hold, set_hold
from accounts.models import Erasure, LegalHold, RetentionRule
from accounts.policy import may_hold, may_read_audit
from core.admin import PolicyAdmin, badge


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
    actions = ("lift",)

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

    def has_lift_permission(self, request: HttpRequest) -> bool:
        """Who sets holds lifts them."""
        return may_hold(request.user)

    @admin.action(description=_("Lift the hold"), permissions=["lift"])
    def lift(self, request: HttpRequest, queryset: Any) -> None:
        """What is past its years goes with the next night."""
        by: Any = request.user
        for hold in queryset:
            lift_hold(hold, by=by)
        messages.success(request, _("The hold is lifted."))


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
