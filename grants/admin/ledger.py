"""Holds and the ledger: who holds money back, what was paid and returned, totals of programme years."""

from django.contrib import admin
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core.admin import PolicyAdmin, badge
from core.form_page import form_page
from core.templatetags.words import long_date, moment, money
from grants import policy
from grants.actions.award_holds import keep_award_hold, lift_award_hold, propose_lifting
from grants.actions.ledger import reverse_return
from grants.admin import second_persons
from grants.admin.tranches import act, page_of, refuse
from grants.forms.money import ReasonForm
from grants.models import Hold, LedgerEntry, ProgrammeYear
from grants.queries.ledger import year_totals
from grants.statuses import EntryKind

STEPS = {"lift": lift_award_hold, "keep": keep_award_hold}


@admin.register(Hold)
class HoldAdmin(PolicyAdmin):
    """Placed on the page of an award's money, lifted here by two."""

    may_see = staticmethod(policy.may_see_contracts)
    list_display = ("shown", "kind", "placed", "placed_by", "state")
    list_filter = ("kind", ("lifted_at", admin.EmptyFieldListFilter))
    fields = ("shown", "kind", "state")
    readonly_fields = fields
    list_select_related = ("award__application", "placed_by")

    def get_queryset(self, request):
        """Those that the person may see."""
        return Hold.objects.visible_to(request.user)

    def get_urls(self):
        """The steps of two people."""
        inside = self.admin_site.admin_view
        steps = [
            path("<int:pk>/propose/", inside(self.propose), name="grants_hold_propose"),
            path("<int:pk>/step/<slug:verb>/", inside(require_POST(self.step)), name="grants_hold_step"),
        ]
        return steps + super().get_urls()

    def _row(self, request, pk):
        refuse(policy.may_see_contracts(request.user))
        rows = self.get_queryset(request).select_related("award__application", "placed_by", "lifted_by")
        return get_object_or_404(rows, pk=pk if str(pk).isdigit() else None)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The hold, and what waits for a second person."""
        hold, person = self._row(request, object_id), request.user
        waiting = Approval.objects.waiting().about(hold, ApprovalKind.LIFT_HOLD).select_related("proposed_by").first()
        may_lift = policy.may_lift_hold(person)
        urls = tuple(reverse("admin:grants_hold_step", args=[hold.pk, verb]) for verb in STEPS)
        shown = second_persons.shown(waiting, person, may_confirm=may_lift, urls=urls, words=_("Release the money"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Hold"),
            "hold": hold,
            "facts": hold_facts(hold),
            "waiting": shown,
            "may_propose": may_lift and hold.lifted_at is None and waiting is None,
        }
        return render(request, "admin/grants/hold/page.html", context)

    def propose(self, request, pk):
        """The first of two says why it is no longer needed."""
        refuse(policy.may_lift_hold(request.user))
        hold = self._row(request, pk)
        return form_page(
            request, self, ReasonForm(request.POST or None), title=_("Propose to lift the hold"), button=_("Propose"),
            back=hold_page(hold), done=_("Proposed. Another person confirms it."), facts=hold_facts(hold),
            act=lambda typed: propose_lifting(hold, by=request.user, **typed),
        )  # fmt: skip

    def step(self, request, pk, verb):
        """The second of two lifts it, or leaves it."""
        if verb not in STEPS:
            raise Http404
        hold = self._row(request, pk)
        done = _("The money may flow again.") if verb == "lift" else _("The proposal is turned down.")
        return act(request, done, STEPS[verb], hold, back=hold_page(hold))

    @admin.display(description=gettext_lazy("application"), ordering="award__application__number")
    def shown(self, hold):
        """Number and project."""
        return f"{hold.award.application.number} · {hold.award.application.title}"

    @admin.display(description=gettext_lazy("placed"), ordering="placed_at")
    def placed(self, hold):
        """In Almaty's time."""
        return moment(hold.placed_at)

    @admin.display(description=gettext_lazy("state"), ordering="lifted_at")
    def state(self, hold):
        """In force or lifted."""
        return badge(_("Lifted"), "neutral", "dash") if hold.lifted_at else badge(_("In force"), "bad", "pause")


def hold_page(hold):
    """Its page."""
    return reverse("admin:grants_hold_change", args=[hold.pk])


def hold_facts(hold):
    """What is known of it."""
    facts = [
        (_("Application"), f"{hold.award.application.number} · {hold.award.application.title}"),
        (_("Kind"), hold.get_kind_display()),
        (_("Reason"), hold.reason),
        (_("placed"), " · ".join(filter(None, [moment(hold.placed_at), str(hold.placed_by or "")]))),
    ]
    if hold.lifted_at:
        facts += [(_("lifted"), f"{moment(hold.lifted_at)} · {hold.lifted_by}"), (_("Why"), hold.lift_reason)]
    return facts


class YearFilter(admin.SimpleListFilter):
    """Entries of one programme year."""

    title = gettext_lazy("programme year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        """Every year."""
        return [(year.pk, str(year)) for year in ProgrammeYear.objects.select_related("programme")]

    def queryset(self, request, queryset):
        """Those of the chosen one."""
        chosen = self.value() or ""
        return queryset.filter(award__decision__programme_year=chosen) if chosen.isdigit() else queryset


@admin.register(LedgerEntry)
class LedgerEntryAdmin(PolicyAdmin):
    """Append-only: a mistake is a reversal."""

    may_see = staticmethod(policy.may_see_contracts)
    list_display = ("shown", "kind", "sum", "day", "reference", "undone")
    list_filter = ("kind", YearFilter)
    fields = ("shown", "kind", "sum", "day")
    readonly_fields = fields
    list_select_related = ("award__application", "posted_by", "reversed_by")
    search_fields = ("reference", "award__application__number")
    date_hierarchy = "value_on"
    change_list_template = "admin/grants/ledgerentry/change_list.html"

    def get_queryset(self, request):
        """Those that the person may see."""
        return LedgerEntry.objects.visible_to(request.user)

    def get_urls(self):
        """Totals, and undoing a wrong return."""
        inside = self.admin_site.admin_view
        pages = [
            path("totals/", inside(require_safe(self.totals)), name="grants_ledgerentry_totals"),
            path("<int:pk>/reverse/", inside(self.reverse), name="grants_ledgerentry_reverse"),
        ]
        return pages + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """An entry, and the way to undo a wrong return."""
        return self._entry(request, object_id)

    def _entry(self, request, pk):
        refuse(policy.may_see_contracts(request.user))
        rows = self.get_queryset(request).select_related("award__application", "posted_by", "reversed_by")
        entry = get_object_or_404(rows, pk=pk if str(pk).isdigit() else None)
        may_reverse = entry.kind == EntryKind.RETURNED and not is_reversed(entry)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": entry.get_kind_display(),
            "entry": entry,
            "facts": entry_facts(entry),
            "award_page": page_of(entry.award),
            "may_reverse": may_reverse and policy.may_pay_batches(request.user),
        }
        return render(request, "admin/grants/ledgerentry/page.html", context)

    def reverse(self, request, pk):
        """Takes a wrong entry of returned money back by a row of its own."""
        refuse(policy.may_pay_batches(request.user))
        rows = self.get_queryset(request).select_related("award__application", "posted_by", "reversed_by")
        entry = get_object_or_404(rows, pk=pk)
        return form_page(
            request, self, ReasonForm(request.POST or None), title=_("Take a wrong entry back"),
            button=_("Take it back"), back=reverse("admin:grants_ledgerentry_change", args=[entry.pk]),
            done=_("The entry is taken back by a row of its own."), facts=entry_facts(entry),
            act=lambda typed: reverse_return(entry, by=request.user, **typed),
        )  # fmt: skip

    def totals(self, request):
        """Programme years: decided, signed, paid, spent, returned."""
        refuse(policy.may_see_contracts(request.user))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Money of programme years"),
            "years": year_totals(),
        }
        return render(request, "admin/grants/ledgerentry/totals.html", context)

    @admin.display(description=gettext_lazy("application"), ordering="award__application__number")
    def shown(self, entry):
        """Its number."""
        return entry.award.application.number

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def sum(self, entry):
        """As people write it."""
        return money(entry.amount, entry.currency)

    @admin.display(description=gettext_lazy("date"), ordering="value_on")
    def day(self, entry):
        """The bank's."""
        return long_date(entry.value_on)

    @admin.display(description=gettext_lazy("taken back"), boolean=True)
    def undone(self, entry):
        """Whether a reversal names it."""
        return is_reversed(entry)


def is_reversed(entry):
    """Whether a reversal names it."""
    return getattr(entry, "reversed_by", None) is not None


def entry_facts(entry):
    """What is known of it."""
    return [
        (_("Application"), f"{entry.award.application.number} · {entry.award.application.title}"),
        (_("Amount"), money(entry.amount, entry.currency)),
        (_("date"), long_date(entry.value_on)),
        (_("Payment order"), entry.reference or "—"),
        (_("Reason"), entry.reason or "—"),
        (_("entered"), f"{moment(entry.posted_at)} · {entry.posted_by or '—'}"),
        (_("taken back"), _("Yes") if is_reversed(entry) else _("No")),
    ]
