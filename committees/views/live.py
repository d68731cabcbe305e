"""The session live, by an observer's own link: numbers of items, counts and results; no name and no address."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from committees.actions.notices import token_hash
from committees.models import Observer
from committees.queries.live import live_page


@login_not_required
@never_cache
@require_safe
def live(request: HttpRequest, token: str) -> HttpResponse:
    """Who holds the link sees the session as it goes; 404 for an unknown one."""
    observers = Observer.objects.exclude(live_token_hash="").select_related("meeting__committee")
    observer = get_object_or_404(observers, live_token_hash=token_hash(token))
    response = render(request, "committees/live.html", {"live": live_page(observer.meeting)})
    response["Referrer-Policy"] = "no-referrer"
    return response
