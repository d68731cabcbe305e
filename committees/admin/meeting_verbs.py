"""The buttons of a meeting's page: verb -> what it does with what was posted; each returns the sentence of success."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from committees.actions import agenda, attendance, meetings, minutes, notices, results
from committees.models import Seat
from committees.queries.subjects import refuse_closed


def _item(meeting, request):
    item = get_object_or_404(meeting.items.select_related("meeting"), public_id=request.POST.get("item", ""))
    return refuse_closed(item, request.user)


def _key(request, name):
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() else 0


def notice(meeting, request):
    """Sends the notice."""
    notices.send_notice(meeting, by=request.user)
    return _("The notice is on its way to members and observers.")


def open_session(meeting, request):
    """Opens the session."""
    meetings.open_meeting(meeting, by=request.user)
    return _("The session is open.")


def close_session(meeting, request):
    """Ends the session."""
    meetings.close_meeting(meeting, by=request.user)
    return _("The session is closed. Make the minutes now.")


def note(meeting, request):
    """Notes a member as present, present from afar, or absent."""
    seat, how = get_object_or_404(Seat, pk=_key(request, "seat")), request.POST.get("how")
    is_present = how in ("here", "remote")
    attendance.note_attendance(meeting, seat, is_present=is_present, is_remote=how == "remote", by=request.user)
    return _("Noted.")


def note_observer(meeting, request):
    """The same of an observer."""
    observer, how = get_object_or_404(meeting.observers, pk=_key(request, "observer")), request.POST.get("how")
    is_present = how in ("here", "remote")
    attendance.note_observer(observer, is_present=is_present, is_remote=how == "remote", by=request.user)
    return _("Noted.")


def open_item(meeting, request):
    """Opens the vote on one item."""
    agenda.open_item(_item(meeting, request), by=request.user)
    return _("The vote is open.")


def open_bloc(meeting, request):
    """Opens the vote on a bloc."""
    agenda.open_bloc(meeting, request.POST.get("bloc", ""), by=request.user)
    return _("The vote is open.")


def close_item(meeting, request):
    """Counts one item."""
    made = results.close_item(_item(meeting, request), by=request.user)
    return _("Counted: %(verdict)s.") % {"verdict": made.get_verdict_display()}


def close_bloc(meeting, request):
    """Counts a bloc."""
    made = results.close_bloc(meeting, request.POST.get("bloc", ""), by=request.user)
    return _("Counted. Items: %(count)s.") % {"count": len(made)}


def make_minutes(meeting, request):
    """The first version; a further one is asked for its reason."""
    minutes.make_minutes(meeting, by=request.user)
    return _("The minutes are made in Kazakh and in Russian.")


VERBS = {
    "notice": notice,
    "open": open_session,
    "close": close_session,
    "attendance": note,
    "observer": note_observer,
    "open_item": open_item,
    "open_bloc": open_bloc,
    "close_item": close_item,
    "close_bloc": close_bloc,
    "minutes": make_minutes,
}
