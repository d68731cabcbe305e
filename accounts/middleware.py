"""Every page is closed until it says it is public; a second factor for every role; an expired session loses nothing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import parking
from accounts.policy import needs_second_factor

# What a person with a role may reach without a second factor: setting it up, proving it, leaving.
BEFORE_SECOND_FACTOR = frozenset(
    {
        "mfa_activate_totp",
        "mfa_reauthenticate",
        "account_reauthenticate",
        "account_logout",
        "set_language",
        "healthz",
        "readyz",
    }
)
SIGNS_OUT = frozenset({"account_logout", "logout", "personal_data_erase"})


class ParkingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Django's own, which besides parks what was typed when the session has expired."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Signing out and erasing the account end what this browser knows about the person."""
        match = request.resolver_match
        if match and match.url_name in SIGNS_OUT and request.method == "POST" and not request.user.is_authenticated:
            parking.forget_person(response)
        return response

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        response = super().handle_no_permission(request, view_func)
        if request.method == "POST" and isinstance(response, HttpResponse) and parking.park(request, response):
            messages.warning(request, _("Your session had ended. Sign in, and the form comes back as you left it."))
        return response


class SecondFactorMiddleware:
    """Lets a person with a role no further than to the second factor, until this session has proved it.

    Costs one query for a person with a role, none for anybody else (the roles are read once per request anyway).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """A redirect to what is still to be done, or nothing."""
        if not settings.SECOND_FACTOR_REQUIRED or not needs_second_factor(request.user):
            return None
        if request.resolver_match and request.resolver_match.url_name in BEFORE_SECOND_FACTOR:
            return None
        if not Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.TOTP).exists():
            return redirect("mfa_activate_totp")
        if not _is_proved(request):
            return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")
        return None


def _is_proved(request: HttpRequest) -> bool:
    """Whether the second factor was shown in this session.

    A session opened with the password alone, before the factor was set up in another one, has not. Signing in always
    leaves a record; a session without any was opened by our own code (a test's `force_login`).
    """
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return not records or any(record["method"] == "mfa" for record in records)


second_factor = SecondFactorMiddleware
