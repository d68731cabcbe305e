"""The first page of the staff: what waits today, by role, at a constant cost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from grants.actions import corrections, screening
from grants.models import Assignment, Call, Correction
from notifications.models import Message
from tests import factories as make
from tests.shared import shared

pytestmark = pytest.mark.django_db
QUERIES = {
    "officer": 29,
    "secretary": 15,
    "commission": 7,
    "finance": 10,
    "analyst": 4,
    "manager": 4,
    "auditor": 13,
    "administrator": 8,
}


def desk(person):
    client = Client()
    client.force_login(person)
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 200
    return answer.context["desk"]


def values(found) -> dict[str, str]:
    return {tile.label: tile.value for tile in found.tiles}


def rows(found, title: str) -> list[str]:
    return next([row.title for row in one.rows] for one in found.lists if one.title == title)


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def test_an_officer_sees_what_waits_for_whom():
    officer, other = make.make_staff("officer"), make.make_staff("officer")
    mine, returned, proposed, own = (make.application_at("submitted") for _ in range(4))
    for application in (mine, returned, proposed, own):
        screening.assign_officer(application, officer, by=officer)
    corrections.open_correction(returned, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)
    screening.propose_ineligible(proposed, reason_kk="Жоқ.", reason_ru="Нет.", by=other)
    screening.propose_ineligible(own, reason_kk="Жоқ.", reason_ru="Нет.", by=officer)

    found = desk(officer)

    numbers = values(found)
    assert numbers["Mine to screen"] == "1"
    assert numbers["To screen, all officers"] == "1"
    assert numbers["Not eligible: to confirm"] == "1"
    assert numbers["Corrections open"] == "1"
    assert numbers["Applications today"] == "4"
    assert rows(found, "Mine to screen") == [f"{mine.number} · {mine.title}"]
    assert rows(found, "Confirm or turn down: not eligible") == [f"{proposed.number} · {proposed.title}"]
    assert found.may_take_next


def test_what_is_late_is_said():
    officer = make.make_staff("officer")
    returned, asked = make.application_at("submitted"), make.application_at("eligible")
    corrections.open_correction(returned, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)
    past = clock.now() - timedelta(days=2)
    Correction.objects.update(opened_at=past - timedelta(days=3), due_at=past)
    make.assign(asked)
    Assignment.objects.update(due_on=clock.today() - timedelta(days=1))

    found = {tile.label: (tile.value, tile.caption, tile.tone) for tile in desk(officer).tiles}

    assert found["Corrections open"] == ("1", "Overdue: 1", "bad")
    assert found["Reviews missing"] == ("1", "Overdue: 1", "bad")


def test_the_budget_left_counts_staged_awards_and_the_deadline_counts_down():
    call = make.make_call(reviews_needed=1)
    application = make.application_at("eligible", call=call, amount=2_000_000)
    make.review(make.assign(application))
    make.decide(application)

    numbers = values(desk(make.make_staff("secretary")))

    assert numbers["Left of the budget"] == "KZT\u00a0498,000,000"
    assert numbers["Until the call closes"] == "2\xa0weeks"


def test_the_commission_sees_calls_that_are_ready_for_release():
    call = make.make_call(reviews_needed=1)
    application = make.application_at("eligible", call=call)
    make.review(make.assign(application))
    make.decide(application)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))

    found = desk(make.make_staff("commission"))

    assert values(found)["Calls ready for release"] == "1"
    assert rows(found, "Decisions to stage and to release") == [str(call.title)]


def test_an_administrator_sees_messages_that_did_not_arrive():
    make.application_at("submitted")
    Message.objects.update(failed_at=clock.now())

    numbers = values(desk(make.make_staff("administrator")))

    assert numbers["Messages not delivered"] == str(Message.objects.count())


def test_finance_sees_awards_and_no_application_waiting():
    make.application_at("awarded", amount=2_000_000)

    found = desk(make.make_staff("finance"))

    assert values(found) == {
        "Awards": "1",
        "Sum awarded": "KZT\u00a02,000,000",
        "Left of the budget": "KZT\u00a0498,000,000",
        "Waits for a second person": "0",
        "Tranches planned": "0",
        "Tranches approved, in no register": "0",
        "Holds in force": "0",
        "Bank accounts to check": "0",
    }
    assert not found.may_take_next


@shared
def rows_of_each_list(count) -> None:
    officer = make.make_staff("officer")
    for _ in range(count):
        submitted, returned, proposed = (make.application_at("submitted") for _ in range(3))
        corrections.open_correction(returned, fields=["title"], reason_kk="А.", reason_ru="Н.", by=officer)
        screening.propose_ineligible(proposed, reason_kk="Жоқ.", reason_ru="Нет.", by=officer)
        make.assign(make.application_at("eligible", call=submitted.call))


@pytest.mark.parametrize("role", QUERIES)
@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_costs_the_same_with_one_row_and_with_three(
    role, count, rows_of_each_list, django_assert_num_queries
):
    client = Client()
    client.force_login(make.make_staff(role))
    client.get(reverse("admin:index"))

    with django_assert_num_queries(QUERIES[role]):
        client.get(reverse("admin:index"))


@shared
def submitted():
    return make.application_at("submitted")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("role", QUERIES)
def test_the_first_page_renders_for_each_role_and_language(submitted, role, language):
    client = Client()
    client.force_login(make.make_staff(role))
    client.cookies["django_language"] = language

    answer = client.get(reverse("admin:index"))

    assert answer.status_code == 200


@shared
def something_to_do_for_everybody() -> None:
    call = make.make_call(reviews_needed=1)
    decided, asked = make.application_at("eligible", call=call), make.application_at("eligible")
    make.review(make.assign(decided))
    make.assign(asked)
    make.decide(decided)
    make.application_at("submitted")
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))


@pytest.mark.parametrize("role", QUERIES)
def test_every_link_of_the_first_page_opens_for_its_reader(something_to_do_for_everybody, role):
    client = Client()
    client.force_login(make.make_staff(role))
    found = client.get(reverse("admin:index")).context["desk"]
    links = {tile.url for tile in found.tiles} | {one.url for one in found.lists}
    links |= {row.url for one in found.lists for row in one.rows}

    opened = {link: client.get(link).status_code for link in links if link}

    assert opened == dict.fromkeys(opened, 200)
