"""Scores of experts become one number: a weighted total of 0 to 100 per review, the mean of reviews, the spread."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

TOP_SCORE = 5
# Words are needed where a score says most: refusal-like and excellent ones.
SCORES_WITH_WORDS = frozenset({0, 1, TOP_SCORE})


def review_total(scores: Mapping[str, int], weights: Mapping[str, int]) -> Decimal:
    """Σ score/5 · weight over all criteria; weights sum to 100, so a total lies between 0 and 100.

    Raises KeyError where a criterion has no score: an absent score is never a zero.
    """
    points = sum(scores[key] * weight for key, weight in weights.items())
    return Decimal(points) / TOP_SCORE


def mean(totals: Sequence[Decimal]) -> Decimal | None:
    """The plain mean, two decimals, halves up; None without reviews."""
    if not totals:
        return None
    return (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def spread(totals: Sequence[Decimal]) -> Decimal | None:
    """The distance between the highest and the lowest total; None below two reviews."""
    return max(totals) - min(totals) if len(totals) > 1 else None
