"""The samples of a call for one expert: which are still to be scored, and how strictly they scored them."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef

from grants.formulas.calibration import Calibration, calibrate
from grants.formulas.scoring import review_total
from grants.models import Assignment, CalibrationSample, CalibrationScore, Call, CallRules


def rules_of(call: Call) -> dict[str, Any]:
    """The rules by which its samples are scored: the newest ones."""
    return CallRules.objects.filter(call=call).order_by("-number").values_list("content", flat=True)[0]


def calls_to_calibrate(user: Any) -> list[Call]:
    """Calls with papers that wait behind samples; each with `samples_left`. One query."""
    scored = CalibrationScore.objects.filter(sample=OuterRef("samples"), expert__user=user)
    mine = Assignment.objects.visible_to(user).to_do().values("application__call")
    rows = Call.objects.filter(pk__in=mine, samples__isnull=False)
    return list(rows.annotate(samples_left=Count("samples", filter=~Exists(scored))).filter(samples_left__gt=0))


def next_sample(call: Call, user: Any) -> CalibrationSample | None:
    """The first one that this person has not scored."""
    return CalibrationSample.objects.filter(call=call).unscored_by(user).order_by("position", "pk").first()


def calibration_of(call: Call, user: Any) -> Calibration | None:
    """This person's samples beside those of the others; None before anything is scored. Two queries."""
    weights = {row["key"]: row["weight"] for row in rules_of(call)["criteria"]}
    scores: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = CalibrationScore.objects.filter(sample__call=call)
    for expert, sample, key, score in rows.values_list("expert__user", "sample", "criterion__key", "score"):
        scores[expert][sample][key] = score
    totals: dict[int, dict[int, Decimal]] = {
        expert: {sample: review_total(given, weights) for sample, given in samples.items()}
        for expert, samples in scores.items()
    }
    own = totals.pop(user.pk, None)
    return calibrate(own, list(totals.values())) if own else None
