"""Telling members and observers of a meeting, each in their language."""

import hashlib
import secrets
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from committees import policy
from committees.models import Meeting, Observer, Seat
from committees.statuses import MeetingStatus
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from core.workflow import lock
from notifications.actions.announce import announce, announce_to


def token_hash(token: str) -> str:
    """What is kept of an observer's link."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def send_notice(meeting: Meeting, *, by: Any) -> Meeting:
    """The notice with day, place and agenda: to every seat of that day, and to observers with their own live link.

    The first notice is the one whose term counts; pressed again, it goes to those who were added since. Raises Refused
    without an agenda.
    """
    if not policy.may_prepare_meetings(by):
        raise NotAllowed(_("Only the secretary of the committee prepares meetings."), code="not_a_secretary")
    meeting = lock(meeting, "committee")
    if meeting.status != MeetingStatus.PLANNED:
        raise Refused(_("The notice is sent before the meeting."), code="wrong_state")
    items = meeting.items.count()
    if not items:
        raise Refused(_("Put items on the agenda first: the notice tells what will be decided."), code="no_agenda")
    seats = seats_of(meeting)
    for seat in seats:
        tell_seat(meeting, seat, "meeting_notice", items=items)
    for observer in meeting.observers.exclude(email=""):
        tell_observer(meeting, observer, items=items)
    if meeting.notice_sent_at is None:
        meeting.notice_sent_at = clock.now()
        meeting.save(update_fields=["notice_sent_at"])
    record("meeting.notice", meeting, by=by, data={"seats": len(seats), "items": items})
    return meeting


def seats_of(meeting: Meeting) -> list[Seat]:
    """Everybody appointed on the day of the meeting, the secretary too."""
    day = clock.day_of(meeting.starts_at)
    return list(Seat.objects.on(day).filter(committee=meeting.committee_id).select_related("user"))


def tell_seat(meeting: Meeting, seat: Seat, event: str, *, items: int = 0) -> None:
    """One message to one member in their language."""
    with translation.override(seat.user.language):
        context = {**words_of(meeting), "items": items, "path": reverse("committees:meeting", args=[meeting.public_id])}
    announce_to(seat.user, event, context=context, dedupe_key=f"{event}:{meeting.public_id}:{seat.pk}")


def tell_observer(meeting: Meeting, observer: Observer, *, items: int) -> None:
    """An observer's link is made once; it cannot be read back from what is kept."""
    if observer.live_token_hash:
        return
    token = secrets.token_urlsafe(24)
    observer.live_token_hash = token_hash(token)
    observer.save(update_fields=["live_token_hash"])
    with translation.override(observer.language):
        context = {**words_of(meeting), "items": items, "path": reverse("committees:live", args=[token])}
    announce(
        "meeting_observed",
        address=observer.email,
        language=observer.language,
        context=context,
        dedupe_key=f"meeting_observed:{meeting.public_id}:{observer.pk}",
    )


def tell_cancelled(meeting: Meeting) -> None:
    """The meeting will not be held: to every seat."""
    for seat in seats_of(meeting):
        tell_seat(meeting, seat, "meeting_cancelled")


def words_of(meeting: Meeting) -> dict[str, Any]:
    """What every letter about a meeting says, in the current language."""
    return {
        "committee": str(meeting.committee.name),
        "starts": moment(meeting.starts_at),
        "place": str(meeting.place),
        "reason": meeting.cancelled_reason,
    }
