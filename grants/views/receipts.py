"""Receipts for everybody: whether a code or a SHA-256 is of a genuine receipt, and nothing else about it."""

from typing import Any

from allauth.core.internal.ratelimit import consume  # the public one lets every GET pass
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from grants.queries.receipts import check_receipt

LONGEST = 200  # what a person may paste: a hash with spaces, a code with its dashes


@login_not_required
@require_safe
def receipt_ask(request: HttpRequest) -> HttpResponse:
    """A field for a code or a SHA-256, and the answer."""
    return _answer(request, request.GET.get("code", "").strip()[:LONGEST])


@login_not_required
@require_safe
def receipt_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the square code on a receipt leads."""
    return _answer(request, public_id[:LONGEST])


def _answer(request: HttpRequest, typed: str) -> HttpResponse:
    """Known and unknown codes cost the same query and get the same page, but for its one sentence; so many a minute."""
    limit = {"app": "allauth.account", "action": "receipt_check", "limit_get": True}
    is_too_often = bool(typed) and consume(request, **limit) is None
    context: dict[str, Any] = {"typed": typed, "is_too_often": is_too_often}
    if typed and not is_too_often:
        context |= {"receipt": check_receipt(typed), "is_answered": True}
    return render(request, "grants/receipt_check.html", context, status=429 if is_too_often else 200)
