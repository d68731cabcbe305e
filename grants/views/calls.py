"""Calls, open to everybody: the list and the page of one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from grants.models import Application, Call, CallRules
from grants.queries.call_answers import first_answers, more_time
from grants.queries.calls import calls_by_time, results_of, rules_read, standing_of
from grants.queries.rules import compile_rules
from grants.queries.sample import sample_of
from grants.statuses import CallStatus
from questionnaires.actions.publish import compile_content
from questionnaires.queries.content import listed_sections

PARTS = ("short", "rules", "time", "answers")
PARTS_SECONDS = 10  # how old the texts, sectors and budget on a call's page may be; never its dates and rules


@login_not_required
@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    """Open, upcoming and past calls, by the server clock. One query."""
    return render(request, "grants/call_list.html", {"calls": calls_by_time()})


@login_not_required
@require_safe
def call_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the call gives, to whom, until when, what it asks, how it scores; results once they are released."""
    related = ("programme_year__programme", "questionnaire_version", "questionnaire")
    calls = Call.objects.visible_to(request.user).with_lifted_matches().select_related(*related)
    call = get_object_or_404(calls, public_id=public_id)
    versions = list(call.rules_versions.order_by("-number"))
    context = {
        "call": call,
        "standing": standing_of(call),
        "versions": versions,
        "parts": _parts(call, versions[0] if versions else None),
        "results": results_of(call),
        "mine": _mine(request.user, call),
        "has_sample": sample_of(call.questionnaire.code) is not None,
    }
    return render(request, "grants/call_detail.html", context)


def _parts(call: Call, rules: CallRules | None) -> dict[str, str]:
    """The parts that everybody reads alike, in the reader's language, kept for some seconds.

    New rules and dates are read at once, since the key has them; a draft, which staff alone see, is never kept.
    """
    version = call.questionnaire_version

    def made() -> dict[str, str]:
        context = {
            "call": call,
            "time": more_time(call),
            "answers": first_answers(call),
            "sectors": call.sectors.all(),
            "rules": rules_read(rules.content if rules else compile_rules(call)),
            "questions": listed_sections(version.content if version else compile_content(call.questionnaire)),
        }
        return {name: render_to_string(f"grants/_call_{name}.html", context) for name in PARTS}

    if rules is None or call.status == CallStatus.DRAFT:
        return made()
    dates = f"{call.opens_at.timestamp():.0f}:{call.closes_at.timestamp():.0f}"
    key = f"grants:call:{get_language()}:{call.pk}:{rules.sha256}:{dates}"
    return cache.get_or_set(key, made, PARTS_SECONDS) or made()


def _mine(user: Any, call: Call) -> Application | None:
    """The signed-in person's live application to this call: the page then leads to it."""
    if not user.is_authenticated:
        return None
    found = Application.objects.owned_by(user).live().filter(call=call).first()
    if found:
        found.call = call
    return found
