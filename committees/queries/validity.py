"""What would void a meeting, shown while it can still be mended: the panel reads what a court would."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from committees.models import AgendaItem, Meeting, MinutesSignature
from committees.queries.session import Session
from committees.statuses import MeetingStatus
from core import clock
from core.templatetags.words import long_date
from core.working_days import add_working_days


@dataclass(frozen=True)
class Check:
    """One condition: its name, whether it holds (None: not asked yet), and what stands behind it."""

    key: str
    name: str
    is_met: bool | None
    words: str


def checks(meeting: Meeting, session: Session, items: list[AgendaItem]) -> list[Check]:
    """Every condition of this meeting as it stands now."""
    return [
        _order(meeting),
        _notice(meeting),
        _declarations(session),
        _quorum(session),
        _observers(meeting),
        _items(session, items),
        _minutes(meeting, session),
    ]


def voids(meeting: Meeting, session: Session) -> list[str]:
    """Why the session cannot be opened; empty where nothing is in the way."""
    before = [_order(meeting), _notice(meeting), _declarations(session), _quorum(session), _observers(meeting)]
    return [f"{check.name}: {check.words}" for check in before if check.is_met is False]


def _order(meeting: Meeting) -> Check:
    order = meeting.committee.order
    words = str(order) if order else _("Name the order that made the committee.")
    return Check("order", _("Order that made the committee"), order is not None, words)


def _notice(meeting: Meeting) -> Check:
    """The term is counted in working days from the day after the notice; its last day may be the meeting's."""
    name, days = _("Notice in time"), meeting.committee.notice_working_days
    if meeting.notice_sent_at is None:
        return Check("notice", name, False, _("The notice has not been sent."))
    sent = clock.day_of(meeting.notice_sent_at)
    earliest = add_working_days(sent, days) if days else sent
    words = _("Sent on %(sent)s; the earliest day for the meeting is %(earliest)s.") % {
        "sent": long_date(sent),
        "earliest": long_date(earliest),
    }
    return Check("notice", name, (meeting.held_on or clock.day_of(meeting.starts_at)) >= earliest, words)


def _declarations(session: Session) -> Check:
    sitting = {one.sitter.pk for one in session.sittings(None) if one.is_present}
    missing = sitting - session.declared
    words = _("Present members who have not said what conflicts of interest they have: %(count)s.") % {
        "count": len(missing)
    }
    name = _("Declarations before the papers")
    return Check("declarations", name, not missing, words if missing else _("Everybody present has declared."))


def _quorum(session: Session) -> Check:
    found = session.quorum()
    words = _("Present: %(present)s of %(all)s, needed: %(needed)s.") % {
        "present": found.present,
        "all": found.appointed,
        "needed": found.needed,
    }
    return Check("quorum", _("Quorum of the meeting"), found.holds, words)


def _observers(meeting: Meeting) -> Check:
    present = meeting.observers.filter(is_present=True).count()
    words = _("Present: %(present)s, needed: %(needed)s.") % {"present": present, "needed": meeting.observers_needed}
    return Check("observers", _("Observers"), present >= meeting.observers_needed, words)


def _items(session: Session, items: list[AgendaItem]) -> Check:
    """Items still to be voted on that recusals leave without a quorum."""
    short = [item for item in items if item.closed_at is None and not session.quorum(item).holds]
    words = _("Items that recusals or absence leave without a quorum: %(count)s.") % {"count": len(short)}
    return Check(
        "items", _("Quorum of each item"), not short, words if short else _("Every item that is left has one.")
    )


def _minutes(meeting: Meeting, session: Session) -> Check:
    """Asked once the meeting is closed: both languages, signed by everybody who was present."""
    name = _("Minutes signed")
    if meeting.status != MeetingStatus.CLOSED:
        return Check("minutes", name, None, _("After the meeting is closed."))
    latest = latest_minutes(meeting)
    if not latest:
        return Check("minutes", name, False, _("The minutes have not been made."))
    unsigned = unsigned_by(meeting, session)
    words = _("Signatures missing: %(count)s.") % {"count": len(unsigned)}
    return Check("minutes", name, not unsigned, words if unsigned else _("Signed by everybody present."))


def latest_minutes(meeting: Meeting) -> list:
    """The newest version, in each language."""
    rows = list(meeting.minutes.order_by("-number", "language").select_related("document"))
    return [row for row in rows if row.number == rows[0].number]


def unsigned_by(meeting: Meeting, session: Session) -> list:
    """Seats that were present and have not signed the newest version."""
    signed = set(
        MinutesSignature.objects.filter(minutes__in=[row.pk for row in latest_minutes(meeting)]).values_list(
            "seat", flat=True
        )
    )
    return [seat for seat in session.seats.values() if session.is_present(seat) and seat.pk not in signed]
