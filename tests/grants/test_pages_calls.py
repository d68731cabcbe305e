"""The public pages of calls."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from core import clock
from core.templatetags.words import moment
from grants.models import Call
from grants.statuses import ApplicationStatus
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def text_of(response) -> str:
    return response.content.decode()


def test_the_list_tells_open_upcoming_and_past_calls_apart_by_the_server_clock(client):
    now = clock.now()
    factories.make_call(title_ru="Открыт сейчас")
    factories.make_call(title_ru="Откроется", opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=9))
    closed = factories.make_call(title_ru="Закрыт")
    Call.objects.filter(pk=closed.pk).update(closes_at=now - timedelta(seconds=1))

    groups = client.get("/ru/calls/").context["calls"]

    assert [str(c.title_ru) for c in groups.open] == ["Открыт сейчас"]
    assert [str(c.title_ru) for c in groups.upcoming] == ["Откроется"]
    assert [str(c.title_ru) for c in groups.past] == ["Закрыт"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_one_query_however_many_calls_there_are(client, django_assert_num_queries, rows):
    for _call in range(rows):
        factories.make_call()
    client.get("/ru/calls/")

    with django_assert_num_queries(1):
        client.get("/ru/calls/")


def test_a_draft_is_not_public(client):
    draft = factories.make_draft_call()

    listed = client.get("/ru/calls/")
    page = client.get(reverse("grants:call_detail", args=[draft.public_id]))

    assert listed.context["calls"].open == []
    assert page.status_code == 404


def test_an_officer_previews_a_draft(client):
    draft = factories.make_draft_call()
    client.force_login(factories.make_staff("officer"))

    page = client.get(reverse("grants:call_detail", args=[draft.public_id]))

    assert page.status_code == 200


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_of_a_call_says_everything_before_one_begins(client, language):
    call = factories.make_call(is_example=True)

    text = text_of(client.get(f"/{language}/calls/{call.public_id}/"))

    questions = {
        "kk": "Қандай мәселені шешесіз?",
        "ru": "Какую проблему вы решаете?",
        "en": "Which problem do you solve?",
    }
    documents = {"kk": "Презентация", "ru": "Презентация", "en": "Deck"}
    assert f'<html lang="{language}">' in text
    assert questions[language] in text
    assert documents[language] in text
    assert "40 %" in text
    assert call.rules_versions.get().sha256 in text
    assert f'data-deadline-epoch="{int(call.closes_at.timestamp())}"' in text


def test_the_anonymous_page_of_an_open_call_costs_four_queries_and_then_one(client, django_assert_num_queries):
    call = factories.make_call()
    address = reverse("grants:call_detail", args=[call.public_id])

    with django_assert_num_queries(4):  # the call with its rules' heads, their content, sectors, answers
        client.get(address)
    with django_assert_num_queries(1):  # the parts of a few seconds ago stand
        client.get(address)


def test_the_anonymous_page_of_a_decided_call_costs_two_queries(client, django_assert_num_queries):
    application = factories.application_at(ApplicationStatus.AWARDED)
    address = reverse("grants:call_detail", args=[application.call.public_id])
    client.get(address)

    with django_assert_num_queries(2):  # the call with its rules, its awards
        client.get(address)


def test_a_later_deadline_stands_on_the_page_at_once(client):
    call = factories.make_call()
    address = f"/kk/calls/{call.public_id}/"
    later = call.closes_at + timedelta(days=400)

    before = text_of(client.get(address))
    Call.objects.filter(pk=call.pk).update(closes_at=later)
    after = text_of(client.get(address))

    with override("kk"):
        assert moment(later) not in before
        assert moment(later) in after


def test_apply_leads_a_stranger_to_sign_up_and_back_to_the_application(client):
    call = factories.make_call()

    text = text_of(client.get(f"/ru/calls/{call.public_id}/"))

    assert f'href="/ru/account/signup/?next=%2Fru%2Fcalls%2F{call.public_id}%2Fapply%2F"' in text


def test_apply_leads_an_applicant_to_the_draft_that_exists(client):
    application = factories.make_draft()
    client.force_login(application.created_by)

    text = text_of(client.get(f"/ru/calls/{application.call.public_id}/"))

    assert f'href="/ru/applications/{application.public_id}/edit/"' in text
    assert f'action="/ru/calls/{application.call.public_id}/apply/"' not in text


def test_results_are_shown_only_once_they_are_released(client):
    application = factories.application_at(ApplicationStatus.ELIGIBLE)
    for _round in range(application.call.reviews_needed):
        factories.review(factories.assign(application))
    factories.decide(application)
    address = reverse("grants:call_detail", args=[application.call.public_id])

    before = client.get(address)
    factories.release(application.call)
    after = client.get(address)

    assert before.context["results"] is None
    assert application.organisation.name not in text_of(before)
    assert [a.application_id for a in after.context["results"].awards] == [application.pk]
    assert application.title in text_of(after)


def test_a_declined_application_is_never_named(client):
    application = factories.application_at(ApplicationStatus.DECLINED)

    text = text_of(client.get(reverse("grants:call_detail", args=[application.call.public_id])))

    assert application.title not in text
    assert application.organisation.name not in text


def test_html_in_texts_and_names_is_shown_as_text(client):
    hostile = "<script>alert(1)</script>"
    call = factories.make_call(title_ru=hostile, summary_ru=hostile, rules_ru=hostile)

    text = text_of(client.get(f"/ru/calls/{call.public_id}/")) + text_of(client.get("/ru/calls/"))

    assert hostile not in text
    assert "&lt;script&gt;" in text


def test_a_cancelled_call_says_why_and_takes_nothing(client):
    call = factories.make_call()
    factories.cancel_call(call)

    text = text_of(client.get(f"/ru/calls/{call.public_id}/"))

    assert "Закрыт." in text
    assert "/apply/" not in text
