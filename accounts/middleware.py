"""Every page is closed until it says it is public; a second factor for every role; an expired session loses nothing."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve

from accounts import parking
from accounts.policy import needs_second_factor

# Pages that a person with a role may reach before a second factor is set up.
BEFORE_SECOND_FACTOR = ("mfa_", "account_", "set_language", "healthz", "readyz")


class ParkingLoginRequiredMiddleware(LoginRequiredMiddleware):
    """Django's own, which besides parks what was typed when the session has expired."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseBase:
        response = super().handle_no_permission(request, view_func)
        if request.method == "POST" and isinstance(response, HttpResponse):
            parking.park(request, response)
        return response


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sends a person with a role to set up a second factor; with one set up, signing in always asks for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR_REQUIRED and _must_set_up(request):
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def _must_set_up(request: HttpRequest) -> bool:
    if not needs_second_factor(request.user):
        return False
    name = resolve(request.path_info).url_name or ""
    if name.startswith(BEFORE_SECOND_FACTOR):
        return False
    return not Authenticator.objects.filter(user=request.user.pk, type=Authenticator.Type.TOTP).exists()
