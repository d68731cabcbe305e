"""The plan of the contract: written, saved and sent by the grantee."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.refusals import Refused
from grants import policy
from grants.actions.award_plans import begin_plan, save_plan, send_plan
from grants.forms.awards import PlanPage
from grants.models import Award, PlanVersion
from grants.queries.award_plans import plan_faults, plan_in_force, read_plan
from grants.views.applications import posted, refused_status
from grants.views.awards import award_or_404


def award_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """The open version as a form for who writes for the organisation; else the newest one to read."""
    award = award_or_404(request, public_id)
    version = award.plans.open().select_related("award__application__call").first() or plan_in_force(award)
    writes = policy.may_plan_award(request.user, award)
    is_open = bool(version and writes and not version.sent_at and not version.agreed_at)
    page = PlanPage(posted(request) if "line-TOTAL_FORMS" in request.POST else None, version) if is_open else None
    refused = None
    if request.method == "POST":
        refused, answer = _pressed(request, award, version, page)
        if answer:
            return answer
    context = {**_shown(award, version), "page": page, "refused": refused, "may_write": writes, "is_open": is_open}
    context["may_send"] = is_open and policy.may_sign_award(request.user, award)
    return render(request, "grants/award_plan.html", context, status=refused_status(refused) if refused else 200)


def _shown(award: Award, version: PlanVersion | None) -> dict[str, Any]:
    return {
        "award": award,
        "application": award.application,
        "version": version,
        "plan": read_plan(version) if version else None,
        "faults": plan_faults(version) if version and not version.agreed_at else [],
        "indicators": list(award.indicators.select_related("indicator")),
        "is_cut": bool(award.application.amount_requested and award.amount < award.application.amount_requested),
    }


def _pressed(
    request: HttpRequest, award: Award, version: PlanVersion | None, page: PlanPage | None
) -> tuple[Refused | None, HttpResponse | None]:
    """What the button asks; a form that is wrong is shown again."""
    verb = request.POST.get("verb")
    if page is not None and not page.is_valid():
        return None, None
    try:
        done = _act(award, version, page, verb, by=request.user)
    except Refused as error:
        return error, None
    messages.success(request, done)
    return None, redirect("grants:award_detail" if verb == "send" else "grants:award_plan", award.public_id)


def _act(award: Award, version: PlanVersion | None, page: PlanPage | None, verb: str | None, *, by: Any) -> str:
    if version is None or page is None:
        begin_plan(award, by=by)
        return _("The plan is proposed from your application.")
    save_plan(version, **page.typed(), by=by)
    if verb == "send":
        send_plan(version, by=by)
        return _("The plan is with the officer.")
    return _("Saved.")
