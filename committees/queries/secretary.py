"""Everything that the page of a meeting shows to staff. How somebody voted stands nowhere before the item is closed."""

from typing import Any

from committees.models import Meeting
from committees.queries.agenda import blocs_of, rows_of
from committees.queries.session import session_of
from committees.queries.subjects import links_of, papers_of
from committees.queries.validity import checks, latest_minutes
from committees.statuses import MEETING_MARKS, MeetingStatus


def page_of(meeting: Meeting, reader: Any) -> dict[str, Any]:
    """Eighteen queries, however long the agenda is."""
    session = session_of(meeting)
    rows = rows_of(meeting, session, reader=reader)
    open_rows = [row for row in rows if not row.is_closed]
    seats = [
        {
            "seat": seat,
            "noted": session.attendance.get(seat.pk),
            "has_declared": seat.pk in session.declared,
            "sits_for": next(
                (one.member for one in session.sittings(None) if one.sitter.pk == seat.pk != one.member.pk), None
            ),
        }
        for seat in session.members + session.alternates
    ]
    found = checks(meeting, session, [row.item for row in rows])
    return {
        "meeting": meeting,
        "mark": MEETING_MARKS[MeetingStatus(meeting.status)],
        "checks": found,
        "is_signed": all(check.is_met for check in found if check.key == "minutes"),
        "quorum": session.quorum(),
        "seats": seats,
        "has_alternates": bool(session.alternates),
        "observers": list(meeting.observers.all()),
        "blocs": blocs_of(rows),
        "papers": papers_of(row.item for row in open_rows),
        "changes": {row.item.pk: links_of(meeting, row.item) for row in open_rows},
        "links": links_of(meeting),
        "minutes": latest_minutes(meeting),
        "is_live": meeting.status in (MeetingStatus.PLANNED, MeetingStatus.OPEN),
        "is_voting": any(row.state == "open" for row in rows),
        "left": sum(row.state != "closed" for row in rows),
    }
