"""Who came: members, alternates in their places, observers."""

import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from committees.actions.meetings import refuse_others
from committees.actions.notices import tell_observer, token_hash
from committees.models import AgendaItem, Attendance, Ballot, Meeting, Observer, Seat, Substitution
from committees.queries.session import session_of
from committees.statuses import VOTING, MeetingStatus, SeatRole
from core import clock
from core.audit import record
from core.refusals import Refused
from core.workflow import lock

LIVE = (MeetingStatus.PLANNED, MeetingStatus.OPEN)


def lock_live(meeting: Meeting) -> Meeting:
    """The meeting, locked with what hangs on it. Raises Refused once it is closed or cancelled."""
    meeting = lock(meeting, "committee")
    if meeting.status not in LIVE:
        raise Refused(_("The meeting is over: nothing about it changes any more."), code="wrong_state")
    return meeting


@transaction.atomic
def note_attendance(meeting: Meeting, seat: Seat, *, is_present: bool, is_remote: bool = False, by: Any) -> Attendance:
    """Notes whether a seat is here, in the room or from afar; a later note replaces it.

    Raises Refused for a seat of another committee, and for sending away somebody whose vote on an open item is cast.
    """
    refuse_others(by)
    meeting = lock_live(meeting)
    if seat.pk not in session_of(meeting).seats:
        raise Refused(_("This person has no seat on the day of the meeting."), code="no_seat")
    if not is_present and Ballot.objects.filter(seat=seat, item__in=meeting.items.open()).exists():
        raise Refused(
            _("This member has voted on an item whose vote is open. Close the item first, then note that they left."),
            code="has_voted",
        )
    values = {"is_present": is_present, "is_remote": is_present and is_remote, "noted_at": clock.now(), "noted_by": by}
    row, _new = Attendance.objects.update_or_create(meeting=meeting, seat=seat, defaults=values)
    data = {"seat": seat.pk, "is_present": row.is_present, "is_remote": row.is_remote}
    record("meeting.attendance", meeting, by=by, data=data)
    return row


@transaction.atomic
def substitute(
    meeting: Meeting, alternate: Seat, replaces: Seat, *, item: AgendaItem | None = None, by: Any
) -> Substitution:
    """An alternate sits in a member's place: for the whole meeting, or for one item.

    Raises Refused where one of them is no such seat, sits elsewhere already, or the vote on the item has begun.
    """
    refuse_others(by)
    meeting = lock_live(meeting)
    session = session_of(meeting)
    known = alternate.pk in session.seats and replaces.pk in session.seats
    if not known or alternate.role != SeatRole.ALTERNATE or replaces.role not in VOTING:
        raise Refused(_("An alternate takes the place of a member of the same committee."), code="no_seat")
    if item is not None and (item.meeting_id != meeting.pk or item.opened_at or item.closed_at):
        raise Refused(_("The vote on this item has begun: its places stay as they are."), code="vote_open")
    if item is None and meeting.items.open().exists():
        raise Refused(_("A vote is open: close it before places change."), code="vote_open")
    sitting = {one.sitter.pk for one in session.sittings(item)}
    if item is None:
        sitting |= {sits for places in session.substituted.values() for sits in places.values()}
    if alternate.pk in sitting or session.substituted.get(item.pk if item else None, {}).get(replaces.pk):
        raise Refused(_("This alternate or this place is taken already."), code="taken")
    row = Substitution.objects.create(meeting=meeting, item=item, alternate=alternate, replaces=replaces, noted_by=by)
    data = {"alternate": alternate.pk, "replaces": replaces.pk, "item": item.public_id if item else ""}
    record("meeting.substitute", meeting, by=by, data=data)
    return row


@transaction.atomic
def invite_observer(
    meeting: Meeting, *, name: str, body: str = "", email: str = "", language: str = "kk", by: Any
) -> Observer:
    """Names an observer; where the notice has gone out already, the link to the live page follows at once."""
    refuse_others(by)
    meeting = lock_live(meeting)
    if not name.strip():
        raise Refused(_("Give the observer's name: the minutes print it."), code="no_name")
    fields = {"name": name.strip(), "body": body.strip(), "email": email.strip(), "language": language}
    observer = Observer.objects.create(meeting=meeting, **fields)
    if meeting.notice_sent_at and observer.email:
        tell_observer(meeting, observer, items=meeting.items.count())
    record("meeting.invite_observer", meeting, by=by, data={"observer": observer.pk})
    return observer


@transaction.atomic
def note_observer(observer: Observer, *, is_present: bool, is_remote: bool = False, by: Any) -> Observer:
    """Notes whether an observer is here."""
    refuse_others(by)
    meeting = lock_live(observer.meeting)
    observer.is_present, observer.is_remote = is_present, is_present and is_remote
    observer.save(update_fields=["is_present", "is_remote"])
    data = {"observer": observer.pk, "is_present": is_present, "is_remote": observer.is_remote}
    record("meeting.observer", meeting, by=by, data=data)
    return observer


@transaction.atomic
def renew_link(observer: Observer, *, by: Any) -> str:
    """A new link to the live page, shown once to be handed over; the earlier one ends. Returns the token."""
    refuse_others(by)
    meeting = lock_live(observer.meeting)
    token = secrets.token_urlsafe(24)
    observer.live_token_hash = token_hash(token)
    observer.save(update_fields=["live_token_hash"])
    record("meeting.observer_link", meeting, by=by, data={"observer": observer.pk})
    return token
