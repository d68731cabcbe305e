"""The secretary makes the commission's agenda from a ranking, and proposes departures from it."""

from decimal import Decimal

from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from committees.models import AgendaItem, Meeting
from committees.queries.subjects import refuse_closed
from core.admin import PolicyAdmin
from core.form_page import form_page
from core.refusals import NotAllowed, Refused
from core.templatetags.words import money
from grants import policy
from grants.actions import agenda
from grants.forms.agenda import AgendaForm, DepartForm, reasons_forms
from grants.models import ApplicationItem, Call, Conflict
from grants.statuses import CallStatus


@admin.register(ApplicationItem)
class ApplicationItemAdmin(PolicyAdmin):
    """What a commission was or will be asked about each application; read-only. The pages of the agenda hang here."""

    may_see = staticmethod(policy.may_see_ranking)
    list_display = ("application", "meeting", "outcome", "amount_shown", "rank", "departs")
    list_filter = ("outcome", "departs", "application__call")
    search_fields = ("application__search_text",)
    fields = ("application", "meeting", "outcome", "amount_shown", "rank", "departs", "reason_kk", "reason_ru")
    readonly_fields = fields

    def get_queryset(self, request):
        """With everything a row prints; nothing of an application that a conflict closes to this person."""
        rows = super().get_queryset(request).select_related("application", "item__meeting__committee")
        return rows.exclude(application__in=Conflict.objects.closing_to(request.user))

    @admin.display(description=gettext_lazy("meeting"))
    def meeting(self, row):
        """Of the item."""
        return row.item.meeting

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def amount_shown(self, row):
        """Of a proposed award."""
        return money(row.amount, row.currency) if row.amount else "—"

    def get_urls(self):
        """The two pages of the secretary."""
        inside = self.admin_site.admin_view
        return [
            path("make/<str:public_id>/", inside(self.make), name="grants_agenda_make"),
            path("depart/<str:public_id>/", inside(self.depart), name="grants_agenda_depart"),
            *super().get_urls(),
        ]

    def make(self, request, public_id):
        """Everybody without a decision, by rank, in blocs."""
        _refuse_others(request)
        meeting = get_object_or_404(Meeting.objects.visible_to(request.user), public_id=public_id)
        data = request.POST if request.method == "POST" else None
        calls = Call.objects.filter(commission=meeting.committee_id, status__in=RUNNING)
        form, reasons = AgendaForm(data, calls=calls), reasons_forms(data)
        if data is not None and all([form.is_valid(), *(one.is_valid() for one in reasons.values())]):
            done = _make(request, meeting, form, reasons)
            if done:
                return done
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Agenda from the ranking"),
            "meeting": meeting,
            "form": form,
            "has_calls": calls.exists(),
            "parts": [(dict(OUTCOMES)[outcome], one) for outcome, one in reasons.items()],
        }
        return render(request, "admin/grants/agenda/make.html", context)

    def depart(self, request, public_id):
        """Another proposal about one application."""
        _refuse_others(request)
        items = AgendaItem.objects.visible_to(request.user).select_related("meeting", "of_application__application")
        item = refuse_closed(get_object_or_404(items, public_id=public_id), request.user)
        proposal = getattr(item, "of_application", None)
        if proposal is None:
            raise Http404
        application = proposal.application
        return form_page(
            request,
            self,
            DepartForm(request.POST if request.method == "POST" else None, application=application),
            title=_("Propose something else"),
            button=_("Propose it"),
            back=meeting_page(item.meeting),
            act=lambda typed: _depart(item, typed, request.user),
            done=_("The proposal is changed. The item is voted on alone."),
            facts=[(_("Application"), item.title), (_("The ranking proposes"), proposal.get_outcome_display())],
        )


RUNNING = (CallStatus.PUBLISHED, CallStatus.DECIDED)
OUTCOMES = ApplicationItem._meta.get_field("outcome").choices or []


def meeting_page(meeting):
    """The secretary's page of the session."""
    return reverse("admin:committees_meeting_change", args=[meeting.pk])


def _refuse_others(request):
    if not policy.may_stage_decisions(request.user):
        raise NotAllowed(_("Only the secretary of the commission makes its agenda."))


def _make(request, meeting, form, reasons):
    texts = {outcome: one.cleaned_data.get("reasons", ("", "")) for outcome, one in reasons.items()}
    typed = form.cleaned_data
    try:
        made = agenda.make_agenda(meeting, typed["call"], reasons=texts, below=typed["below"], by=request.user)
    except NotAllowed:
        raise
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return None
    messages.success(request, _("Items on the agenda: %(count)s.") % {"count": len(made)})
    return HttpResponseRedirect(meeting_page(meeting))


def _depart(item, typed, by):
    return agenda.depart(
        item,
        outcome=typed["outcome"],
        amount=typed.get("amount") or Decimal(0),
        motives=(typed["motive_kk"], typed["motive_ru"]),
        reasons=typed["reasons"],
        by=by,
    )
