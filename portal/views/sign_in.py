"""Where a person lands after signing in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from accounts.policy import has_role, is_desk
from accounts.statuses import Role


@require_safe
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """To the first page of the person's role, in the person's language."""
    with override(request.user.language):
        response = HttpResponseRedirect(reverse(first_page_of(request.user)))
    return remember_language(response, request.user.language)


def first_page_of(user) -> str:
    """Fund people to their dashboard, staff to the desk, experts to their reviews, everybody else to applications."""
    if has_role(user, Role.MANAGER, Role.ANALYST, Role.INVESTMENT_COMMITTEE):
        return "funds:dashboard"
    if is_desk(user):
        return "admin:index"
    if has_role(user, Role.EXPERT):
        return "grants:review_list"
    return "grants:application_list"


def remember_language(response: HttpResponse, language: str) -> HttpResponse:
    """Pages without a language in their address (the desk) read it from this cookie."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
