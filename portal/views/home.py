"""The first page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.queries.city import INDICATORS, SOURCE
from portal.queries.doors import DOORS
from portal.queries.home import calls_now, figures

FIGURES_SECONDS = 10  # how old the figures of the first page may be; the calls are never old


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is, the open call with its clock, the year and the fund, the way of an application."""
    parts = cache.get_or_set(f"portal:home:{get_language()}", _parts, FIGURES_SECONDS)
    doors = DOORS if settings.DEMO else ()
    return render(request, "portal/home.html", {**calls_now(), "parts": parts, "doors": doors})


def _parts() -> dict[str, str]:
    """The parts of the page that count, or that everybody reads alike, in the reader's language."""
    context = {**figures(), "indicators": INDICATORS, "source": SOURCE}
    return {name: render_to_string(f"portal/_home_{name}.html", context) for name in ("figures", "progress", "city")}
