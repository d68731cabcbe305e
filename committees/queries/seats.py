"""Whose seat it is."""

from typing import Any

from committees.models import AgendaItem, Meeting, Seat
from committees.queries.session import Session
from committees.statuses import SeatRole


def seat_in(session: Session, user: Any) -> Seat | None:
    """The person's seat on the day of the meeting, the secretary's left out."""
    own = [seat for seat in session.seats.values() if seat.user_id == user.pk and seat.role != SeatRole.SECRETARY]
    return own[0] if own else None


def votes_on(session: Session, seat: Seat, item: AgendaItem) -> bool:
    """Whether this seat sits in a place of the item and may vote on it now."""
    return seat.pk in session.able(item)


def sits_in(session: Session, seat: Seat, item: AgendaItem | None = None) -> bool:
    """Whether this seat sits in a place at all, here or not."""
    return seat.pk in {one.sitter.pk for one in session.sittings(item)}


def may_see_votes(item: AgendaItem, meeting: Meeting) -> bool:
    """Others' votes are hidden from everybody, the secretary too, until the item closes."""
    return item.closed_at is not None
