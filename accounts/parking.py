"""Parking a refused POST: what was typed survives an expired session.

The middleware parks, the view at the same address takes. Never kept: files, passwords, codes, the CSRF token.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict

from accounts.models import ParkedPost, User
from core import clock

COOKIE = "parked"
SALT = "accounts.parking"
LAST = "last"  # who is signed in at this browser; outlives the session, goes with signing out
LAST_SALT = "accounts.parking.last"
LAST_DAYS = 30
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
    ParkedPost.objects.create(
        token_sha256=_digest(token),
        path=request.path,
        body=body,
        had_files=bool(request.FILES),
        user=_last_person(request),
    )
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


def remember_person(response: HttpResponse, user: User) -> None:
    """Signing in leaves who it was, so that what they type after the session has ended is shown to them alone."""
    response.set_signed_cookie(
        LAST,
        user.public_id,
        salt=LAST_SALT,
        max_age=LAST_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_person(response: HttpResponse) -> None:
    """Who signs out leaves the browser to whoever comes next."""
    response.delete_cookie(LAST, samesite="Lax")


def _last_person(request: HttpRequest) -> User | None:
    public_id = request.get_signed_cookie(LAST, default="", salt=LAST_SALT, max_age=LAST_DAYS * 24 * 3600)
    return User.objects.filter(public_id=public_id).first() if public_id else None


def find(request: HttpRequest) -> ParkedPost | None:
    """The parked POST of this browser for this very address, if it is not too old and no other person's."""
    token = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=settings.PARKED_POST_MINUTES * 60)
    if not token:
        return None
    oldest = clock.now() - timedelta(minutes=settings.PARKED_POST_MINUTES)
    theirs = Q(user=None) | Q(user_id=request.user.pk)
    rows = ParkedPost.objects.filter(theirs, token_sha256=_digest(token), path=request.path, created_at__gte=oldest)
    return rows.first()


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
