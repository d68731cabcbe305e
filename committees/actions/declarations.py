"""Conflicts of interest of those who sit: declared before the papers, or found in the data."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from committees.actions.attendance import lock_live
from committees.models import AgendaItem, ConflictDeclaration, ConflictLifting, Declaration, Meeting, Seat
from committees.queries.seats import seat_in
from committees.queries.session import session_of
from committees.queries.subjects import hook, kind_of
from committees.statuses import ConflictSource
from core.audit import record
from core.refusals import NotAllowed, Refused


@transaction.atomic
def declare(meeting: Meeting, items: Iterable[AgendaItem], *, note: str = "", by: Any) -> Declaration:
    """The person says, before the papers, with which items they have a conflict of interest, perhaps none.

    Later pressed again, it adds items that were not yet closed; nothing declared is ever taken back. Raises NotAllowed
    without a seat.
    """
    meeting = lock_live(meeting)
    seat = own_seat(meeting, by)
    chosen = [item for item in items if item.meeting_id == meeting.pk]
    if any(item.closed_at for item in chosen):
        raise Refused(_("An item that is closed stays as it was resolved. Tell the secretary."), code="closed")
    declaration, is_new = Declaration.objects.get_or_create(meeting=meeting, seat=seat)
    for item in chosen:
        add_conflict(item, seat, ConflictSource.DECLARED, note=note.strip())
    for kind in sorted({kind_of(item) for item in chosen}):
        follow = hook(kind, "declared")
        if follow:
            follow([item for item in chosen if kind_of(item) == kind], note=note.strip(), by=by)
    data = {"seat": seat.pk, "items": [item.public_id for item in chosen], "first": is_new}
    record("meeting.declare", meeting, by=by, data=data)
    return declaration


def own_seat(meeting: Meeting, by: Any) -> Seat:
    """The acting person's seat. Raises NotAllowed where there is none on the day of the meeting."""
    seat = seat_in(session_of(meeting), by)
    if seat is None:
        raise NotAllowed(_("You have no seat in this committee on the day of the meeting."), code="no_seat")
    return seat


def add_conflict(item: AgendaItem, seat: Seat, source: str, *, kind: str = "", note: str = "") -> None:
    """Writes it down once."""
    ConflictDeclaration.objects.get_or_create(
        item=item, seat=seat, source=source, kind=kind, defaults={"note": note[:300]}
    )


def record_found(meeting: Meeting, found: Iterable[tuple[AgendaItem, Seat, str]], *, by: Any) -> int:
    """Conflicts that the data show, as (item, seat, kind), in the caller's transaction. Returns how many are new."""
    found = list(found)
    items = {item.pk for item, _seat, _kind in found}
    known = set(
        ConflictDeclaration.objects.filter(item__in=items, source=ConflictSource.COMPUTED).values_list(
            "item", "seat", "kind"
        )
    )
    rows = [  # lifted ones are known too: nothing that two persons lifted comes back
        ConflictDeclaration(item=item, seat=seat, source=ConflictSource.COMPUTED, kind=kind)
        for item, seat, kind in found
        if (item.pk, seat.pk, kind) not in known
    ]
    ConflictDeclaration.objects.bulk_create(rows)
    if rows:
        data = {"pairs": sorted([row.item.public_id, row.seat_id, row.kind] for row in rows)}
        record("meeting.conflicts_found", meeting, by=by, data=data)
    return len(rows)


def lift_found(rows: Iterable[ConflictDeclaration], *, by: Any) -> int:
    """Matches that were found in the data and lifted since keep these seats from their items no more, in the caller's
    transaction. An item whose vote has begun keeps them: the caller leaves it out, and a trigger refuses.
    """
    rows = list(rows)
    ConflictLifting.objects.bulk_create(ConflictLifting(conflict=row) for row in rows)
    for row in rows:
        data = {"item": row.item.public_id, "seat": row.seat_id, "kind": row.kind}
        record("meeting.conflict_lifted", row.item.meeting, by=by, data=data)
    return len(rows)
