"""The frozen rules of a call, open to everybody: in words, as a file, and what each version changed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, render
from django.views.decorators.http import require_safe

from core.canonical import canonical_json
from grants.models import Call, CallRules
from grants.queries.rules_words import rule_sections, versions_read


@login_not_required
@require_safe
def call_rules(request: HttpRequest, public_id: str) -> HttpResponse:
    """The rules in force line by line, every version with its public reason and what it changed. Two queries."""
    call = get_object_or_404(Call.objects.visible_to(request.user), public_id=public_id)
    versions = get_list_or_404(call.rules_versions.order_by("number"))
    newest = versions[-1]
    context = {
        "call": call,
        "newest": newest,
        "versions": versions_read(versions),
        "sections": rule_sections(newest.content),
    }
    return render(request, "grants/call_rules.html", context)


@login_not_required
@require_safe
def call_rules_json(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One version as canonical JSON: the SHA-256 of these bytes is the one that every page names."""
    call = get_object_or_404(Call.objects.visible_to(request.user), public_id=public_id)
    rules = get_object_or_404(CallRules, call=call, number=number)
    headers = {"Content-Disposition": f'attachment; filename="rules-{call.public_id}-{rules.number}.json"'}
    return HttpResponse(canonical_json(rules.content), content_type="application/json", headers=headers)
