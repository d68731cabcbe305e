"""Minutes: made from rows, the same each time, signed by those present; a new version says why."""

from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from committees.actions import attendance, declarations, meetings, minutes, results, votes
from committees.models import Minutes, MinutesSignature
from committees.queries.minutes import content_of, template_sha256
from committees.queries.session import session_of
from committees.queries.validity import checks
from core import clock
from core.canonical import sha256_of
from core.refusals import Refused
from tests import factories
from tests.committees.rows import Room
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def room() -> Room:
    """Closed: one item adopted with a recusal, a dissent and an observer, one deferred."""
    made = Room(5, items=2)
    observer = attendance.invite_observer(made.meeting, name="Бақылаушы Әсел", body="Палата", by=made.secretary)
    attendance.note_observer(observer, is_present=True, is_remote=True, by=made.secretary)
    made.open()
    declarations.declare(made.meeting, [made.items[0]], by=made.people[4])
    made.vote(made.items[0], "for", "for", "for", "against")
    results.close_item(made.items[0], by=made.secretary)
    votes.dissent(made.items[0], "Бюджеті негізсіз.", language="kk", by=made.people[3])
    results.defer_item(made.items[1], reason="Келесі отырыста.", by=made.secretary)
    made.meeting = meetings.close_meeting(made.meeting, by=made.secretary)
    return made


def text_of(row: Minutes) -> str:
    with row.document.file.open() as file:
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file.read())).pages).split())


def code(action, *args, **how) -> str:
    with pytest.raises(Refused) as refusal:
        action(*args, **how)
    return refusal.value.code


def test_minutes_are_made_in_both_languages_from_the_same_facts(room):
    kk, ru = minutes.make_minutes(room.meeting, by=room.secretary)

    assert (kk.language, ru.language, kk.content) == ("kk", "ru", ru.content)
    assert kk.content_sha256 == ru.content_sha256 == sha256_of(content_of(room.meeting))
    for row in (kk, ru):
        words = text_of(row)
        missing = [str(person) for person in room.people if str(person) not in words]
        assert missing == []
        assert ["Бақылаушы Әсел" in words, "Бюджеті негізсіз." in words, row.content_sha256[:16] in words] == [True] * 3
    assert "Вопрос 0" in text_of(ru)
    assert "0-мәселе" in text_of(kk)


def test_the_facts_hold_no_name(room):
    content = str(content_of(room.meeting))

    assert [person.email for person in room.people if person.email in content] == []
    assert "Әсел" not in content


def test_replayed_from_the_rows_they_are_the_same_to_the_byte(room):
    made = minutes.make_minutes(room.meeting, by=room.secretary)

    for row in Minutes.objects.filter(pk__in=[one.pk for one in made]):
        content = content_of(row.meeting)
        with translation.override(row.language):
            paper = minutes.paper_of(row.meeting, content)
        assert content == row.content
        assert (sha256_of(content), template_sha256()) == (row.content_sha256, row.template_sha256)
        with row.document.file.open() as file:
            assert file.read() == paper


def test_a_new_version_says_why(room):
    minutes.make_minutes(room.meeting, by=room.secretary)

    assert code(minutes.make_minutes, room.meeting, by=room.secretary) == "no_reason"
    second = minutes.make_minutes(room.meeting, reason="Қате түзетілді.", by=room.secretary)
    assert [row.number for row in second] == [2, 2]


def test_minutes_wait_for_the_end_of_the_meeting():
    open_room = Room(1).open()

    assert code(minutes.make_minutes, open_room.meeting, by=open_room.secretary) == "wrong_state"


def test_they_are_signed_by_scan_by_those_who_were_present(room):
    minutes.make_minutes(room.meeting, by=room.secretary)
    how = {"signed_on": clock.today(), "by": room.secretary}

    minutes.sign_minutes(room.meeting, room.seats[:4], scan=factories.pdf(), **how)

    def is_signed():
        return next(c.is_met for c in checks(room.meeting, session_of(room.meeting), []) if c.key == "minutes")

    assert MinutesSignature.objects.count() == 8
    assert is_signed() is False
    assert code(minutes.sign_minutes, room.meeting, room.seats[:1], scan=factories.pdf(), **how) == "signed"
    minutes.sign_minutes(room.meeting, room.seats[4:], scan=factories.pdf(), **how)
    assert is_signed() is True
