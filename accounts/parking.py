"""Parking a refused POST: what was typed survives an expired session.

The middleware parks, the view at the same address takes. Never kept: files, passwords, codes, the CSRF token.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import ParkedPost
from core import clock

COOKIE = "parked"
SALT = "accounts.parking"
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "code"})  # and whatever is called a password
LARGEST_BODY = 500_000  # characters; a longer one is no form of ours
MOST_KEPT = 2_000  # rows; a flood of refused POSTs may not fill the database


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def park(request: HttpRequest, response: HttpResponse) -> bool:
    """Keeps the POST of `request` and gives its token to the browser; returns whether there was anything to keep."""
    kept = request.POST.copy()
    for name in list(kept):
        if name in NEVER_KEPT or "password" in name.lower():
            del kept[name]
    body = kept.urlencode()
    if not body or len(body) > LARGEST_BODY or ParkedPost.objects.count() >= MOST_KEPT:
        return False
    token = secrets.token_urlsafe(32)
    ParkedPost.objects.create(token_sha256=_digest(token), path=request.path, body=body, had_files=bool(request.FILES))
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=SALT,
        max_age=settings.PARKED_POST_MINUTES * 60,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return True


def find(request: HttpRequest) -> ParkedPost | None:
    """The parked POST of this browser for this very address, if it is not too old."""
    token = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=settings.PARKED_POST_MINUTES * 60)
    if not token:
        return None
    oldest = clock.now() - timedelta(minutes=settings.PARKED_POST_MINUTES)
    return ParkedPost.objects.filter(token_sha256=_digest(token), path=request.path, created_at__gte=oldest).first()


def take(request: HttpRequest) -> tuple[QueryDict, bool] | None:
    """(what was typed, whether files must be chosen again), once: it is forgotten when taken."""
    parked = find(request)
    if parked is None:
        return None
    parked.delete()
    return QueryDict(parked.body), parked.had_files


def forget_old() -> int:
    """Deletes what nobody came back for; returns how many."""
    oldest = clock.now() - timedelta(minutes=settings.PARKED_POST_MINUTES)
    return ParkedPost.objects.filter(created_at__lt=oldest).delete()[0]
