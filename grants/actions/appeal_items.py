"""Conflicts of interest of an appeal commission: the data's, one's own word, and having taken part before."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.actions.declarations import record_found
from committees.models import AgendaItem, Meeting
from committees.queries.session import session_of
from committees.statuses import SeatRole
from core.refusals import NotAllowed
from grants import policy
from grants.actions.conflicts import write_conflict
from grants.models import Appeal
from grants.queries.appeals import took_part
from grants.queries.conflicts import conflicting_pairs
from grants.statuses import ConflictKind

TOOK_PART = "took_part"


def note_declared(items: Iterable[AgendaItem], *, note: str, by: Any) -> None:
    """What a member declares closes the dossier for them too, in the transaction of the declaration."""
    for appeal in Appeal.objects.filter(item__in=items).select_related("application").order_by("pk"):
        write_conflict(by, appeal.application, ConflictKind.DECLARED, note=note, by=by)


@transaction.atomic
def find_conflicts(meeting: Meeting, *, by: Any) -> int:
    """Writes down, for appeals not yet closed, every conflict of a seat that the data show, and who took part before:
    an appeal is answered by people who neither scored nor decided. Returns how many are new.
    """
    if not policy.may_stage_decisions(by):
        raise NotAllowed(_("Only the secretary of the commission makes its agenda."), code="not_a_secretary")
    appeals = Appeal.objects.filter(item__meeting=meeting, item__closed_at=None)
    rows = list(appeals.select_related("item", "application__organisation"))
    seats = [seat for seat in session_of(meeting).seats.values() if seat.role != SeatRole.SECRETARY]
    pairs = conflicting_pairs([row.application for row in rows], [seat.user for seat in seats])
    found = []
    for row in rows:
        involved = took_part(row.application)
        for seat in seats:
            kind = pairs.get((seat.user_id, row.application_id))
            if row.item and (kind or seat.user_id in involved):
                found.append((row.item, seat, str(kind or TOOK_PART)))
    return record_found(meeting, found, by=by)
