"""Strict CSP on every answer, and the last doorway that turns a refusal into its sentence."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.refusals import NotAllowed, Refused

Handler = Callable[[HttpRequest], HttpResponse]


def content_security_policy(get_response: Handler) -> Handler:
    """Sends settings.SECURE_CSP (the name that Django 6 uses) with each answer."""
    policy = policy_with()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def policy_with(**more: str) -> str:
    """The strict policy, and for one page one source more of a directive: `policy_with(connect_src="wss://...")`."""
    added = {name.replace("_", "-"): source for name, source in more.items()}
    return "; ".join(
        " ".join([name, *sources, *([added[name]] if name in added else [])])
        for name, sources in settings.SECURE_CSP.items()
    )


class RefusalMiddleware:
    """Shows a refusal that no view has shown: 403 where the person may not, 409 where the state does not allow."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page with the sentence, for a Refused that reached us."""
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 409
        return render(request, "refused.html", {"sentence": exception.sentence}, status=status)


refusals = RefusalMiddleware
