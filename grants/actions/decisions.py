"""The commission's decisions: staged one by one, released for the whole call at once."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import money
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.letters import tell_decision
from grants.models import Application, Award, Call, Decision, ProgrammeYear
from grants.queries.ranking import RankingRow, rank_call
from grants.statuses import ApplicationStatus, CallStatus, Outcome
from grants.workflow import APPLICATION, CALL

VERBS = {Outcome.AWARD: "award", Outcome.RESERVE: "reserve", Outcome.DECLINE: "decline"}


@transaction.atomic
def stage_decision(
    application: Application,
    *,
    outcome: str,
    reason_kk: str,
    reason_ru: str,
    amount: Decimal = Decimal(0),
    departure_motive: str = "",
    by: Any,
) -> Decision:
    """Writes down what the commission decided; nobody outside sees it before the release.

    Money counts from here: the year's row is locked first, and a trigger with a CHECK has the last word. A later
    decision about the same application replaces this one. Raises Refused in words where the money does not suffice,
    reviews are missing, the score is under the pass mark, or a departure from the ranking has no motive.
    """
    if not policy.may_stage_decisions(by):
        raise NotAllowed(_("Only the secretary of the commission stages decisions."), code="not_a_secretary")
    year = lock(application.call.programme_year)
    application = lock(application)
    amount = amount if outcome == Outcome.AWARD else Decimal(0)
    _refuse_unfit(application, outcome, amount, reason_kk, reason_ru)
    _void_earlier(application, by)
    year.refresh_from_db()
    refuse_over_budget(year, amount)
    _refuse_unranked(application, outcome, departure_motive)
    return write_decision(
        application,
        year,
        outcome=outcome,
        amount=amount,
        reasons=(reason_kk, reason_ru),
        departure_motive=departure_motive,
        by=by,
    )


def write_decision(
    application: Application,
    year: ProgrammeYear,
    *,
    outcome: str,
    amount: Decimal,
    reasons: tuple[str, str],
    departure_motive: str = "",
    by: Any,
) -> Decision:
    """The row and its audit event; whoever calls it holds the year's lock and has checked. Reasons: kk, ru."""
    reason_kk, reason_ru = reasons
    decision = Decision.objects.create(
        application=application,
        programme_year=year,
        outcome=outcome,
        amount=amount,
        currency=year.currency,
        reason_kk=reason_kk.strip(),
        reason_ru=reason_ru.strip(),
        departure_motive=departure_motive.strip(),
        staged_by=by,
    )
    data = {"application": application.public_id, "outcome": outcome, "amount": amount}
    record("decision.stage", decision, by=by, data=data)
    return decision


def refuse_over_budget(year: ProgrammeYear, amount: Decimal) -> None:
    """Refuses in words what the CHECK of the database would refuse anyway."""
    if amount > year.remaining:
        raise Refused(
            _("The budget of the year does not suffice: %(left)s are left, %(asked)s are needed.")
            % {"left": money(year.remaining, year.currency), "asked": money(amount, year.currency)},
            code="budget",
        )


def _refuse_unfit(application: Application, outcome: str, amount: Decimal, reason_kk: str, reason_ru: str) -> None:
    if application.status != ApplicationStatus.ELIGIBLE or application.call.status != CallStatus.PUBLISHED:
        raise Refused(
            _("A decision is staged for an eligible application of a call not yet decided."), code="wrong_state"
        )
    if not (reason_kk.strip() and reason_ru.strip()):
        raise Refused(_("Give the reasons in Kazakh and in Russian: the applicant reads them."), code="no_reason")
    if outcome == Outcome.AWARD and not 0 < amount <= (application.amount_requested or 0):
        raise Refused(
            _("Award more than nothing and at most what was asked: %(asked)s.")
            % {"asked": money(application.amount_requested)},
            code="amount",
        )


def _refuse_unranked(application: Application, outcome: str, departure_motive: str) -> None:
    """Every application is judged on its reviews; departing from the ranking is lawful only with a motive."""
    row = next(r for r in rank_call(application.call).rows if r.application.pk == application.pk)
    if row.reviews < application.call.reviews_needed:
        raise Refused(
            _("%(done)s of %(needed)s reviews are in. Wait for the others.")
            % {"done": row.reviews, "needed": application.call.reviews_needed},
            code="reviews_missing",
        )
    if outcome == Outcome.AWARD and (row.mean or 0) < application.call.pass_mark:
        raise Refused(
            _("The score is under the pass mark of %(mark)s: this cannot be awarded.")
            % {"mark": application.call.pass_mark},
            code="pass_mark",
        )
    if departs(row, outcome) and not departure_motive.strip():
        raise Refused(_("This departs from the ranking: write down the commission's motive."), code="no_motive")


def departs(row: RankingRow, outcome: str) -> bool:
    """Whether an outcome differs from what the funding line says."""
    return row.is_above_line != (outcome == Outcome.AWARD)


def _void_earlier(application: Application, by: Any) -> None:
    for earlier in Decision.objects.staged().filter(application=application):
        Decision.objects.filter(pk=earlier.pk).update(voided_at=clock.now(), voided_by=by)
        record("decision.void", earlier, by=by, data={"reason": "replaced"})


@transaction.atomic
def release_decisions(call: Call, *, by: Any) -> Call:
    """Releases every staged decision of the call at once: statuses, awards, messages, the public list.

    A second person: a commission member who staged none of them. Raises Refused while an application is undecided.
    """
    lock(ProgrammeYear.objects.get(pk=call.programme_year_id))
    call = lock(call)
    if not policy.may_release_decisions(by, call):
        raise NotAllowed(_("Only a member of the commission releases decisions."), code="not_allowed")
    staged = list(
        Decision.objects.staged()
        .filter(application__call=call)
        .select_related("application__organisation")
        .order_by("pk")
    )
    _refuse_early(call, staged, by)
    Decision.objects.filter(pk__in=[decision.pk for decision in staged]).update(released_at=clock.now(), released_by=by)
    for decision in staged:
        _release(decision, call, by)
    return apply_move(
        CALL, call, "release", by=by, data={"decisions": len(staged)}, released_at=clock.now(), released_by=by
    )


def _refuse_early(call: Call, staged: list[Decision], by: Any) -> None:
    if call.closes_at >= clock.now():
        raise Refused(_("The call is still open. Decisions are released after it has closed."), code="still_open")
    if any(decision.staged_by_id == by.pk for decision in staged):
        raise NotAllowed(_("Another person must release what you staged."), code="same_person")
    open_statuses = [ApplicationStatus.SUBMITTED, ApplicationStatus.ELIGIBLE]
    decided = [decision.application_id for decision in staged]
    left = call.applications.filter(status__in=open_statuses).exclude(pk__in=decided).count()
    if left:
        raise Refused(
            _("Not every application has a decision yet. Left: %(count)s.") % {"count": left}, code="undecided"
        )


def _release(decision: Decision, call: Call, by: Any) -> None:
    application = decision.application
    apply_move(APPLICATION, application, VERBS[Outcome(decision.outcome)], by=by, data={"decision": decision.public_id})
    application.call = call  # fetched once for all of them; a move forgets what was fetched beside its row
    if decision.outcome == Outcome.AWARD:
        award = Award.objects.create(
            application=application,
            decision=decision,
            amount=decision.amount,
            currency=decision.currency,
            offered_at=clock.now(),
        )
        record("award.offer", award, by=by, data={"amount": award.amount})
    tell_decision(application, decision, event=f"decided_{decision.outcome}")
