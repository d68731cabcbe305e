"""Messages that start a term: the page's first opening is kept; unopened, they stand on the officer's desk."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.models import DayOff
from grants.actions import corrections
from grants.models import Application
from grants.queries import waiting
from notifications.actions.announce import mark_opened
from notifications.models import Message
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FRIDAY = datetime(2027, 6, 4, 10, 0, tzinfo=UTC)  # 15:00 in Almaty; Monday is a working day, no holiday near
DAY = timedelta(days=1)


def returned(at, when=FRIDAY, **person) -> Application:
    """Sent, and returned for correction at a moment."""
    at(when)
    sent = factories.application_at("submitted", owner=factories.make_user(**person))
    officer = factories.make_user(roles=["officer"])
    corrections.open_correction(sent, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)
    Message.objects.update(created_at=when)  # a column's default keeps the real clock
    return sent


def letter() -> Message:
    return Message.objects.get(event="returned")


def silent() -> list[str]:
    return [one.correction.application.public_id for one in waiting.unopened(None)]


def test_the_letter_knows_its_term_and_what_it_is_about(at):
    sent = returned(at)

    message, correction = letter(), sent.corrections.get()
    assert (message.term_ends_at, message.about, message.opened_at) == (correction.due_at, sent.public_id, None)


@pytest.mark.parametrize("name", ["application_detail", "correction_edit"])
def test_the_first_opening_of_the_page_is_kept_and_no_later_one(at, client, name):
    sent = returned(at)
    client.force_login(sent.created_by)
    address = reverse(f"grants:{name}", args=[sent.public_id])
    for hours in (1, 5):
        at(FRIDAY + timedelta(hours=hours))
        client.get(address)

    assert letter().opened_at == FRIDAY + timedelta(hours=1)


def test_somebody_elses_look_opens_nothing(at, client):
    sent = returned(at)
    viewer = factories.make_user()
    factories.add_member(sent.organisation, viewer, "viewer")
    client.force_login(viewer)

    page = client.get(reverse("grants:application_detail", args=[sent.public_id]))

    assert (page.status_code, letter().opened_at) == (200, None)


def test_the_list_of_applications_opens_nothing(at, client):
    sent = returned(at)
    client.force_login(sent.created_by)

    client.get(reverse("grants:application_list"))

    assert letter().opened_at is None


@pytest.mark.parametrize(
    ("later", "stands"),
    [(timedelta(hours=8), False), (DAY, False), (2 * DAY, False), (3 * DAY, False), (4 * DAY, True)],
    ids=["friday evening", "saturday", "sunday", "monday, the working day", "tuesday"],
)
def test_unopened_after_one_working_day_it_stands_on_the_desk(at, later, stands):
    sent = returned(at)
    at(FRIDAY + later)

    assert silent() == ([sent.public_id] if stands else [])


def test_a_holiday_is_no_working_day(at):
    sent = returned(at)
    DayOff.objects.create(on=(FRIDAY + 3 * DAY).date(), name="Мереке")
    days = {}
    for number in (4, 5):
        at(FRIDAY + number * DAY)
        days[number] = silent()

    assert days == {4: [], 5: [sent.public_id]}


def test_a_worked_saturday_counts(at):
    sent = returned(at)
    DayOff.objects.create(on=(FRIDAY + DAY).date(), name="Жұмыс күні", is_worked=True)
    at(FRIDAY + 3 * DAY)

    assert silent() == [sent.public_id]


def test_once_one_owner_has_opened_it_nobody_is_called(at):
    sent = returned(at)
    other = factories.make_user()
    factories.add_member(sent.organisation, other, "owner")
    Message.objects.create(
        dedupe_key="second", event="returned", address=other.email, language="ru", user=other,
        about=sent.public_id, term_ends_at=letter().term_ends_at, created_at=FRIDAY,
    )  # fmt: skip
    at(FRIDAY + 4 * DAY)
    before = silent()

    mark_opened(about=sent.public_id, by=other)

    assert (before, silent()) == ([sent.public_id], [])


def test_an_answered_or_late_correction_leaves_the_desk(at):
    sent = returned(at)
    at(FRIDAY + 4 * DAY)
    before = silent()
    at(sent.corrections.get().due_at + timedelta(minutes=1))

    assert (before, silent()) == ([sent.public_id], [])


@pytest.mark.parametrize(
    ("own", "organisations", "shown"),
    [("+77012345678", "", "+7 701 234 56 78"), ("", "+77273000000", "+7 727 300 00 00"), ("", "", "no phone is known")],
)
def test_the_desk_shows_whom_to_call_and_at_which_number(at, settings, own, organisations, shown):
    settings.LANGUAGE_CODE = "en"
    sent = returned(at, phone=own, display_name="Әлия Сапарова")
    type(sent.organisation).objects.filter(pk=sent.organisation_id).update(phone=organisations)
    at(FRIDAY + 4 * DAY)
    client = Client()
    client.force_login(factories.make_staff("officer"))

    desk = client.get(reverse("admin:index")).context["desk"]

    rows = next(one.rows for one in desk.lists if one.title == "Call them: the letter was not opened")
    assert len(rows) == 1
    assert rows[0].title == f"{sent.number} · {sent.title}"
    assert f"Әлия Сапарова, {shown}" in rows[0].meta.replace("\u00a0", " ")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desks_question_costs_three_queries(at, django_assert_num_queries, rows):
    for _n in range(rows):
        returned(at)
    at(FRIDAY + 4 * DAY)

    with django_assert_num_queries(3):
        found = waiting.unopened(None)

    assert len(found) == rows
    assert clock.now() == FRIDAY + 4 * DAY
