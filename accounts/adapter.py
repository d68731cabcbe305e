"""allauth's mails go through our outbox, in the person's language; signing up keeps the consent."""

import time
from typing import Any
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import translate_url
from django.utils.translation import get_language

from accounts import parking
from accounts.actions import people
from accounts.models import User
from core.public_id import make_public_id
from notifications.actions.announce import announce

# allauth's template -> our event; what is not here tells of a change to the account.
EVENTS = {
    "email_confirmation": "account_code",
    "email_confirmation_signup": "account_code",
    "password_reset_key": "account_password_reset",
    "account_already_exists": "account_already_exists",
    "unknown_account": "account_unknown",
}
# What of allauth's context a letter needs: plain words, and addresses as paths on our own site.
WORDS = ("code", "ip")
ADDRESSES = ("password_reset_url", "signup_url")


class AccountAdapter(DefaultAccountAdapter):
    """Sends sign-in mails through `notifications`; a code is in the outbox until it is sent, and in no log."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """One outbox row; its context is blanked once it is sent (`notifications.actions.deliver`)."""
        name = template_prefix.rpartition("/")[2]
        person = User.objects.filter(email=email.lower()).first()
        language = person.language if person else (get_language() or "kk")[:2]
        announce(
            EVENTS.get(name, "account_notice"),
            address=email,
            language=language,
            context={"what": name, **letter_context(context, language)},
            dedupe_key=f"account:{make_public_id()}",
            user=person,
        )

    def send_account_already_exists_mail(self, email: str) -> None:
        """As slow as making an account, so that the time of the answer tells nothing either."""
        make_password(email)
        super().send_account_already_exists_mail(email)

    def save_user(self, request: HttpRequest, user: Any, form: BaseForm, commit: bool = True) -> User:
        """The person and their consent, in one transaction."""
        unsaved: Any = super().save_user(request, user, form, commit=False)
        return people.sign_up(unsaved, agreed_to=form.consent_text)  # type: ignore[attr-defined]

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in within the last minutes is not asked for the password a second time."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > app_settings.REAUTHENTICATION_TIMEOUT

    def post_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse:
        """Pages without a language in their address (the admin) speak the person's, unless they chose another.

        The browser keeps who it was, for a form that outlives its session (`parking`)."""
        response = super().post_login(request, user, **how)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            remember_language(response, user.language)
        parking.remember_person(response, user)
        return response


def remember_language(response: HttpResponse, language: str) -> None:
    """Django's own language cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def letter_context(context: dict[str, Any], language: str) -> dict[str, str]:
    """Plain JSON. Addresses lose their host, which came with the request, and get the reader's language."""
    kept = {name: str(context[name]) for name in WORDS if context.get(name)}
    for name in ADDRESSES:
        if context.get(name):
            kept["path"] = translate_url(urlsplit(context[name]).path, language)
            break
    return kept
