"""Scoring the samples of a call, before its applications open."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import NotAllowed, Refused
from grants.formulas.scoring import TOP_SCORE
from grants.models import Assignment, CalibrationSample, CalibrationScore, Expert


@transaction.atomic
def score_sample(sample: CalibrationSample, *, scores: dict[str, int], by: Any) -> None:
    """An expert of the call enters a score of 0 to 5 for each criterion (its key), once: a second press changes
    nothing. Raises NotAllowed for who has nothing to read in the call, Refused for a missing score.
    """
    expert = Expert.objects.select_for_update().filter(user=by).first()
    asked = Assignment.objects.visible_to(by).filter(application__call=sample.call_id)
    if expert is None or not asked.exists():
        raise NotAllowed(_("Only the experts of this call score its samples."), code="not_assigned")
    criteria = list(sample.call.criteria.all())
    if set(scores) != {criterion.key for criterion in criteria}:
        raise Refused(_("Give a score for each criterion. What you entered is kept."), code="scores_missing")
    if any(score not in range(TOP_SCORE + 1) for score in scores.values()):
        raise Refused(_("A score is a whole number from 0 to 5."), code="score_range")
    if CalibrationScore.objects.filter(sample=sample, expert=expert).exists():
        return
    CalibrationScore.objects.bulk_create(
        CalibrationScore(sample=sample, expert=expert, criterion=criterion, score=scores[criterion.key])
        for criterion in criteria
    )
    record("calibration.score", sample, by=by, data={"expert": expert.pk})
