"""An expired session in mid-form loses nothing that was typed."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts import parking
from accounts.models import Organisation, ParkedPost
from accounts.tasks import forget_parked_posts
from core import clock
from tests.factories import make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TYPED = {"kind": "llp", "name": "ТОО «Сарыарқа Ойын»", "identifier": "250440000004", "head_name": "Әлия Сапарова"}


def page(name: str, *args) -> str:
    with override("ru"):
        return reverse(name, args=args)


@pytest.fixture
def person():
    return make_user("dina@example.test")


def send_after_the_session_has_expired(client: Client, person, address: str, data: dict) -> str:
    """The person opens the form, their session ends, they press the button; returns where they are sent."""
    client.force_login(person)
    client.get(address)
    Session.objects.all().delete()
    return client.post(address, data).url


def sign_in(client: Client, address: str, person):
    wanted = address.partition("?next=")[2]
    return client.post(
        page("account_login"), {"login": person.email, "password": "correct horse battery", "next": wanted}
    )


def test_the_form_comes_back_with_what_was_typed(client, person):
    address = page("accounts:organisation_create")
    login = send_after_the_session_has_expired(client, person, address, TYPED)

    back = sign_in(client, login, person)
    response = client.get(back.url)

    assert (login, back.url) == (f"{page('account_login')}?next={address}", address)
    assert {name: response.context["form"][name].value() for name in TYPED} == TYPED
    assert response.context["parked"][1] is False
    assert Organisation.objects.count() == 0


def test_the_page_of_signing_in_says_that_nothing_is_lost(client, person):
    login = send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), TYPED)

    with override("en"):
        words = client.get(login.replace("/ru/", "/en/", 1)).content.decode()

    assert 'class="notice notice--wait"' in words


def test_the_page_says_that_files_must_be_chosen_again(client, person):
    address = page("accounts:organisation_create").replace("/ru/", "/en/")
    files = {"logo": SimpleUploadedFile("logo.png", b"x")}
    login = send_after_the_session_has_expired(client, person, address, {**TYPED, **files})
    back = sign_in(client, login, person)

    body = client.get(back.url).content.decode()

    assert "Here is what you typed" in body
    assert "please choose them again" in body


def test_it_is_shown_once(client, person):
    address = page("accounts:organisation_create")
    sign_in(client, send_after_the_session_has_expired(client, person, address, TYPED), person)
    client.get(address)

    response = client.get(address)

    assert (response.context["parked"], ParkedPost.objects.count()) == (None, 0)


def test_it_is_shown_at_its_own_address_alone(client, person):
    organisation = make_organisation(person)
    login = send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), TYPED)
    sign_in(client, login, person)

    response = client.get(page("accounts:organisation_edit", organisation.public_id))

    assert response.context["parked"] is None


def test_what_was_typed_into_the_form_of_an_organisation_comes_back_there(client, person):
    address = page("accounts:organisation_edit", make_organisation(person).public_id)
    sign_in(client, send_after_the_session_has_expired(client, person, address, TYPED), person)

    response = client.get(address)

    assert response.context["form"]["name"].value() == TYPED["name"]


def test_somebody_elses_organisation_stays_unseen(client, person):
    address = page("accounts:organisation_edit", make_organisation(make_user()).public_id)
    sign_in(client, send_after_the_session_has_expired(client, person, address, TYPED), person)

    assert client.get(address).status_code == 404


def test_it_is_gone_after_thirty_minutes(client, person, at):
    address = page("accounts:organisation_create")
    sign_in(client, send_after_the_session_has_expired(client, person, address, TYPED), person)
    at(clock.now() + timedelta(minutes=30, seconds=1))

    assert client.get(address).context["parked"] is None


def test_old_ones_are_deleted_by_the_clock(client, person, at):
    send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), TYPED)
    early = forget_parked_posts()
    at(clock.now() + timedelta(minutes=31))

    assert (early, forget_parked_posts(), ParkedPost.objects.count()) == (0, 1, 0)


@pytest.mark.parametrize("cookie", ["", "forged", "forged:1u0000:c2lnbmF0dXJl"])
def test_a_forged_cookie_brings_nothing(client, person, cookie):
    send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), TYPED)
    thief = Client()
    thief.force_login(make_user())
    thief.cookies[parking.COOKIE] = cookie

    response = thief.get(page("accounts:organisation_create"))

    assert (response.context["parked"], ParkedPost.objects.count()) == (None, 1)


def test_another_browser_brings_nothing(client, person):
    send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), TYPED)
    other = Client()
    other.force_login(person)

    assert other.get(page("accounts:organisation_create")).context["parked"] is None


def test_passwords_codes_and_tokens_are_never_kept(client, person):
    secrets = {
        "password1": "s3cret-a",
        "oldpassword": "s3cret-b",
        "code": "s3cret-c",
        "csrfmiddlewaretoken": "s3cret-d",
    }

    send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), {**TYPED, **secrets})

    assert "s3cret" not in ParkedPost.objects.get().body


def test_the_token_itself_is_not_in_the_database(client, person):
    send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), TYPED)

    token = client.cookies[parking.COOKIE].value.partition(":")[0]
    assert token not in str(list(ParkedPost.objects.values()))


def test_a_post_that_is_too_large_for_a_form_is_not_kept(client, person):
    data = {"name": "x" * (parking.LARGEST_BODY + 1)}

    login = send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), data)

    assert (login.startswith(page("account_login")), ParkedPost.objects.count()) == (True, 0)


def test_a_flood_of_refused_posts_fills_nothing(client, monkeypatch):
    monkeypatch.setattr(parking, "MOST_KEPT", 2)

    for _post in range(4):
        client.post(page("accounts:organisation_create"), TYPED)

    assert ParkedPost.objects.count() == 2


def test_the_cookie_is_kept_from_scripts(client, person):
    send_after_the_session_has_expired(client, person, page("accounts:organisation_create"), TYPED)

    cookie = client.cookies[parking.COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 30 * 60)


def type_as(client: Client, person, address: str) -> str:
    """Signs in by the page, loses the session, presses the button; returns where the browser is sent."""
    sign_in(client, f"?next={address}", person)
    Session.objects.all().delete()
    client.cookies.pop("sessionid", None)
    return client.post(address, TYPED).url


def test_it_comes_back_to_who_typed_it(client, person):
    address = page("accounts:organisation_create")
    sign_in(client, type_as(client, person, address), person)

    assert client.get(address).context["form"]["name"].value() == TYPED["name"]


def test_another_person_at_the_same_browser_sees_nothing_of_it(client, person):
    address = page("accounts:organisation_create")
    login = type_as(client, person, address)

    sign_in(client, login, make_user("other@example.test"))
    theirs = client.get(address)
    Session.objects.all().delete()
    sign_in(client, login, person)

    assert (theirs.context["parked"], TYPED["name"] in theirs.content.decode()) == (None, False)
    assert client.get(address).context["form"]["name"].value() == TYPED["name"]


def test_after_signing_out_the_browser_knows_nobody(client, person):
    address = page("accounts:organisation_create")
    sign_in(client, f"?next={address}", person)
    client.post(page("account_logout"))

    client.post(address, TYPED)
    sign_in(client, f"?next={address}", make_user("new@example.test"))

    assert client.get(address).context["form"]["name"].value() == TYPED["name"]


def test_a_forged_name_of_who_was_here_is_nobody(client, person):
    client.cookies[parking.LAST] = f"{person.public_id}:1u0000:c2lnbmF0dXJl"

    client.post(page("accounts:organisation_create"), TYPED)

    assert ParkedPost.objects.get().user is None
