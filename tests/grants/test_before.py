"""Before the form: may I apply, what will be needed, how long it takes, without an account."""

import pytest
from django.core.cache import cache

from core.models import AuditEvent
from grants.formulas.effort import estimated_minutes, median_minutes
from grants.models import Application, DocumentRequirement, EligibilityStatement, SizeTier
from grants.queries.before import tiers_shown
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PASSWORD = "correct horse battery"


def with_statements(call, count: int = 3):
    """Statements s1, s2, … with what to do otherwise."""
    EligibilityStatement.objects.bulk_create(
        EligibilityStatement(
            call=call,
            position=n,
            key=f"s{n}",
            text_kk=f"Мен {n}",
            text_ru=f"Я {n}",
            text_en=f"I {n}",
            otherwise_kk=f"Онда {n}",
            otherwise_ru=f"Тогда {n}",
            otherwise_en=f"Then {n}",
        )
        for n in range(1, count + 1)
    )
    return call


def with_tiers(call):
    """To two million, to five, above."""
    SizeTier.objects.bulk_create(
        [
            SizeTier(call=call, code="s", up_to=2_000_000),
            SizeTier(call=call, code="m", up_to=5_000_000),
            SizeTier(call=call, code="l", up_to=None),
        ]
    )
    return call


def address(call, language: str = "ru") -> str:
    return f"/{language}/calls/{call.public_id}/before/"


def text_of(response) -> str:
    return response.content.decode()


def test_a_stranger_reads_the_statements_and_nothing_is_ticked_for_them(client):
    call = with_statements(factories.make_call())

    text = text_of(client.get(address(call)))

    assert ("Я 1" in text, "Тогда 1" in text, " checked" in text) == (True, False, False)


def test_what_is_not_confirmed_says_what_to_do_otherwise(client):
    call = with_statements(factories.make_call())

    text = text_of(client.post(address(call), {"yes_s1": "on", "yes_s3": "on"}, follow=True))

    assert ["Тогда 1" in text, "Тогда 2" in text, "Тогда 3" in text] == [False, True, False]
    assert text.count(" checked") == 2


def test_who_confirms_everything_may_apply(client):
    call = with_statements(factories.make_call(), 2)

    page = client.post(address(call), {"yes_s1": "on", "yes_s2": "on"}, follow=True)

    assert (page.context["is_answered"], page.context["not_confirmed"]) == (True, [])


def test_answers_survive_sign_in_and_stand_in_the_trail_of_the_draft(client):
    call = with_statements(factories.make_call())
    owner = factories.make_user()
    factories.make_organisation(owner)
    start = f"/ru/calls/{call.public_id}/apply/"

    client.post(address(call), {"yes_s1": "on", "yes_s2": "on"})
    signed_in = client.post(f"/ru/account/login/?next={start}", {"login": owner.email, "password": PASSWORD})
    client.post(start)

    event = AuditEvent.objects.get(verb="application.start")
    assert signed_in.url == start
    assert event.data == {
        "call": call.public_id,
        "statements": {"confirmed": ["s1", "s2"], "not_confirmed": ["s3"]},
    }


def test_a_draft_without_answers_keeps_none(client):
    call = with_statements(factories.make_call())
    owner = factories.make_user()
    factories.make_organisation(owner)
    client.force_login(owner)

    client.post(f"/ru/calls/{call.public_id}/apply/")

    assert AuditEvent.objects.get(verb="application.start").data == {"call": call.public_id}


def test_documents_follow_the_sum_and_those_of_winners_stand_apart(client):
    call = with_tiers(factories.make_call())
    DocumentRequirement.objects.create(call=call, key="cv", title_kk="Т", title_ru="Резюме", from_tier="m", position=2)
    DocumentRequirement.objects.create(call=call, key="tax", title_kk="С", title_ru="Налоги", stage="award", position=3)

    small = client.post(address(call), {"tier": "s"}, follow=True).context["papers"]
    medium = client.post(address(call), {"tier": "m"}, follow=True).context["papers"]

    assert [row.key for row in small.now] == ["deck"]
    assert [row.key for row in medium.now] == ["deck", "cv"]
    assert [row.key for row in medium.later] == ["tax"]


def test_tiers_above_the_largest_amount_are_not_offered():
    call = with_tiers(factories.make_call())
    call.refresh_from_db()

    assert [(tier.code, tier.above) for tier in tiers_shown(call)] == [("s", ""), ("m", "2\u00a0000\u00a0000\u00a0₸")]


def test_time_is_an_estimate_that_says_so_until_ten_were_measured(client):
    call = factories.make_call()

    page = client.get(address(call, "en"))

    assert (page.context["time"].minutes, page.context["time"].applicants) == (30, 0)
    assert "This is an estimate" in text_of(page)


def test_time_is_the_measured_median_of_ten_earlier_applicants(client):
    sent = factories.application_at("submitted")
    organisation, owner = sent.organisation, sent.created_by
    for minutes in range(11, 20):
        call = factories.make_call(sent.call.programme_year)
        made = factories.make_draft(owner, call)
        Application.objects.filter(pk=made.pk).update(number=f"GR-{minutes}", active_seconds=minutes * 60)
    Application.objects.filter(pk=sent.pk).update(active_seconds=20 * 60)
    cache.clear()

    time = client.get(address(sent.call)).context["time"]

    assert organisation.applications.count() == 10
    assert (time.minutes, time.applicants) == (20, 10)


@pytest.mark.parametrize(("seconds", "minutes"), [([60], 5), ([600, 1200], 15), ([300, 3600, 301], 10)])
def test_a_median_is_rounded_up_to_five_minutes(seconds, minutes):
    assert median_minutes(seconds) == minutes


def test_an_estimate_counts_texts_fields_documents_and_the_plan():
    bare = estimated_minutes(texts=2, fields=3, documents=1)
    planned = estimated_minutes(texts=2, fields=3, documents=1, has_budget=True, has_milestones=True)

    assert (bare, planned) == (45, 85)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_four_queries_however_many_statements(client, django_assert_num_queries, count):
    call = with_statements(factories.make_call(), count)
    client.get(address(call))

    with django_assert_num_queries(4):
        client.get(address(call))


def test_a_draft_call_is_shown_to_staff_alone(client):
    call = factories.make_draft_call()

    assert client.get(address(call)).status_code == 404
    client.force_login(factories.make_staff("officer"))
    assert client.get(address(call)).status_code == 200


def test_an_unknown_sum_and_foreign_boxes_are_ignored(client):
    call = with_statements(factories.make_call(), 1)

    client.post(address(call), {"tier": "xl", "yes_admin": "on"})

    assert client.session["before"][call.public_id] == {"confirmed": [], "tier": ""}
