"""Calls, open to everybody: the list and the page of one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from grants.models import Application, Call, CallRules
from grants.queries.call_answers import first_answers, more_time
from grants.queries.calls import (
    calls_by_time,
    read_call_page,
    read_call_whole,
    results_of,
    rules_read,
    standing_of,
)
from grants.queries.rules import compile_rules
from grants.queries.sample import has_sample
from grants.statuses import CallStatus
from questionnaires.actions.publish import compile_content
from questionnaires.queries.content import listed_sections

PARTS = ("short", "prose", "rules", "time", "answers")
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
    read = read_call_page(request.user, public_id)
    if read is None:
        raise Http404
    call, versions = read
    context = {
        "call": call,
        "standing": standing_of(call),
        "versions": versions,
        "parts": _parts(call, versions[0] if versions else None),
        "results": results_of(call),
        "mine": _mine(request.user, call),
        "has_sample": has_sample(call.questionnaire.code),
    }
    return render(request, "grants/call_detail.html", context)


def _parts(call: Call, rules: CallRules | None) -> dict[str, str]:
    """The parts that everybody reads alike, in the reader's language, kept for some seconds.

    New rules and dates are read at once, since the key has them; a draft, which staff alone see, is never kept.
    """

    def made() -> dict[str, str]:
        whole = read_call_whole(call, rules)
        version = whole.questionnaire_version
        context = {
            "call": whole,
            "time": more_time(whole),
            "answers": first_answers(whole),
            "sectors": whole.sectors.all(),
            "rules": rules_read(whole.frozen or compile_rules(whole)),
            "questions": listed_sections(version.content if version else compile_content(whole.questionnaire)),
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
