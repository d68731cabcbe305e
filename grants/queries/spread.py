"""How far the reviews of an application lie apart, and which ask for one more expert."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from grants.formulas.scoring import review_total
from grants.models import Application, Conflict, ExtraReview, ScoreEntry


def review_totals(application: Application) -> list[Decimal]:
    """Totals of 100 of the reviews that are in and were not handed back. One query."""
    weights = {row["key"]: row["weight"] for row in application.rules.content["criteria"]}
    entries = ScoreEntry.objects.current().filter(
        review__assignment__application=application,
        review__assignment__returned_at=None,
        review__submitted_at__isnull=False,
    )
    scores: dict[int, dict[str, int]] = defaultdict(dict)
    for review, key, score in entries.values_list("review_id", "criterion__key", "score"):
        scores[review][key] = score
    return [review_total(given, weights) for given in scores.values()]


def waiting_extra(reader: Any, most: int = 5) -> tuple[int, list[ExtraReview]]:
    """(how many applications wait for one more expert, those that wait longest), without those that a conflict of
    interest closes to the reader. Two queries.
    """
    closed = Conflict.objects.closing_to(reader)
    rows: QuerySet[ExtraReview] = ExtraReview.objects.waiting().exclude(application__in=closed)
    return rows.count(), list(rows.select_related("application__call").order_by("noticed_at", "pk")[:most])
