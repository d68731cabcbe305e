"""Signing in and out, limits, a new password, a new address."""

import re

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from notifications.models import Message
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PASSWORD = "correct horse battery"


def page(name: str, *args, language: str = "ru") -> str:
    with override(language):
        return reverse(name, args=args)


def sign_in(client, email: str, password: str = PASSWORD, **more: str):
    return client.post(page("account_login"), {"login": email, "password": password, **more})


def test_a_person_signs_in_with_their_address_in_any_case(client):
    make_user("dina@example.test")

    response = sign_in(client, "DINA@example.test", next=page("accounts:profile"))

    assert (response.status_code, response.url) == (302, page("accounts:profile"))


def test_a_stranger_and_a_wrong_password_get_the_same_sentence(client):
    make_user("dina@example.test")

    wrong = sign_in(client, "dina@example.test", "wrong")
    stranger = sign_in(client, "nobody@example.test", "wrong")

    words = ["Указанные вами адрес электронной почты и/или пароль неверны."]
    assert wrong.context["form"].non_field_errors() == words
    assert stranger.context["form"].non_field_errors() == words


def test_the_sixth_bad_password_is_refused_in_words_and_so_is_the_right_one_then(client):
    make_user("dina@example.test")
    for _attempt in range(5):
        sign_in(client, "dina@example.test", "wrong")

    sixth = sign_in(client, "dina@example.test", "wrong")
    right = sign_in(client, "dina@example.test")

    words = ["Слишком много неудачных попыток входа в систему. Повторите попытку позже."]
    assert sixth.context["form"].non_field_errors() == words
    assert right.context["form"].non_field_errors() == words


def test_limits_of_one_person_do_not_shut_out_another(client):
    make_user("dina@example.test")
    make_user("askar@example.test")
    for _attempt in range(6):
        sign_in(client, "dina@example.test", "wrong")

    response = sign_in(client, "askar@example.test", next=page("accounts:profile"))

    assert response.status_code == 302


def test_a_closed_account_does_not_come_in(client):
    make_user("dina@example.test", is_active=False)

    response = sign_in(client, "dina@example.test")

    assert "_auth_user_id" not in client.session
    assert response.status_code in {200, 302}


def test_a_closed_account_is_signed_out_with_its_next_request(client):
    person = make_user()
    client.force_login(person)
    User.objects.update(is_active=False)

    response = client.get(page("accounts:profile"))

    assert response.url.startswith(page("account_login"))


def test_signing_in_does_not_lead_to_another_site(client):
    make_user("dina@example.test")

    response = sign_in(client, "dina@example.test", next="https://evil.example/")

    assert "evil" not in response.url


def test_pages_without_a_language_in_their_address_speak_the_persons(client):
    make_user("dina@example.test", language="kk")

    response = sign_in(client, "dina@example.test", next=page("accounts:profile"))

    assert response.cookies[django_settings.LANGUAGE_COOKIE_NAME].value == "kk"


def test_a_new_password_is_chosen_by_the_address_in_the_letter(client):
    person = make_user("dina@example.test", language="kk")
    client.post(page("account_reset_password"), {"email": "dina@example.test"})
    message = Message.objects.get()
    opened = client.get(message.context["path"], follow=True)

    client.post(opened.redirect_chain[-1][0], {"password1": "zhana kupiya soz 64", "password2": "zhana kupiya soz 64"})

    person.refresh_from_db()
    assert (message.event, message.context["path"][:4]) == ("account_password_reset", "/kk/")
    assert person.check_password("zhana kupiya soz 64")


def test_a_person_is_told_that_their_password_was_changed(client):
    make_user("dina@example.test")
    client.post(page("account_reset_password"), {"email": "dina@example.test"})
    opened = client.get(Message.objects.get().context["path"], follow=True)

    client.post(opened.redirect_chain[-1][0], {"password1": "zhana kupiya soz 64", "password2": "zhana kupiya soz 64"})

    notice = Message.objects.latest("pk")
    assert (notice.event, notice.context["what"]) == ("account_notice", "password_reset")


def test_asking_a_new_password_for_an_unknown_address_looks_the_same(client):
    make_user("dina@example.test")

    known = client.post(page("account_reset_password"), {"email": "dina@example.test"})
    unknown = client.post(page("account_reset_password"), {"email": "nobody@example.test"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert list(Message.objects.order_by("pk").values_list("event", flat=True)) == [
        "account_password_reset",
        "account_unknown",
    ]


def test_the_address_in_a_letter_never_takes_the_host_of_the_request(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_user("dina@example.test")

    client.post(page("account_reset_password"), {"email": "dina@example.test"}, headers={"host": "evil.example"})

    assert "evil" not in str(Message.objects.get().context)


def test_a_new_address_replaces_the_old_one_when_its_code_was_typed(client):
    person = make_user("old@example.test")
    sign_in(client, "old@example.test", next=page("accounts:profile"))
    client.post(page("account_email"), {"email": "new@example.test", "action_add": ""})
    code = Message.objects.get(address="new@example.test").context["code"]

    client.post(page("account_email_verification_sent"), {"code": code})

    person.refresh_from_db()
    assert person.email == "new@example.test"


OPEN_PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_reset_password_done",
    "account_inactive",
]
OWN_PAGES = [
    "account_logout",
    "account_email",
    "account_change_password",
    "mfa_index",
    "accounts:profile",
    "accounts:organisation_list",
    "accounts:organisation_create",
    "mfa_activate_totp",
    "account_reauthenticate",
]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("name", OPEN_PAGES)
def test_an_open_page_of_signing_in_answers_in_its_language(client, name, language):
    response = client.get(page(name, language=language))

    assert (response.status_code, f'<html lang="{language}">' in response.content.decode()) == (200, True)


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_of_ones_account_answers_and_holds_nothing_inline(client, name):
    make_user("dina@example.test")
    sign_in(client, "dina@example.test", next=page("accounts:profile"))

    response = client.get(page(name))

    body = response.content.decode()
    assert response.status_code == 200
    assert re.findall(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", body) == []
    assert body.count("<h1") == 1


@pytest.mark.parametrize("name", OWN_PAGES[1:])
def test_a_page_of_ones_account_is_closed_to_others_and_comes_back_after_signing_in(client, name):
    make_user("dina@example.test")
    wanted = page(name)

    refused = client.get(wanted)
    response = client.post(refused.url, {"login": "dina@example.test", "password": PASSWORD, "next": wanted})

    assert (refused.url, response.url) == (f"{page('account_login')}?next={wanted}", wanted)


def test_anybody_changes_the_language_without_signing_in(client):
    response = client.post(reverse("set_language"), {"language": "kk", "next": page("account_login")})

    assert response.url == page("account_login", language="kk")
