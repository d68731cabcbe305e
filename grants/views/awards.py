"""The page of an award: one list of what is to be done and who has the ball."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from grants import policy
from grants.models import Award
from grants.queries.award_steps import checklist_of
from grants.statuses import AWARD_MARKS, AWARDS_IN_FORCE, AwardStatus


def award_or_404(request: HttpRequest, public_id: str) -> Award:
    """The award with what its pages print, if the person may see its contract."""
    seen = Award.objects.followed_by(request.user)
    shown = seen.select_related("application__organisation", "application__call__programme_year", "decision")
    return get_object_or_404(shown, public_id=public_id)


@require_safe
def award_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """From accepting to the first tranche."""
    award = award_or_404(request, public_id)
    tone, shape = AWARD_MARKS[AwardStatus(award.status)]
    context = {
        "award": award,
        "application": award.application,
        "checklist": checklist_of(award),
        "tranches": award.tranches.exclude(status="cancelled").order_by("number"),
        "tone": tone,
        "shape": shape,
        "has_receipts": award.status in AWARDS_IN_FORCE,
        "may_write": policy.may_plan_award(request.user, award),
    }
    return render(request, "grants/award_detail.html", context)
