"""Publishing a call and releasing its decisions, each by two: the triggers let the season do neither without them."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import Approval, User
from accounts.statuses import ApprovalKind
from core.canonical import sha256_of
from grants.models import Call, CallRules
from grants.statuses import CallStatus
from portal.demo import plan
from portal.demo.season import Season

PROPOSED_BEFORE = timedelta(minutes=50)


def publish_by_two(season: Season, call: Call, rules: CallRules, at: datetime) -> None:
    """An officer proposed the call and the administrator published it."""
    people, version = season.accounts, call.questionnaire_version
    payload = {"rules": rules.sha256, "questions": version.sha256 if version else ""}
    _approve(season, ApprovalKind.PUBLISH_CALL, call, at, (people["officer"], people["admin"]), payload)
    _stamp(call, status=CallStatus.PUBLISHED, published_at=at, published_by=people["admin"])


def released_at(season: Season) -> datetime:
    """When the decisions of the finished call went out."""
    return season.days.at(plan.WAVES[plan.FINISHED].released, 11)


def release_by_two(season: Season) -> None:
    """The secretary proposed to release the decisions of the finished call, a member of the commission did it. Before
    the decisions go in, which are released at once.
    """
    people, finished = season.accounts, season.calls[plan.FINISHED].call
    names = sorted(case.decision.public_id for case in season.of(plan.FINISHED) if case.verdict)
    payload = {"decisions": len(names), "sha256": sha256_of(names)}
    at = released_at(season)
    _approve(season, ApprovalKind.RELEASE, finished, at, (people["secretary"], people["commission"]), payload)
    _stamp(finished, status=CallStatus.DECIDED, released_at=at, released_by=people["commission"])


def _stamp(call: Call, **stamps: Any) -> None:
    """In the database and in the season's own copy."""
    Call.objects.filter(pk=call.pk).update(**stamps)
    for name, value in stamps.items():
        setattr(call, name, value)


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
