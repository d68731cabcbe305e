"""The commission at work, by its real actions: agenda, notice, session, votes."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from committees.actions import agenda as items
from committees.actions import attendance, declarations, meetings, notices, results, votes
from committees.models import AgendaItem, Committee, Meeting, Resolution, Seat
from committees.queries.session import session_of
from committees.statuses import Choice, MeetingStatus, SeatRole
from core import clock
from grants.actions import agenda
from grants.models import Application, ApplicationItem
from grants.statuses import Outcome

REASONS = dict.fromkeys(Outcome.values, ("Комиссия шешімі.", "Решение комиссии."))


def on_agenda(application: Application, *, by: User) -> AgendaItem:
    """The application's item on the agenda of the commission's meeting that is planned or in session."""
    call, live = application.call, [MeetingStatus.PLANNED, MeetingStatus.OPEN]
    assert call.commission is not None
    meeting = call.commission.meetings.filter(status__in=live).first() or plan_meeting(call.commission, by=by)
    waiting = ApplicationItem.objects.filter(application=application, item__meeting=meeting, item__closed_at=None)
    if not waiting.exists():
        agenda.make_agenda(meeting, call, reasons=REASONS, by=by)
    return waiting.select_related("item__meeting").get().item


def plan_meeting(committee: Committee, *, by: User, **how: Any) -> Meeting:
    """A meeting in an hour."""
    fields = {"starts_at": clock.now() + timedelta(hours=1), "place_kk": "Алматы", "place_ru": "Алматы", **how}
    return meetings.plan_meeting(committee, by=by, **fields)


def convene(meeting: Meeting, *, by: User) -> Meeting:
    """Notice, declarations without a conflict, everybody present, the session open."""
    notices.send_notice(meeting, by=by)
    for seat in meeting.committee.seats.exclude(role=SeatRole.SECRETARY).select_related("user"):
        declarations.declare(meeting, [], by=seat.user)
        attendance.note_attendance(meeting, seat, is_present=True, by=by)
    return meetings.open_meeting(meeting, by=by)


def resolve(item: AgendaItem, choice: str = Choice.FOR, *, by: User) -> Resolution:
    """Everybody who is able votes alike on one item, then it is counted."""
    items.open_item(item, by=by)
    able = session_of(item.meeting).able(item)
    for seat in Seat.objects.filter(pk__in=able).select_related("user"):
        votes.cast_ballot(item, choice, by=seat.user)
    return results.close_item(item, by=by)
