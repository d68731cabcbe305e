"""A few mails that the people of the doors have had: history for the demo's mail page, sent long ago, never due."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from committees.actions.notices import words_of
from committees.models import Meeting
from committees.statuses import MeetingStatus
from core.templatetags.words import long_date, moment, money
from core.text import pick
from grants.statuses import ApplicationStatus as A
from notifications.models import Message
from portal.demo import plan
from portal.demo.agenda import live_token
from portal.demo.commission import DOOR, SECRETARY
from portal.demo.season import Case, Season

MOST_ASSIGNED = 3


def store_mails(season: Season) -> None:
    """For the people of the doors and the observers of the open session; nobody else is written to."""
    made: list[Message] = []
    for case in season.cases:
        if case.owner.email.endswith("@demo.test") and case.submitted_at:
            made += _to_owner(season, case)
    door = season.panel[0]
    asked = [(c, o) for c in season.of(plan.OPEN) for o in c.opinions if o.judge is door and not o.done_at]
    for case, opinion in asked[:MOST_ASSIGNED]:
        key, path = f"assignment:{opinion.row.public_id}:assigned", ("review_edit", opinion.row.public_id)
        more = partial(_due, opinion.due_on)
        made.append(_mail(season, door.user, "assigned", case, key, opinion.assigned_at, path, more))
    Message.objects.bulk_create([*made, *_of_session(season)])


def _of_session(season: Season) -> list[Message]:
    """What the members of the commission and its observers had about the session that is open."""
    meeting = Meeting.objects.filter(status=MeetingStatus.OPEN).select_related("committee").first()
    if meeting is None or meeting.notice_sent_at is None:
        return []
    at, items, made = meeting.notice_sent_at, meeting.items.count(), []
    for key in (DOOR, SECRETARY):
        user, seat = season.seats[key].user, season.seats[key]
        with translation.override(user.language):
            path = reverse("committees:meeting", args=[meeting.public_id])
            context = {**words_of(meeting), "items": items, "path": path}
        about = ("meeting_notice", f"meeting_notice:{meeting.public_id}:{seat.pk}")
        made.append(_sent(season, user, user.email, user.language, about, context, at))
    for observer in meeting.observers.order_by("pk"):
        token = live_token(season, meeting, observer.language)
        with translation.override(observer.language):
            context = {**words_of(meeting), "items": items, "path": reverse("committees:live", args=[token])}
        about = ("meeting_observed", f"meeting_observed:{meeting.public_id}:{observer.pk}")
        made.append(_sent(season, None, observer.email, observer.language, about, context, at))
    return made


def _due(on: date) -> dict[str, Any]:
    return {"due": long_date(on)}


def _to_owner(season: Season, case: Case) -> list[Message]:
    public_id, owner = case.row.public_id, case.owner
    sent, path = case.submissions[0], ("application_detail", public_id)
    made = [
        _mail(
            season, owner, "submitted", case, f"submitted:{sent.public_id}", sent.submitted_at,
            ("submission_receipt", sent.public_id), lambda: {"sha256": sent.sha256},
        )
    ]  # fmt: skip
    if case.returned and case.returned.end == "open":
        returned, correction = case.returned, case.row.corrections.get()
        key = f"correction:{public_id}:{correction.pk}:opened:{owner.pk}"
        made.append(
            _mail(
                season, owner, "returned", case, key, returned.opened_at, path,
                lambda: {"reason": pick(returned.words), "due": moment(returned.due_at)},
            )
        )  # fmt: skip
    if case.state == A.AWARDED:
        decision: Any = case.decision
        offer = case.row.awards.get()
        key = f"decided_award:{public_id}:{decision.pk}:{owner.pk}"
        made.append(
            _mail(
                season, owner, "decided_award", case, key, decision.released_at, path,
                lambda: {
                    "reason": decision.reason,
                    "amount": money(decision.amount),
                    "until": moment(offer.answer_due_at),
                },
            )
        )  # fmt: skip
    return made


def _mail(
    season: Season,
    user: User,
    event: str,
    case: Case,
    key: str,
    at: datetime,
    path: tuple[str, str],
    more: Callable[[], dict[str, Any]],
) -> Message:
    """As the action wrote it then, in the reader's language; the address of a page is made now."""
    with translation.override(user.language):
        context = {
            "number": case.number,
            "call": str(case.opened.call.title),
            "path": reverse(f"grants:{path[0]}", args=[path[1]]),
            **({} if event == "assigned" else {"title": case.title}),
            **{name: str(value) for name, value in more().items()},
        }
    return _sent(season, user, user.email, user.language, (event, key), context, at)


def _sent(
    season: Season,
    user: User | None,
    address: str,
    language: str,
    about: tuple[str, str],
    context: dict[str, Any],
    at: datetime,
) -> Message:
    """A letter that went out seconds after it was written; `about` is its event and the key of its only copy."""
    sent_at = at + timedelta(seconds=4)
    return Message(
        public_id=season.invent.public_id(),
        user=user,
        address=address,
        language=language,
        event=about[0],
        context=context,
        dedupe_key=about[1],
        created_at=at,
        due_at=at,
        claimed_at=sent_at,
        attempts=1,
        sent_at=sent_at,
    )
