"""What everybody may check of the audit trail: its head at the end of each day, and exceptions as numbers."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.models import AuditHead
from grants.queries.exceptions import public_counts
from grants.statuses import ExceptionKind

ON_A_PAGE = 31
SECONDS = 3_600  # a head never changes; a new one comes once a day


@login_not_required
@require_safe
def audit_heads(request: HttpRequest) -> HttpResponse:
    """The heads, the newest first; how to check; how many exceptions each released call has."""
    heads = Paginator(AuditHead.objects.all(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"heads": heads, "kinds": ExceptionKind.labels, "counts": public_counts()}
    return render(request, "portal/audit_heads.html", context)


@login_not_required
@require_safe
@cache_control(max_age=SECONDS, public=True)
def audit_heads_text(request: HttpRequest) -> HttpResponse:
    """One line for each day, oldest first: day, last link, events of the day, SHA-256."""
    lines = [f"{day} {position} {events} {sha256}\n" for day, position, sha256, events in _rows()]
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@cache_control(max_age=SECONDS, public=True)
def audit_heads_json(request: HttpRequest) -> JsonResponse:
    """The same for a program."""
    names = ("day", "position", "sha256", "events")
    return JsonResponse({"heads": [dict(zip(names, row, strict=True)) for row in _rows()]})


def _rows():
    return AuditHead.objects.order_by("day").values_list("day", "position", "sha256", "events")
