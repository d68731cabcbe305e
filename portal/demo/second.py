"""Second persons of the season (publishing, releasing), offers that were accepted."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Approval, User
from accounts.statuses import ApprovalKind
from core.canonical import sha256_of
from grants.models import Award, Call
from portal.demo import plan
from portal.demo.season import Season

PROPOSED_BEFORE = timedelta(minutes=50)
ACCEPTED_AFTER = timedelta(hours=26)  # the first winner; each later one a little later
APPEALED_AFTER, ANSWERED_AFTER = timedelta(days=2), timedelta(days=7)
LAST_MINUTE = time(23, 59)


def store_approvals(season: Season) -> None:
    """An officer proposed each call and the administrator published it; the secretary proposed the release."""
    people = season.accounts
    for opened in season.calls.values():
        call, version = opened.call, opened.call.questionnaire_version
        assert call.published_at is not None
        payload = {"rules": opened.rules.sha256, "questions": version.sha256 if version else ""}
        pair = people["officer"], people["admin"]
        _approve(season, ApprovalKind.PUBLISH_CALL, call, call.published_at, pair, payload)
    finished = season.calls[plan.FINISHED].call
    assert finished.released_at is not None
    names = sorted(case.decision.public_id for case in season.of(plan.FINISHED) if case.verdict)
    released = {"decisions": len(names), "sha256": sha256_of(names)}
    pair = people["secretary"], people["commission"]
    _approve(season, ApprovalKind.RELEASE, finished, finished.released_at, pair, released)


def _approve(
    season: Season, kind: str, call: Call, at: datetime, pair: tuple[User, User], payload: dict[str, Any]
) -> None:
    approval = Approval.objects.create(
        public_id=season.invent.public_id(),
        kind=kind,
        object_type=call._meta.label_lower,
        object_id=call.pk,
        payload=payload,
        proposed_at=at - PROPOSED_BEFORE,
        proposed_by=pair[0],
        confirmed_at=at,
        confirmed_by=pair[1],
    )
    about = {"kind": str(kind), "object": approval.object_type, "key": approval.object_id}
    season.history.add(approval.proposed_at, "approval.propose", approval, by=pair[0], **about)
    season.history.add(at, "approval.confirm", approval, by=pair[1], **about)


def accept(season: Season, awards: list[Award]) -> None:
    """Every winner of the finished call said yes in time; the rows are stored by the caller."""
    working_days = season.calls[plan.FINISHED].call.offer_working_days
    for place, award in enumerate(awards):
        award.answer_due_at = term(season, award.offered_at, working_days)
        award.accepted_at = award.offered_at + ACCEPTED_AFTER + timedelta(minutes=11 * place)
        award.accepted_by = award.application.created_by


def note_accepted(season: Season, awards: list[Award]) -> None:
    """Their trail, once the rows have keys."""
    for award in awards:
        if award.accepted_at:
            season.history.add(award.accepted_at, "award.accept", award, by=award.accepted_by, amount=award.amount)


def term(season: Season, at: datetime, working_days: int) -> datetime:
    return timezone.make_aware(datetime.combine(season.days.working_days_after(at, working_days), LAST_MINUTE))
