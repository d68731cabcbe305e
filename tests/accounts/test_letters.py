"""Every mail that allauth can send has words of ours, in text and HTML."""

from pathlib import Path

import allauth
import pytest

from accounts.adapter import EVENTS, AccountAdapter
from notifications.letters import render_letter
from notifications.models import Message
from tests.factories import make_user

pytestmark = pytest.mark.django_db
TEMPLATES = Path(allauth.__file__).parent / "templates"
PREFIXES = sorted(
    f"{app}/email/{path.name.removesuffix('_subject.txt')}"
    for app in ("account", "mfa")
    for path in (TEMPLATES / app / "email").glob("*_subject.txt")
    if not path.name.startswith(("webauthn", "login_code", "password_reset_code"))  # ways that are switched off
)
CONTEXT = {
    "code": "K7MX4P",
    "password_reset_url": "http://elsewhere.example/ru/account/password/reset/",
    "signup_url": "http://elsewhere.example/ru/account/signup/",
    "ip": "203.0.113.7",
    "user": object(),
    "timestamp": object(),
}


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_mail_of_allauth_becomes_a_letter_of_ours(prefix, language):
    make_user("dina@example.test", language=language)

    AccountAdapter().send_mail(prefix, "Dina@example.test", CONTEXT)

    letter = render_letter(Message.objects.get())
    assert all([letter.subject, letter.text.strip(), f'<html lang="{language}">' in letter.html])
    assert "elsewhere" not in letter.text + letter.html


def test_a_letter_with_a_code_shows_it_in_text_and_html():
    AccountAdapter().send_mail("account/email/email_confirmation_signup", "dina@example.test", CONTEXT)

    letter = render_letter(Message.objects.get())
    assert ("K7MX4P" in letter.text, "K7MX4P" in letter.html, "K7MX4P" in letter.subject) == (True, True, False)


def test_every_event_for_which_we_have_words_is_one_that_allauth_sends():
    assert {f"account/email/{name}" for name in EVENTS} <= set(PREFIXES)


def test_a_notice_says_what_was_changed():
    make_user("dina@example.test", language="en")

    AccountAdapter().send_mail("mfa/email/totp_activated", "dina@example.test", CONTEXT)

    assert "A second factor was set up for your account." in render_letter(Message.objects.get()).text
