"""Minutes made from rows, in Kazakh and in Russian, and their signatures."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.base import File
from django.utils import translation
from django.utils.translation import gettext as _

from committees.actions.meetings import refuse_others
from committees.models import Meeting, Minutes, MinutesSignature, Seat
from committees.queries.minutes import TEMPLATE, content_of, template_sha256, words_of
from committees.queries.session import session_of
from committees.queries.subjects import closed_to
from committees.queries.validity import latest_minutes
from committees.statuses import MeetingStatus
from core.audit import record
from core.canonical import sha256_of
from core.pdf import render_pdf
from core.refusals import Refused
from core.workflow import lock
from documents.actions.store import atomic_with_files, store_bytes, store_upload

LANGUAGES = ("kk", "ru")


@atomic_with_files()
def make_minutes(meeting: Meeting, *, reason: str = "", by: Any) -> list[Minutes]:
    """One version in both languages from the rows of a closed meeting; a further version says why.

    Raises Refused before the meeting is closed, and for a new version without a reason.
    """
    refuse_others(by)
    meeting = lock(meeting, "committee__order")
    if meeting.status != MeetingStatus.CLOSED:
        raise Refused(_("Minutes are made when the meeting is closed."), code="wrong_state")
    earlier = latest_minutes(meeting)
    if earlier and not reason.strip():
        raise Refused(_("Minutes stand already. Say why they are made again."), code="no_reason")
    number, content = earlier[0].number + 1 if earlier else 1, content_of(meeting)
    made = [_make(meeting, content, language, number, reason.strip(), by) for language in LANGUAGES]
    hashes = {"content": made[0].content_sha256, "template": made[0].template_sha256}
    record("meeting.minutes", meeting, by=by, data={"number": number, **hashes})
    return made


def _make(meeting: Meeting, content: dict[str, Any], language: str, number: int, reason: str, by: Any) -> Minutes:
    with translation.override(language):
        paper = paper_of(meeting, content)
        name = _("Minutes %(number)s, version %(version)s, %(language)s") % {
            "number": meeting.number,
            "version": number,
            "language": language,
        }
    return Minutes.objects.create(
        meeting=meeting,
        number=number,
        language=language,
        content=content,
        content_sha256=sha256_of(content),
        template_sha256=template_sha256(),
        document=store_bytes(paper, name=f"{name}.pdf", media_type="application/pdf", by=by),
        reason=reason,
        made_by=by,
    )


def paper_of(meeting: Meeting, content: dict[str, Any]) -> bytes:
    """The PDF in the current language, dated the end of the meeting: the same facts give the same bytes."""
    assert meeting.closed_at is not None  # minutes are of closed meetings
    return render_pdf(TEMPLATE, words_of(meeting, content), at=meeting.closed_at)


def copy_for(minutes: Minutes, reader: Any) -> bytes | None:
    """The PDF without the items that a conflict of interest closes to this reader; None where it closes none, and the
    stored paper is theirs to read.
    """
    items = list(minutes.meeting.items.all())
    keys = closed_to(items, reader)
    if not keys:
        return None
    closed = {item.public_id for item in items if item.pk in keys}
    assert minutes.meeting.closed_at is not None  # minutes are of closed meetings
    with translation.override(minutes.language):
        words = words_of(minutes.meeting, minutes.content, closed=closed)
        return render_pdf(TEMPLATE, words, at=minutes.meeting.closed_at)


@atomic_with_files()
def sign_minutes(
    meeting: Meeting, seats: Iterable[Seat], *, scan: File, signed_on: date, by: Any
) -> list[MinutesSignature]:
    """Records a scan with the signatures of these seats under the newest version, in each of its languages.

    Raises Refused without minutes, for a seat that was not present, and for one that has signed already.
    """
    refuse_others(by)
    meeting = lock(meeting, "committee")
    versions, session = latest_minutes(meeting), session_of(meeting)
    seats = list(seats)
    if not versions:
        raise Refused(_("Make the minutes first."), code="no_minutes")
    if not seats or any(not session.is_present(seat) for seat in seats):
        raise Refused(_("Minutes are signed by those who were present."), code="not_present")
    if MinutesSignature.objects.filter(minutes__in=versions, seat__in=seats).exists():
        raise Refused(_("One of these signatures is recorded already."), code="signed")
    document = store_upload(scan, by=by)
    rows = MinutesSignature.objects.bulk_create(
        MinutesSignature(minutes=version, seat=seat, scan=document, signed_on=signed_on, recorded_by=by)
        for version in versions
        for seat in seats
    )
    data = {"number": versions[0].number, "seats": sorted(seat.pk for seat in seats), "sha256": document.sha256}
    record("meeting.sign_minutes", meeting, by=by, data=data)
    return rows
