"""The doorway of the queue that an expert's browser keeps: decision 0008, as the application's form does."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.refusals import Overtaken, Refused
from grants.actions.drafts import save_review_fields
from grants.actions.queue import Outcome
from grants.models import Assignment
from grants.views.saving import entries_of


@login_not_required
@require_POST
def review_save(request: HttpRequest, public_id: str) -> JsonResponse:
    """Keeps what was typed, field by field. Nobody is sent elsewhere: 401 means that the queue waits for a sign-in."""
    entries, turned_away = entries_of(request)
    if turned_away:
        return turned_away
    assignment = Assignment.objects.visible_to(request.user).filter(public_id=public_id).first()
    if assignment is None:
        sentence = _("This application is not with you any more. What you typed is kept in this browser.")
        return JsonResponse({"answers": [{"refused": sentence} for _entry in entries]}, status=404)
    try:
        outcomes = save_review_fields(assignment, entries=entries, by=request.user)
    except Refused as refused:
        outcomes = [Outcome(refused=refused) for _entry in entries]
    hour = time_format(timezone.localtime(clock.now()), "H:i")
    return JsonResponse({"answers": [_answer(outcome) for outcome in outcomes], "at": hour})


def _answer(outcome: Outcome) -> dict[str, Any]:
    """{saved: rev}, {conflict: both texts} or {refused: sentence, code}."""
    if isinstance(outcome.refused, Overtaken):
        theirs = outcome.refused
        return {"conflict": {"theirs": theirs.kept, "value": theirs.kept, "rev": theirs.rev}}
    if outcome.refused:
        return {"refused": str(outcome.refused), "code": outcome.refused.code}
    return {"saved": outcome.rev}
