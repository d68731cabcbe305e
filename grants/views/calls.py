"""Calls, open to everybody: the list and the page of one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from grants.models import Application, Call
from grants.queries.call_answers import first_answers, more_time
from grants.queries.calls import (
    CallRead,
    calls_by_time,
    frozen_of_call,
    read_call_page,
    results_of,
    rules_read,
    standing_of,
)
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
    read = read_call_page(request.user, public_id)
    if read is None:
        raise Http404
    call = read.call
    context = {
        "call": call,
        "standing": standing_of(call),
        "versions": read.versions,
        "parts": _parts(read),
        "results": results_of(call),
        "mine": _mine(request.user, call),
        "has_sample": sample_of(call.questionnaire.code) is not None,
    }
    return render(request, "grants/call_detail.html", context)


def _parts(read: CallRead) -> dict[str, str]:
    """The parts that everybody reads alike, in the reader's language, kept for some seconds.

    New rules and dates are read at once, since the key has them; a draft, which staff alone see, is never kept.
    """
    call, rules = read.call, next(iter(read.versions), None)

    def made() -> dict[str, str]:
        frozen, questions = frozen_of_call(rules) if rules else (compile_rules(call), None)
        context = {
            "call": call,
            "time": more_time(call, is_extended=read.has_extensions),
            "answers": first_answers(call),
            "sectors": call.sectors.all(),
            "rules": rules_read(frozen),
            "questions": listed_sections(questions or compile_content(call.questionnaire)),
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
