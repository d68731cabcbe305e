"""The commission's decisions: ranking, staging one or all, releasing."""

from decimal import Decimal

from django.contrib import admin, messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.statuses import ApprovalKind
from core.admin import PolicyAdmin, badge
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment, money
from grants import policy
from grants.actions.decisions import departs, stage_decision
from grants.actions.decisions_bulk import stage_as_ranked, undecided
from grants.actions.proposals import turn_down_proposal
from grants.actions.releases import propose_release, release_decisions
from grants.admin import ranking, second_persons
from grants.forms.decisions import BelowForm, DecisionForm, ReasonsForm, ReleaseForm
from grants.models import Application, Call, Conflict, Decision
from grants.queries import decisions as queries
from grants.queries.ranking import outcome_by_line, rank_call
from grants.statuses import CallStatus, Outcome

OUTCOME_MARKS = {
    Outcome.AWARD: ("good", "check"),
    Outcome.RESERVE: ("wait", "pause"),
    Outcome.DECLINE: ("bad", "cross"),
}


@admin.register(Decision)
class DecisionAdmin(PolicyAdmin):
    """Every decision, staged, released or replaced; read-only. The ranking and its pages hang here."""

    may_see = staticmethod(policy.may_see_ranking)
    list_display = ("number", "title", "outcome_shown", "amount_shown", "state", "staged_on")
    list_filter = ("application__call", "outcome")
    search_fields = ("application__search_text__has_words",)
    fields = (
        "application", "outcome", "amount_shown", "reason_kk", "reason_ru", "departure_motive", "staged", "released",
        "voided",
    )  # fmt: skip
    readonly_fields = fields
    change_list_template = "admin/grants/decision/change_list.html"

    def get_queryset(self, request):
        """With everything a row prints; nothing of an application that a conflict closes to this person."""
        people = ("staged_by", "released_by", "voided_by")
        rows = super().get_queryset(request).select_related("application", *people)
        return rows.exclude(application__in=Conflict.objects.closing_to(request.user))

    def changelist_view(self, request, extra_context=None):
        """With a way to the ranking of each call."""
        calls = Call.objects.visible_to(request.user).filter(status__in=[CallStatus.PUBLISHED, CallStatus.DECIDED])
        return super().changelist_view(request, {**(extra_context or {}), "calls": calls})

    @admin.display(description=gettext_lazy("number"), ordering="application__number")
    def number(self, row):
        """Of the application."""
        return row.application.number

    @admin.display(description=gettext_lazy("project"))
    def title(self, row):
        """Of the application."""
        return row.application.title

    @admin.display(description=gettext_lazy("outcome"), ordering="outcome")
    def outcome_shown(self, row):
        """A word and a shape."""
        return outcome_badge(row)

    @admin.display(description=gettext_lazy("amount"), ordering="amount")
    def amount_shown(self, row):
        """Of an award."""
        return money(row.amount, row.currency) if row.amount else "—"

    @admin.display(description=gettext_lazy("state"))
    def state(self, row):
        """Staged, released or replaced."""
        if row.voided_at:
            return badge(_("Replaced"), "neutral", "dash")
        return badge(_("Released"), "good") if row.released_at else badge(_("Staged"), "info")

    @admin.display(description=gettext_lazy("staged"), ordering="staged_at")
    def staged_on(self, row):
        """The day, short for a list."""
        return date_format(localtime(row.staged_at), "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("staged"))
    def staged(self, row):
        """When and by whom."""
        return f"{moment(row.staged_at)} · {by_whom(row.staged_by)}"

    @admin.display(description=gettext_lazy("released"))
    def released(self, row):
        """When and by whom."""
        return f"{moment(row.released_at)} · {by_whom(row.released_by)}" if row.released_at else "—"

    @admin.display(description=gettext_lazy("replaced or given up"))
    def voided(self, row):
        """When and by whom."""
        if row.voided_at is None:
            return "—"
        return " · ".join([moment(row.voided_at), row.get_void_kind_display(), by_whom(row.voided_by)])

    def get_urls(self):
        """The pages of our own."""
        inside = self.admin_site.admin_view
        return [
            path("ranking/<str:public_id>/", inside(self.show_ranking), name="grants_ranking"),
            path("stage/<str:public_id>/<str:outcome>/", inside(self.stage), name="grants_decision_stage"),
            path("stage-as-ranked/<str:public_id>/", inside(self.stage_all), name="grants_decision_stage_as_ranked"),
            path("release/<str:public_id>/", inside(self.release), name="grants_decision_release"),
            path(
                "release/<str:public_id>/turn-down/",
                inside(require_POST(self.turn_down)),
                name="grants_decision_turn_down",
            ),
            *super().get_urls(),
        ]

    def _page(self, request, template, title, context):
        base = {**self.admin_site.each_context(request), "opts": self.model._meta, "title": title}
        return render(request, f"admin/grants/{template}.html", {**base, **context})

    def _done(self, request, form, act, sentence, back):
        """Calls the action; a refusal stays above the form with everything that was typed."""
        try:
            act()
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
            return None
        messages.success(request, sentence)
        return HttpResponseRedirect(back)

    def show_ranking(self, request, public_id):
        """Everybody by rank, with the lines of money and pass mark."""
        call = ranking.call_of(request, public_id)
        return self._page(request, "ranking/ranking", _("Ranking"), ranking.context_of(request, call))

    def stage(self, request, public_id, outcome):
        """One decision of the commission, with its reasons."""
        if not policy.may_stage_decisions(request.user):
            raise NotAllowed(_("Only the secretary of the commission stages decisions."))
        if outcome not in Outcome.values:
            raise Http404
        application, row = ranked_application(request, public_id)
        form = DecisionForm(
            typed_in(request),
            outcome=outcome,
            application=application,
            departs=departs(row, outcome),
            phrases=queries.phrases_for(outcome),
        )
        if request.method == "POST" and form.is_valid():
            done = self._done(
                request,
                form,
                lambda: stage(application, outcome, form.cleaned_data, request.user),
                _("The decision is staged. Nobody outside sees it before the release."),
                ranking_page(application.call, application),
            )
            if done:
                return done
        context = {"row": row, "outcome": outcome, "form": form, **stage_context(application, row)}
        return self._page(request, "decision/stage", application.number, context)

    def stage_all(self, request, public_id):
        """What the line says, for everybody without a decision, with reasons shared by each outcome."""
        if not policy.may_stage_decisions(request.user):
            raise NotAllowed(_("Only the secretary of the commission stages decisions."))
        call = ranking.call_of(request, public_id)
        rows = undecided(rank_call(call).rows)
        below = BelowForm(typed_in(request))
        chosen = below.cleaned_data["below"] if below.is_valid() else Outcome.RESERVE
        parts = bulk_parts(request, call, rows, chosen)
        if request.method == "POST" and below.is_valid() and all(part["form"].is_valid() for part in parts):
            reasons = {part["outcome"]: part["form"].cleaned_data["reasons"] for part in parts}
            done = self._done(
                request,
                below,
                lambda: stage_as_ranked(call, reasons=reasons, below=chosen, by=request.user),
                _("The decisions are staged. Nobody outside sees them before the release."),
                ranking_page(call),
            )
            if done:
                return done
        context = {
            "call": call,
            "rows": rows,
            "below": below,
            "parts": parts,
            "lacking": sum(row.reviews < call.reviews_needed for row in rows),
        }
        return self._page(request, "decision/stage_as_ranked", _("Stage as ranked"), context)

    def release(self, request, public_id):
        """Everything at once: the secretary proposes, a member of the commission who staged nothing confirms."""
        call = ranking.call_of(request, public_id)
        form = ReleaseForm(typed_in(request))
        proposing = request.POST.get("step") == "propose"
        if request.method == "POST" and form.is_valid():
            done = self._done(
                request,
                form,
                lambda: (propose_release if proposing else release_decisions)(call, by=request.user),
                _("Proposed. A member of the commission releases it.")
                if proposing
                else _("The decisions are released. Applicants are told, the public list is open."),
                reverse("admin:grants_decision_release", args=[public_id]),
            )
            if done:
                return done
        context = second_persons.of_release(request.user, call, form)
        return self._page(request, "decision/release", _("Release"), context)

    def turn_down(self, request, public_id):
        """Stops a proposed release."""
        call = ranking.call_of(request, public_id)
        turn_down_proposal(call, ApprovalKind.RELEASE, by=request.user)
        messages.success(request, _("The proposal is turned down."))
        return HttpResponseRedirect(reverse("admin:grants_decision_release", args=[public_id]))


def by_whom(person):
    """A person, or the rule of the reserve list, which nobody presses."""
    return str(person) if person else _("by the rule of the reserve list")


def typed_in(request):
    """What was posted, even where nothing was filled in."""
    return request.POST if request.method == "POST" else None


def ranked_application(request, public_id):
    """An application with its line of the ranking."""
    applications = Application.objects.visible_to(request.user).select_related(
        "call__programme_year", "rules", "organisation", "sector"
    )
    application = get_object_or_404(applications, public_id=public_id)
    ranking.refuse_while_owing(request.user, application.call)
    row = next((r for r in rank_call(application.call).rows if r.application.pk == application.pk), None)
    if row is None:
        raise Refused(_("Only eligible applications are ranked and decided."), code="wrong_state")
    return application, row


def stage_context(application, row):
    """What the secretary reads beside the form."""
    return {
        "application": application,
        "outcomes": Outcome.choices,
        "by_line": Outcome(outcome_by_line(row, application.call)).label,
        "reviews": queries.reviews_of(application),
        "decision_badge": row.decision and outcome_badge(row.decision),
    }


def stage(application, outcome, typed, by):
    """Calls the action with what was typed."""
    reason_kk, reason_ru = typed["reasons"]
    return stage_decision(
        application,
        outcome=outcome,
        amount=typed.get("amount") or Decimal(0),
        reason_kk=reason_kk,
        reason_ru=reason_ru,
        departure_motive=typed.get("departure_motive", ""),
        by=by,
    )


def bulk_parts(request, call, rows, below):
    """For each outcome: how many, how much money, and the form of its reasons."""
    parts = []
    for outcome in Outcome:
        mine = [row for row in rows if outcome_by_line(row, call, below) == outcome]
        if mine:
            form = ReasonsForm(typed_in(request), prefix=outcome.value, phrases=queries.phrases_for(outcome))
            total = sum((row.award for row in mine), Decimal(0))
            is_award = outcome == Outcome.AWARD
            parts.append({"outcome": outcome, "count": len(mine), "money": total if is_award else None, "form": form})
    return parts


def outcome_badge(decision):
    """The outcome as a word and a shape."""
    tone, shape = OUTCOME_MARKS[Outcome(decision.outcome)]
    return badge(decision.get_outcome_display(), tone, shape)


def ranking_page(call, application=None):
    """Back to the ranking, at the row of the application."""
    address = reverse("admin:grants_ranking", args=[call.public_id])
    return f"{address}#{application.number}" if application else address
