"""The demo's doors and mails, and that they exist nowhere else."""

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils.translation import override

from notifications.actions.announce import announce
from portal.queries.doors import DOORS, EMAILS
from tests.factories import make_user

pytestmark = [pytest.mark.django_db]
ROLES = {"manager@demo.test": ["manager"], "officer@demo.test": ["officer"]}


@pytest.fixture
def demo(settings):
    settings.DEMO = True
    settings.SECOND_FACTOR_REQUIRED = False
    settings.ROOT_URLCONF = "tests.portal.urls_with_demo"


@pytest.fixture
def not_a_demo(settings):
    settings.DEMO = False
    settings.ROOT_URLCONF = "tests.portal.urls_with_demo"


def test_there_is_a_door_for_every_account_of_the_demo():
    assert len(DOORS) == len(EMAILS) == 14
    assert {email.split("@")[1] for email in EMAILS} == {"demo.test"}


@pytest.mark.parametrize("path", ["/demo/", "/demo/mail/", "/demo/mail/abc/"])
def test_outside_the_demo_nothing_of_it_answers(client, not_a_demo, path):
    make_user("manager@demo.test", roles=["manager"])

    assert client.get(path).status_code == 404
    assert client.post("/demo/enter/", {"email": "manager@demo.test"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_portal_itself_has_no_address_of_the_demo(client):
    assert django_settings.DEMO is False
    assert client.get("/demo/").status_code == 404


def test_one_press_signs_in_and_opens_the_page_of_the_role(client, demo):
    person = make_user("manager@demo.test", roles=["manager"])

    answer = client.post("/demo/enter/?language=en", {"email": person.email})

    with override("en"):
        assert answer.url == reverse("funds:dashboard")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert answer.cookies["django_language"].value == "en"
    assert client.get(answer.url).status_code == 200


def test_another_door_changes_the_person(client, demo):
    make_user("manager@demo.test", roles=["manager"])
    officer = make_user("officer@demo.test", roles=["officer"])
    client.post("/demo/enter/", {"email": "manager@demo.test"})

    client.post("/demo/enter/", {"email": "officer@demo.test"})

    assert client.session["_auth_user_id"] == str(officer.pk)


@pytest.mark.parametrize("email", ["person@example.test", "nobody@demo.test", "", "ADMIN@demo.test"])
def test_no_other_account_has_a_door(client, demo, email):
    make_user("person@example.test")
    make_user("nobody@demo.test")

    assert client.post("/demo/enter/", {"email": email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_door_takes_no_get_and_no_foreign_form(demo):
    from django.test import Client

    make_user("manager@demo.test", roles=["manager"])
    strict = Client(enforce_csrf_checks=True)

    assert strict.get("/demo/enter/").status_code == 405
    assert strict.post("/demo/enter/", {"email": "manager@demo.test"}).status_code == 403


def test_before_the_season_is_loaded_a_door_says_what_to_do(client, demo):
    page = client.post("/demo/enter/", {"email": "manager@demo.test"}, follow=True)

    assert "seed_demo" in page.content.decode()


def test_the_first_page_of_the_demo_has_every_door(client, demo):
    with override("ru"):
        page = client.get(reverse("portal:home")).content.decode()

    for door in DOORS:
        assert f'value="{door.email}"' in page
    assert "/demo/enter/?language=ru" in page


def test_a_door_to_an_unknown_language_goes_on_in_the_readers(client, demo):
    make_user("manager@demo.test", roles=["manager"])

    answer = client.post("/demo/enter/?language=//evil", {"email": "manager@demo.test"})

    assert answer.url == "/kk/fund/dashboard/"


def test_mails_are_shown_newest_first_in_the_language_of_their_readers(client, demo, django_assert_num_queries):
    for number in range(25):
        announce("no_such_event", address=f"p{number}@example.test", language="kk", context={}, dedupe_key=f"k{number}")

    with django_assert_num_queries(2):
        first = client.get("/demo/mail/")

    addresses = [mail.message.address for mail in first.context["mails"]]
    assert addresses == [f"p{number}@example.test" for number in range(24, 4, -1)]
    assert all(mail.letter is None for mail in first.context["mails"])


def test_robots_are_kept_out_of_the_demo(client, demo):
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"


def test_a_letter_is_shown_as_a_mail_program_shows_it_and_runs_nothing(client, demo):
    message = announce(
        "submitted", address="a@example.test", language="kk", context={"number": "GR-2026-00001"}, dedupe_key="one"
    )

    answer = client.get(f"/demo/mail/{message.public_id}/")

    assert answer.status_code == 200
    assert "GR-2026-00001" in answer.content.decode()
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
