"""Offers of the season that were accepted, and an appeal that was answered by somebody who took no part."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from grants.models import Appeal, Award
from grants.statuses import AppealAgainst, AppealOutcome
from grants.statuses import ApplicationStatus as A
from portal.demo import plan
from portal.demo.invention import data
from portal.demo.season import Case, Season

ACCEPTED_AFTER = timedelta(hours=26)  # the first winner; each later one a little later
APPEALED_AFTER, ANSWERED_AFTER = timedelta(days=2), timedelta(days=7)
LAST_MINUTE = time(23, 59)


def accept(season: Season, awards: list[Award]) -> None:
    """Every winner of the finished call said yes in time; the rows are stored by the caller."""
    working_days = season.calls[plan.FINISHED].call.offer_working_days
    for place, award in enumerate(awards):
        award.answer_due_at = _term(season, award.offered_at, working_days)
        award.accepted_at = award.offered_at + ACCEPTED_AFTER + timedelta(minutes=11 * place)
        award.accepted_by = award.application.created_by


def note_accepted(season: Season, awards: list[Award]) -> None:
    """Their trail, once the rows have keys."""
    for award in awards:
        if award.accepted_at:
            season.history.add(award.accepted_at, "award.accept", award, by=award.accepted_by, amount=award.amount)


def store_appeal(season: Season) -> None:
    """One declined applicant of the finished call appealed, and an officer who took no part dismissed it."""
    case = next(case for case in season.of(plan.FINISHED) if case.state == A.DECLINED and not case.is_strong)
    call, decision, words = case.opened.call, case.decision, data("appeal")
    assert decision.released_at is not None
    made_at = decision.released_at + APPEALED_AFTER
    appeal = Appeal.objects.create(
        public_id=season.invent.public_id(),
        application=case.row,
        against=AppealAgainst.DECISION,
        decision=decision,
        text=words["text"][case.owner.language],
        made_at=made_at,
        made_by=case.owner,
        due_at=_term(season, made_at, call.appeal_answer_working_days),
        answered_at=decision.released_at + ANSWERED_AFTER,
        answered_by=_stranger(season, case),
        outcome=AppealOutcome.DISMISSED,
        reason_kk=words["reason"]["kk"],
        reason_ru=words["reason"]["ru"],
    )
    told = {"appeal": appeal.public_id}
    against = {**told, "against": str(appeal.against), "until": appeal.due_at}
    answered = {**told, "outcome": str(appeal.outcome), "returns_to": ""}
    season.history.add(made_at, "application.appeal", case.row, by=case.owner, **against)
    assert appeal.answered_at is not None
    season.history.add(appeal.answered_at, "application.answer_appeal", case.row, by=appeal.answered_by, **answered)


def _stranger(season: Season, case: Case) -> User:
    """An officer who neither screened nor confirmed anything about it."""
    involved = {case.officer, case.second_officer}
    return next(officer for officer in season.officers if officer not in involved)


def _term(season: Season, at: datetime, working_days: int) -> datetime:
    return timezone.make_aware(datetime.combine(season.days.working_days_after(at, working_days), LAST_MINUTE))
