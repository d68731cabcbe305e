"""Tranches, and the page of an award's money: conditions, approving, tax statements, holds, what came back."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.admin import PolicyAdmin, badge
from core.form_page import form_page
from core.refusals import NotAllowed, Refused
from core.templatetags.words import money
from grants import policy
from grants.actions.award_holds import place_hold
from grants.actions.ledger import record_return
from grants.actions.tranches import approve_tranche, note_tax_check, return_tranche
from grants.forms.money import HoldForm, ReturnedForm, TaxCheckForm
from grants.models import Tranche
from grants.queries.money import awards_with_money, money_of
from grants.statuses import TRANCHE_MARKS, TrancheStatus

STEPS = {"approve": approve_tranche, "return": return_tranche}


def refuse(may):
    """403 for who may not."""
    if not may:
        raise PermissionDenied


def act(request, done, action, *what, back, **how):
    """Calls one action for the person; a refusal is said on the page that follows."""
    try:
        action(*what, by=request.user, **how)
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(back)


@admin.register(Tranche)
class TrancheAdmin(PolicyAdmin):
    """Read-only rows; each leads to the page of its award's money."""

    may_see = staticmethod(policy.may_see_contracts)
    list_display = ("shown", "project", "sum", "state", "approved_at")
    list_filter = ("status", "number", "award__application__call")
    fields = ("shown", "project", "sum", "state")
    readonly_fields = fields
    search_fields = ("award__application__search_text__has_words",)
    list_select_related = ("award__application",)

    def get_queryset(self, request):
        """Those that the person may see."""
        return Tranche.objects.visible_to(request.user)

    def get_urls(self):
        """The page of an award's money and its steps."""
        steps: list[tuple[str, Any, str]] = [
            ("award/<slug:public_id>/", self.of_award, "award"),
            ("award/<slug:public_id>/tax/", self.tax, "tax"),
            ("award/<slug:public_id>/hold/", self.hold, "hold"),
            ("award/<slug:public_id>/returned/", self.returned, "returned"),
            ("<int:pk>/step/<slug:verb>/", require_POST(self.step), "step"),
        ]
        inside = self.admin_site.admin_view
        return [path(to, inside(view), name=f"grants_tranche_{name}") for to, view, name in steps] + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A tranche is read with the others of its award."""
        refuse(policy.may_see_contracts(request.user))
        key = object_id if object_id.isdigit() else None
        row = get_object_or_404(self.get_queryset(request).select_related("award"), pk=key)
        return HttpResponseRedirect(page_of(row.award))

    def of_award(self, request, public_id):
        """Conditions, sums, holds, what happened."""
        award, person = award_of(request, public_id), request.user
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Money of the award"),
            "award": award,
            "money": money_of(award),
            "may_approve": policy.may_approve_tranches(person),
            "may_place": policy.may_place_hold(person),
            "may_enter": policy.may_pay_batches(person),
        }
        return render(request, "admin/grants/tranche/award.html", context)

    def step(self, request, pk, verb):
        """Approve, or take the approval back."""
        if verb not in STEPS:
            raise Http404
        row = get_object_or_404(self.get_queryset(request).select_related("award"), pk=pk)
        done = (
            _("The tranche may stand in a register now.") if verb == "approve" else _("The tranche is planned again.")
        )
        return act(request, done, STEPS[verb], row, back=page_of(row.award))

    def tax(self, request, public_id):
        """What a statement of the tax authority says."""
        refuse(policy.may_approve_tranches(request.user))
        return self._typed(request, public_id, TaxCheckForm, note_tax_check, _("A tax statement"), _("Enter it"))

    def hold(self, request, public_id):
        """Holds the money back."""
        refuse(policy.may_place_hold(request.user))
        return self._typed(request, public_id, HoldForm, place_hold, _("Hold the money back"), _("Hold it back"))

    def returned(self, request, public_id):
        """Money that came back."""
        refuse(policy.may_pay_batches(request.user))
        return self._typed(request, public_id, ReturnedForm, record_return, _("Returned money"), _("Enter it"))

    def _typed(self, request, public_id, form, action, title, button):
        award = award_of(request, public_id)
        return form_page(
            request, self, form(request.POST or None), title=title, button=button, back=page_of(award),
            done=_("It is entered."),
            facts=[(_("Project"), award.application.title), (_("Number"), award.application.number)],
            act=lambda typed: action(award, by=request.user, **typed),
        )  # fmt: skip

    @admin.display(description=gettext_lazy("tranche"), ordering="award__application__number")
    def shown(self, row):
        """The application's number and its own."""
        return f"{row.award.application.number} · {row.number}"

    @admin.display(description=gettext_lazy("project"))
    def project(self, row):
        """Public with the award."""
        return row.award.application.title

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, row):
        """As people write it."""
        return money(row.amount, row.currency)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, row):
        """A word and a shape."""
        return badge(row.get_status_display(), *TRANCHE_MARKS[TrancheStatus(row.status)])


def award_of(request, public_id):
    """An award whose money the person follows."""
    refuse(policy.may_see_contracts(request.user))
    return get_object_or_404(awards_with_money(request.user), public_id=public_id)


def page_of(award):
    """The page of its money."""
    return reverse("admin:grants_tranche_award", args=[award.public_id])
