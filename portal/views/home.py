"""The first page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.queries.doors import DOORS
from portal.queries.home import first_page


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the portal is, the open call with its clock, the year and the fund, the way of an application."""
    doors = DOORS if settings.DEMO else ()
    return render(request, "portal/home.html", {**first_page(), "doors": doors})
