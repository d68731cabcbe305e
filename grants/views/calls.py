"""Calls, open to everybody: the list and the page of one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from grants.actions.calls import compile_rules
from grants.models import Application, Call
from grants.queries.calls import calls_by_time, results_of, rules_read, standing_of
from questionnaires.actions.publish import compile_content
from questionnaires.queries.content import answered_sections


@login_not_required
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """Open, upcoming and past calls, by the server clock. One query."""
    return render(request, "grants/call_list.html", {"calls": calls_by_time()})


@login_not_required
@require_safe
def call_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the call gives, to whom, until when, what it asks, how it scores; results once they are released."""
    calls = Call.objects.visible_to(request.user).select_related("programme_year__programme", "questionnaire_version")
    call = get_object_or_404(calls, public_id=public_id)
    versions = list(call.rules_versions.order_by("-number"))
    version = call.questionnaire_version
    context = {
        "call": call,
        "standing": standing_of(call),
        "versions": versions,
        "rules": rules_read(versions[0].content if versions else compile_rules(call)),
        "sectors": call.sectors.all(),
        "questions": answered_sections(version.content if version else compile_content(call.questionnaire), {}),
        "results": results_of(call),
        "mine": _mine(request.user, call),
    }
    return render(request, "grants/call_detail.html", context)


def _mine(user: Any, call: Call) -> Application | None:
    """The signed-in person's live application to this call: the page then leads to it."""
    if not user.is_authenticated:
        return None
    return Application.objects.owned_by(user).live().filter(call=call).first()
