"""Before one begins: may I apply, what will be needed, how long it takes; all questions on paper; a sample."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from grants.forms.before import read_before
from grants.models import Application, Call
from grants.queries.before import (
    fact_labels,
    most_asked,
    papers_of,
    sections_on_paper,
    statements_of,
    tiers_shown,
    time_needed,
)
from grants.queries.calls import standing_of
from grants.queries.sample import sample_of
from questionnaires.actions.publish import compile_content

KEPT = "before"  # in the session, which outlives sign-up and sign-in: {call: {"confirmed": [...], "tier": "s"}}
MOST_KEPT = 5


def call_or_404(request: HttpRequest, public_id: str) -> Call:
    """The call with its programme and its pinned questions, if the person may see it."""
    related = ("programme_year__programme", "questionnaire_version", "questionnaire")
    calls = Call.objects.visible_to(request.user).select_related(*related).prefetch_related("tiers")
    return get_object_or_404(calls, public_id=public_id)


def content_of(call: Call) -> dict[str, Any]:
    """The pinned questions; those of the desk while the call is a draft."""
    version = call.questionnaire_version
    return version.content if version else compile_content(call.questionnaire)


def answers_before(request: HttpRequest, call: Call) -> dict[str, Any] | None:
    """What this browser answered before the form of this call, if anything."""
    return request.session.get(KEPT, {}).get(call.public_id)


def forget_before(request: HttpRequest, call: Call) -> None:
    """The draft has them now."""
    kept = request.session.get(KEPT, {})
    if kept.pop(call.public_id, None) is not None:
        request.session[KEPT] = kept


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def call_before(request: HttpRequest, public_id: str) -> HttpResponse:
    """Statements to confirm, documents for a sum, the time it takes. No account is needed."""
    call = call_or_404(request, public_id)
    if request.method == "POST":
        _keep(request, call, read_before(request.POST, statements_of(call)))
        return redirect(f"{request.path}#answer")
    answered = answers_before(request, call)
    tier = answered["tier"] if answered else ""
    tiers, statements = tiers_shown(call), statements_of(call, answered and answered["confirmed"])
    asked = tier or most_asked(tiers)
    papers = papers_of(call, asked)
    context = {
        "call": call,
        "standing": standing_of(call),
        "statements": statements,
        "is_answered": answered is not None,
        "not_confirmed": [row for row in statements if row.is_confirmed is False],
        "tier": tier,
        "tiers": tiers if len(tiers) > 1 else [],
        "papers": papers,
        "time": time_needed(call, content_of(call), asked, papers),
        "mine": _mine(request.user, call),
    }
    return render(request, "grants/call_before.html", context)


def _keep(request: HttpRequest, call: Call, answers: dict[str, Any]) -> None:
    kept = request.session.get(KEPT, {})
    kept.pop(call.public_id, None)
    request.session[KEPT] = dict([*kept.items(), (call.public_id, answers)][-MOST_KEPT:])


def _mine(user: Any, call: Call) -> Application | None:
    """The signed-in person's live application to this call."""
    if not user.is_authenticated:
        return None
    return Application.objects.owned_by(user).live().filter(call=call).first()


@login_not_required
@require_safe
def call_questions(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every question of the form on one page that prints well."""
    call = call_or_404(request, public_id)
    return render(request, "grants/call_questions.html", _on_paper(call))


@login_not_required
@require_safe
def call_sample(request: HttpRequest, public_id: str) -> HttpResponse:
    """An invented application to read: each page of it says that it is invented."""
    call = call_or_404(request, public_id)
    code = call.questionnaire.code
    sample = sample_of(code)
    if sample is None:
        raise Http404
    rows = list(zip(fact_labels(), sample.facts, strict=True))
    context = {**_on_paper(call, sample.answers), "sample": sample, "fact_rows": rows}
    return render(request, "grants/call_sample.html", context)


def _on_paper(call: Call, sample: dict[str, Any] | None = None) -> dict[str, Any]:
    tiers = tiers_shown(call)
    return {
        "call": call,
        "above": {tier.code: tier.above for tier in tiers},
        "facts": fact_labels(),
        "sections": sections_on_paper(content_of(call), tiers, sample),
        "categories": list(call.budget_categories.all()) if call.asks_budget else [],
        "papers": papers_of(call, most_asked(tiers)),
        "has_sample": sample_of(call.questionnaire.code) is not None,
    }
