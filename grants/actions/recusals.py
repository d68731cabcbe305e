"""What becomes of a conflict of interest in a meeting: found after the agenda was made, or lifted since."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from committees.actions.declarations import lift_found, record_found
from committees.models import AgendaItem, ConflictDeclaration, Meeting, Seat
from committees.statuses import ConflictSource, MeetingStatus, SeatRole
from core import clock
from grants.models import Application, Conflict
from grants.queries.conflicts import shown_by_data
from grants.statuses import ConflictKind

LIVE = (MeetingStatus.PLANNED, MeetingStatus.OPEN)


def write_recusals(person: User, application: Application, *, by: Any) -> int:
    """A conflict found or recorded after the agenda was made keeps the person from its items that are not closed, at
    once: their ballot on an open one counts no more. In the caller's transaction; how many rows are new.
    """
    live = _items(application)
    kinds = {str(kind) for kind in _kinds(person, application)} if live else set()
    made = 0
    for meeting, items in live:
        seats = _seats(meeting, person)
        declared = set(
            ConflictDeclaration.objects.filter(item__in=items, source=ConflictSource.DECLARED).values_list(
                "item", "seat"
            )
        )
        found = [
            (item, seat, kind)
            for item in items
            for seat in seats
            for kind in sorted(kinds)
            if (item.pk, seat.pk) not in declared or kind != ConflictKind.DECLARED
        ]
        made += record_found(meeting, found, by=by)
    return made


def lift_recusals(person: User, application: Application, *, by: Any) -> int:
    """Two persons lifted a match: it keeps the person no more from items whose vote has not begun; whatever else stands
    between them is written down instead. In the caller's transaction; how many were lifted.
    """
    items = [item.pk for _meeting, own in _items(application) for item in own if item.opened_at is None]
    if not items:
        return 0
    standing = {str(kind) for kind in _kinds(person, application)}
    lifted = set(
        Conflict.objects.filter(person=person, application=application, lifted_at__isnull=False).values_list(
            "kind", flat=True
        )
    )
    rows = ConflictDeclaration.objects.standing().filter(
        item__in=items, seat__user=person, source=ConflictSource.COMPUTED, kind__in=lifted - standing
    )
    write_recusals(person, application, by=by)
    return lift_found(rows.select_related("item__meeting").order_by("pk"), by=by)


def _kinds(person: User, application: Application) -> set[ConflictKind]:
    """Everything that stands between the two now: written down, or shown by the data."""
    written = Conflict.objects.live().filter(person=person, application=application).values_list("kind", flat=True)
    shown = shown_by_data([application], [person]).get((person.pk, application.pk), set())
    return {ConflictKind(kind) for kind in written} | shown


def _items(application: Application) -> list[tuple[Meeting, list[AgendaItem]]]:
    """Items about the application or an appeal of it that are not closed, by meeting."""
    about = Q(of_application__application=application) | Q(of_appeal__application=application)
    rows = AgendaItem.objects.filter(about, closed_at=None, meeting__status__in=LIVE).select_related("meeting")
    found: dict[Meeting, list[AgendaItem]] = {}
    for item in rows.order_by("pk"):
        found.setdefault(item.meeting, []).append(item)
    return list(found.items())


def _seats(meeting: Meeting, person: User) -> list[Seat]:
    day = meeting.held_on or clock.day_of(meeting.starts_at)
    seats = Seat.objects.on(day).filter(committee=meeting.committee_id, user=person)
    return list(seats.exclude(role=SeatRole.SECRETARY))
