"""A meeting's life: planned, opened when nothing would void it, closed, cancelled."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from committees import policy
from committees.actions.notices import tell_cancelled
from committees.models import Committee, Meeting
from committees.queries.session import session_of
from committees.queries.validity import voids
from committees.workflow import MEETING
from core import clock
from core.audit import record
from core.counters import next_number
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock


def refuse_others(by: Any) -> None:
    """Raises NotAllowed for everybody but the secretary."""
    if not policy.may_prepare_meetings(by):
        raise NotAllowed(_("Only the secretary of the committee prepares meetings."), code="not_a_secretary")


@transaction.atomic
def plan_meeting(
    committee: Committee, *, starts_at: datetime, place_kk: str, place_ru: str, observers_needed: int = 0, by: Any
) -> Meeting:
    """A planned meeting without an agenda yet. Raises Refused for a time that has passed."""
    refuse_others(by)
    if starts_at < clock.now():
        raise Refused(_("This time has passed. Choose a later one."), code="past")
    meeting = Meeting.objects.create(
        committee=committee,
        starts_at=starts_at,
        place_kk=place_kk.strip(),
        place_ru=place_ru.strip(),
        observers_needed=max(observers_needed, committee.observers_needed),
        made_by=by,
    )
    record("meeting.plan", meeting, by=by, data={"committee": committee.code, "starts_at": starts_at})
    return meeting


@transaction.atomic
def open_meeting(meeting: Meeting, *, by: Any) -> Meeting:
    """Opens the session and gives it its gap-free number.

    Raises Refused with the list of what would void it: notice, order, observers, declarations, quorum, agenda.
    """
    refuse_others(by)
    meeting = lock(meeting, "committee")
    faults = voids(meeting, session_of(meeting))
    if faults:
        raise Refused(
            _("The meeting cannot be opened yet: a court could annul what it resolves."), code="void", items=faults
        )
    now = clock.now()
    number = next_number(f"meeting:{meeting.committee_id}")
    day = clock.day_of(now)
    return apply_move(
        MEETING, meeting, "open", by=by, data={"number": number}, opened_at=now, held_on=day, number=number
    )


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: Any) -> Meeting:
    """Ends the session. Raises Refused while an item is neither resolved nor deferred."""
    refuse_others(by)
    meeting = lock(meeting)
    left = meeting.items.filter(closed_at=None).count()
    if left:
        raise Refused(
            _("Items that are neither voted on nor deferred: %(count)s. Resolve or defer them first.")
            % {"count": left},
            code="items_left",
        )
    return apply_move(MEETING, meeting, "close", by=by, closed_at=clock.now())


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, by: Any) -> Meeting:
    """Calls a planned meeting off, with a reason that everybody who was invited reads."""
    refuse_others(by)
    if not reason.strip():
        raise Refused(_("Give the reason: everybody who was invited reads it."), code="no_reason")
    meeting = apply_move(MEETING, meeting, "cancel", by=by, cancelled_reason=reason.strip())
    if meeting.notice_sent_at:
        tell_cancelled(meeting)
    return meeting
