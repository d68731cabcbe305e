"""Rows of the commission: decisions, awards, statuses at the release, and their trail. Messages are none."""

from typing import Any

from grants.actions.releases import VERBS
from grants.models import Award, Decision
from grants.statuses import ApplicationStatus as A
from grants.statuses import CallStatus, Outcome
from portal.demo import plan
from portal.demo.deciding import STATUS_OF
from portal.demo.papers import BATCH
from portal.demo.season import Case, Season
from portal.demo.second import accept, note_accepted
from portal.demo.two_persons import release_by_two, released_at


def store_verdicts(season: Season) -> None:
    """Decisions go in one by one: a trigger adds each award to its year and holds the sum against the rows it sees."""
    decided = [case for case in season.cases if case.verdict and case.ruling.resolution]
    decided.sort(key=lambda case: (case.ruling.staged_at, case.ruling.rank))
    for case in decided:
        case.ruling.released_at = released_at(season) if case.opened.name == plan.FINISHED else None
        case.stored_decision = _decision(season, case)
    release_by_two(season)
    awards = [case for case in decided if case.ruling.outcome == Outcome.AWARD]
    others = [case for case in decided if case not in awards]
    Decision.objects.bulk_create([case.decision for case in awards], batch_size=1)
    Decision.objects.bulk_create([case.decision for case in others], batch_size=BATCH)
    for case in decided:
        _note_staging(season, case)
    _release(season, [case for case in decided if case.decision.released_at])


def _decision(season: Season, case: Case) -> Decision:
    verdict: Any = case.ruling
    return Decision(
        public_id=season.invent.public_id(),
        application=case.row,
        programme_year=case.opened.call.programme_year,
        outcome=verdict.outcome,
        amount=verdict.amount,
        currency=case.opened.call.currency,
        reason_kk=verdict.reason["kk"],
        reason_ru=verdict.reason["ru"],
        departure_motive="\n\n".join(verdict.motive.values()),
        staged_at=verdict.staged_at,
        staged_by=season.accounts["secretary"],
        released_at=verdict.released_at,
        released_by=season.accounts["commission"] if verdict.released_at else None,
    )


def _note_staging(season: Season, case: Case) -> None:
    decision, resolution = case.decision, case.ruling.resolution
    assert resolution is not None
    season.history.add(
        decision.staged_at,
        "decision.stage",
        decision,
        by=decision.staged_by,
        application=decision.application.public_id,
        outcome=str(decision.outcome),
        amount=decision.amount,
        resolution=resolution.public_id,
        resolution_sha256=resolution.sha256,
    )


def _release(season: Season, cases: list[Case]) -> None:
    """The whole finished call at once: statuses, awards, the call itself."""
    by, call = season.accounts["commission"], season.calls[plan.FINISHED].call
    awards = [_award(season, case.decision) for case in cases if case.decision.outcome == Outcome.AWARD]
    accept(season, awards)
    Award.objects.bulk_create(awards)
    note_accepted(season, awards)
    by_decision = {award.decision_id: award for award in awards}
    for case in cases:
        decision: Any = case.decision
        outcome = Outcome(decision.outcome)
        between = (A.ELIGIBLE.value, STATUS_OF[outcome].value)
        facts = {"by": by, "decision": decision.public_id}
        season.history.move(decision.released_at, "application", VERBS[outcome], case.row, between, **facts)
        if decision.pk in by_decision:
            award = by_decision[decision.pk]
            until = {"amount": award.amount, "until": award.answer_due_at}
            season.history.add(award.offered_at, "award.offer", award, by=by, **until)
    assert call.released_at is not None
    between = (CallStatus.PUBLISHED.value, CallStatus.DECIDED.value)
    season.history.move(call.released_at, "call", "release", call, between, by=by, decisions=len(cases))


def _award(season: Season, decision: Any) -> Award:
    return Award(
        public_id=season.invent.public_id(),
        application=decision.application,
        decision=decision,
        amount=decision.amount,
        currency=decision.currency,
        offered_at=decision.released_at,
    )
