"""Appeals: one granted while the experts still read, one dismissed, one that waits; and what was held back for them."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from grants.models import Appeal, Call
from grants.statuses import AppealAgainst, AppealOutcome, ReturnsTo
from grants.statuses import ApplicationStatus as A
from portal.demo import plan
from portal.demo.invention import data
from portal.demo.season import Case, Season
from portal.demo.second import term
from portal.demo.two_persons import released_at

APPEALED_AFTER, ANSWERED_AFTER = timedelta(days=2), timedelta(days=7)
SOON = timedelta(hours=20)
FREED = (3, 10)  # the clock frees it in the small hours


def store_appeals(season: Season) -> None:
    """Those that were made after the session: one dismissed, one that waits."""
    _store_dismissed(season)
    _store_waiting(season)


def store_granted(season: Season) -> None:
    """Against «not eligible», by the application that went to the experts after all."""
    case = next(case for case in season.of(plan.FINISHED) if case.upheld_at)
    words, between = data("commission")["returned_appeal"], (A.INELIGIBLE.value, A.ELIGIBLE.value)
    assert case.found_at is not None
    assert case.upheld_at is not None
    appeal = Appeal(
        against=AppealAgainst.INELIGIBLE,
        made_at=case.found_at + min(SOON, (case.upheld_at - case.found_at) / 2),
        outcome=AppealOutcome.UPHELD,
        returns_to=ReturnsTo.REVIEW,
    )
    _answer(season, case, appeal, words["reason"], case.upheld_at)
    _store(season, case, appeal, words["text"])
    facts = {"by": appeal.answered_by, "appeal": appeal.public_id}
    season.history.move(case.upheld_at, "application", "uphold", case.row, between, **facts)
    _note_answer(season, case, appeal)


def _store_dismissed(season: Season) -> None:
    """Against a decline, by an officer who took no part."""
    case = next(case for case in season.of(plan.FINISHED) if _may_appeal(case))
    words = data("appeal")
    appeal = Appeal(
        against=AppealAgainst.DECISION,
        decision=case.decision,
        made_at=released_at(season) + APPEALED_AFTER,
        outcome=AppealOutcome.DISMISSED,
    )
    _answer(season, case, appeal, words["reason"], answered_at(season))
    _store(season, case, appeal, words["text"])
    _note_answer(season, case, appeal)


def _may_appeal(case: Case) -> bool:
    return case.state == A.DECLINED and not case.is_strong and not case.upheld_at


def _store_waiting(season: Season) -> None:
    """Against «not eligible» in the open call; it came yesterday or the day before."""
    case = next((case for case in season.of(plan.OPEN) if case.state == A.INELIGIBLE), None)
    if case is None or case.found_at is None:
        return
    left = season.days.midnight - case.found_at
    appeal = Appeal(against=AppealAgainst.INELIGIBLE, made_at=case.found_at + min(SOON, left / 2))
    _store(season, case, appeal, data("commission")["waiting_appeal"]["text"])


def _answer(season: Season, case: Case, appeal: Appeal, reason: dict[str, str], at: datetime) -> None:
    appeal.answered_at, appeal.answered_by = at, _stranger(season, case)
    appeal.reason_kk, appeal.reason_ru = reason["kk"], reason["ru"]


def _store(season: Season, case: Case, appeal: Appeal, text: dict[str, str]) -> None:
    appeal.public_id, appeal.application = season.invent.public_id(), case.row
    appeal.text, appeal.made_by = text[case.owner.language], case.owner
    appeal.due_at = term(season, appeal.made_at, case.opened.call.appeal_answer_working_days)
    appeal.save(force_insert=True)
    facts = {"appeal": appeal.public_id, "against": str(appeal.against), "until": appeal.due_at}
    season.history.add(appeal.made_at, "application.appeal", case.row, by=case.owner, **facts)


def _note_answer(season: Season, case: Case, appeal: Appeal) -> None:
    facts: dict[str, Any] = {"appeal": appeal.public_id, "outcome": str(appeal.outcome)}
    facts["returns_to"] = str(appeal.returns_to)
    assert appeal.answered_at is not None
    season.history.add(appeal.answered_at, "application.answer_appeal", case.row, by=appeal.answered_by, **facts)


def _stranger(season: Season, case: Case) -> User:
    """An officer who neither screened nor confirmed anything about it."""
    involved = {case.officer, case.second_officer}
    return next(officer for officer in season.officers if officer not in involved)


def answered_at(season: Season) -> datetime:
    """When the appeal against a decision was dismissed."""
    return released_at(season) + ANSWERED_AFTER


def free_held_back(season: Season) -> None:
    """What the finished call held back is free: its days to appeal have passed, and every appeal is answered."""
    call, days = season.calls[plan.FINISHED].call, season.days
    last: date = days.working_days_after(released_at(season), call.appeal_working_days)
    after = max((last - season.today).days, days.day_of(answered_at(season)))
    freed_at = days.at(after + 1, *FREED)
    Call.objects.filter(pk=call.pk).update(held_back_freed_at=freed_at)
    call.refresh_from_db()
    season.history.add(freed_at, "call.free_held_back", call, by=None, percent=call.held_back_percent)
