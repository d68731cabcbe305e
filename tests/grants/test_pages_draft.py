"""Filling in a draft: sections, bad input, an expired session, the server clock."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from core import clock
from grants.models import Application, Call
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

GOOD = {
    "title": "Студия",
    "summary": "Игра на казахском",
    "amount_requested": "2 000 000",
    "own_amount": "400000",
}


@shared
def complete() -> Application:
    return factories.make_draft()


@pytest.fixture
def draft(client, complete) -> Application:
    client.force_login(complete.created_by)
    return complete


def section(application: Application, key: str = "project") -> str:
    return reverse("grants:application_section", args=[application.public_id, key])


def facts(application: Application, **typed: str) -> dict[str, str]:
    places = {"sector": str(application.sector_id), "district": str(application.district_id)}
    return {**GOOD, **places, **typed}


def test_a_right_form_is_saved_and_leads_to_the_next_section(client, draft):
    response = client.post(section(draft), facts(draft))

    draft.refresh_from_db()
    assert response.url == section(draft, "questions-0")
    assert (draft.title, draft.amount_requested, draft.own_amount) == ("Студия", Decimal(2_000_000), Decimal(400_000))


def test_a_form_may_be_saved_half_filled(client, draft):
    response = client.post(section(draft), {"title": "Только название"})

    draft.refresh_from_db()
    assert response.status_code == 302
    assert (draft.title, draft.summary, draft.amount_requested) == ("Только название", "", None)


BAD_AMOUNTS = [
    "два миллиона",
    "2000000a",
    "-5",
    "0",
    "499999",
    "5000001",
    "1e9",
    "2e6",
    "２０００",
    "NaN",
    "Infinity",
    "-Infinity",
    "99999999999999999999",
    "2000000.001",
    "1_000_000",
    "0x10",
    "2000000\x00",
]


@pytest.mark.parametrize("typed", BAD_AMOUNTS)
def test_a_bad_amount_is_refused_beside_its_field_and_nothing_is_lost(client, draft, typed):
    before = draft.amount_requested

    response = client.post(section(draft), facts(draft, amount_requested=typed))

    form = response.context["form"]
    draft.refresh_from_db()
    assert response.status_code == 200
    assert list(form.errors) == ["amount_requested"]
    assert form["amount_requested"].value() == typed
    assert draft.amount_requested == before
    assert draft.title == "Студия"  # what was right is kept


def test_too_little_own_money_is_refused_with_the_sum_that_is_enough(client, draft):
    response = client.post(section(draft), facts(draft, amount_requested="4500000", own_amount="100"))

    draft.refresh_from_db()
    errors = response.context["form"].errors["own_amount"].as_text()
    assert "500\u00a0000" in errors or "500,000" in errors
    assert draft.own_amount == Decimal(500_000)


def test_too_long_a_text_is_refused_and_shown_again_whole(client, draft):
    typed = "я" * 301

    response = client.post(section(draft), facts(draft, summary=typed))

    assert list(response.context["form"].errors) == ["summary"]
    assert typed in response.content.decode()


def test_a_sector_that_the_call_does_not_name_is_refused(client, draft):
    draft.call.sectors.set(draft.call.sectors.exclude(pk=draft.sector_id))

    response = client.post(section(draft), facts(draft))

    assert list(response.context["form"].errors) == ["sector"]


@pytest.mark.parametrize("typed", ["много", "-1", "100000", "1.5", "1e2"])
def test_a_bad_number_in_an_answer_is_refused_and_the_other_answer_is_kept(client, draft, typed):
    response = client.post(section(draft, "questions-0"), {"q_problem": "Новый ответ", "q_jobs": typed})

    answers = draft.answer_set.values()
    assert list(response.context["form"].errors) == ["q_jobs"]
    assert response.context["form"]["q_jobs"].value() == typed
    assert answers == {"problem": "Новый ответ", "jobs": 5}


def test_html_is_kept_as_text_and_shown_escaped_everywhere(client, draft):
    hostile = '<img src=x onerror="alert(1)">'
    client.post(section(draft), facts(draft, title=hostile, summary=hostile))
    client.post(section(draft, "questions-0"), {"q_problem": hostile})

    names = ["application_detail", "application_edit", "application_check", "application_documents"]
    pages = [reverse(f"grants:{name}", args=[draft.public_id]) for name in names]
    pages += [section(draft), section(draft, "questions-0"), "/ru/applications/"]
    texts = {page: client.get(page).content.decode() for page in pages}

    draft.refresh_from_db()
    assert draft.title == hostile
    assert [page for page, text in texts.items() if "<img src=x" in text] == []
    assert [page for page, text in texts.items() if "&lt;img src=x" not in text] == []


@pytest.mark.parametrize("key", ["questions-7", "questions-x", "money", "questions--1"])
def test_a_section_that_does_not_exist_is_not_found(client, draft, key):
    assert client.get(section(draft, key)).status_code == 404


def test_after_closing_nothing_is_saved_whatever_the_browser_says_and_nothing_typed_is_lost(client, draft):
    Call.objects.filter(pk=draft.call_id).update(closes_at=clock.now() - timedelta(seconds=1))

    old = {"Date": "Mon, 01 Jan 2024 00:00:00 GMT"}
    response = client.post(section(draft), facts(draft, title="Позднее название"), headers=old)

    draft.refresh_from_db()
    assert response.status_code == 409
    assert response.context["refused"].code == "closed"
    assert "Позднее название" in response.content.decode()
    assert draft.title == "Ойын студиясы"


def test_the_last_moment_is_the_closing_moment_itself(client, draft, at):
    closes = draft.call.closes_at

    at(closes)
    in_time = client.post(section(draft), facts(draft, title="Успела"))
    at(closes + timedelta(microseconds=1))
    late = client.post(section(draft), facts(draft, title="Опоздала"))

    draft.refresh_from_db()
    assert (in_time.status_code, late.status_code) == (302, 409)
    assert draft.title == "Успела"


def test_an_expired_session_loses_nothing(client, draft):
    person = draft.created_by
    client.logout()

    refused = client.post(section(draft), facts(draft, title="Набрано до входа"))
    client.force_login(person)
    restored = client.get(section(draft))
    saved = client.post(section(draft), facts(draft, title="Набрано до входа"))

    draft.refresh_from_db()
    assert "/account/login/" in refused.url
    assert restored.context["form"]["title"].value() == "Набрано до входа"
    assert restored.context["parked"] is not None
    assert saved.status_code == 302
    assert draft.title == "Набрано до входа"


def test_a_parked_form_is_shown_to_nobody_else(client, draft):
    client.logout()
    client.post(section(draft), facts(draft, title="Моё"))
    client.force_login(factories.make_user())

    response = client.get(section(draft))

    assert response.status_code == 404


def test_a_complete_draft_says_on_every_page_that_it_is_not_sent(client, draft):
    pages = [
        reverse("grants:application_edit", args=[draft.public_id]),
        reverse("grants:application_documents", args=[draft.public_id]),
        reverse("grants:application_check", args=[draft.public_id]),
        section(draft),
        section(draft, "questions-0"),
    ]

    texts = [client.get(page).content.decode() for page in pages]

    assert ["notice--wait" in text for text in texts] == [True] * len(pages)


def test_the_list_of_sections_counts_what_is_missing(client, draft):
    client.post(section(draft), {"title": "Только название"})

    sections = client.get(reverse("grants:application_edit", args=[draft.public_id])).context["sections"]

    assert {part.key: len(part.missing) for part in sections} == {"project": 5, "questions-0": 0, "documents": 0}


@pytest.mark.parametrize(("key", "queries"), [("project", 8), ("questions-0", 7)])
def test_a_section_of_the_form_costs_at_most_ten_queries(client, draft, django_assert_num_queries, key, queries):
    with django_assert_num_queries(queries):
        client.get(section(draft, key))


@pytest.mark.parametrize(("name", "queries"), [("application_edit", 5), ("application_documents", 9)])
def test_the_other_pages_of_the_form_cost_at_most_ten_queries(client, draft, django_assert_num_queries, name, queries):
    with django_assert_num_queries(queries):
        client.get(reverse(f"grants:{name}", args=[draft.public_id]))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_form_stands_in_three_languages(client, draft, language):
    base = f"/{language}/applications/{draft.public_id}/"
    pages = ["edit/", "edit/project/", "edit/questions-0/", "edit/documents/", "check/", "withdraw/"]

    answers = [client.get(base + page) for page in pages]

    assert [answer.status_code for answer in answers] == [200] * len(pages)
    assert [f'<html lang="{language}">' in answer.content.decode() for answer in answers] == [True] * len(pages)


def test_a_section_that_is_opened_again_shows_what_was_answered(client):
    draft = factories.make_draft()
    client.force_login(draft.created_by)

    form = client.get(reverse("grants:application_section", args=[draft.public_id, "questions-0"])).context["form"]

    assert (form.is_bound, form["q_problem"].value()) == (False, draft.answer_set.values()["problem"])
