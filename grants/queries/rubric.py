"""The rubric: criteria of frozen rules with the text of each level, and what an expert has entered under them."""

from dataclasses import dataclass
from typing import Any

from core.text import LocalText, pick
from grants.models import Assignment, Review, ScoreEntry
from grants.statuses import ScoreLevel

PARTS = ("score", "words", "evidence", "quote")  # of one criterion; an input is called «words_<key of the criterion>»


@dataclass(frozen=True)
class RubricRow:
    """One criterion of the frozen rules, in the reader's language; `levels` are (score, what it means)."""

    key: str
    title: LocalText
    weight: int
    levels: list[tuple[int, str]]


def rubric(content: dict[str, Any]) -> list[RubricRow]:
    """The criteria of frozen rules; a level without a text of its own has the common one."""
    return [
        RubricRow(row["key"], pick(row["title"]), row["weight"], _levels(row.get("levels") or {}))
        for row in content["criteria"]
    ]


def _levels(texts: dict[str, dict[str, str]]) -> list[tuple[int, str]]:
    own = {level.value: pick(texts.get(str(level.value)) or {}) for level in ScoreLevel}
    return [(level.value, own[level.value] or str(level.label)) for level in ScoreLevel]


def draft_fields(content: dict[str, Any]) -> set[str]:
    """The inputs of a review: those of each criterion, the comment, the reason of a change."""
    return {f"{part}_{row['key']}" for row in content["criteria"] for part in PARTS} | {"comment", "change_reason"}


def own_scores(assignment: Assignment) -> dict[str, ScoreEntry]:
    """criterion key -> the score that counts, of this assignment's review; none before it is in."""
    review = getattr(assignment, "review", None)
    return scores_of(review) if review else {}


def scores_of(review: Review) -> dict[str, ScoreEntry]:
    """criterion key -> the score that counts; none before the review is in."""
    if review.submitted_at is None:
        return {}
    return {entry.criterion.key: entry for entry in review.scores.select_related("criterion").current()}


def entered_texts(review: Review) -> dict[str, str]:
    """What stands under each input once the review is in, as a page would hold it; nothing before."""
    entered = scores_of(review)
    texts = {f"{part}_{key}": str(getattr(entry, part)) for key, entry in entered.items() for part in PARTS}
    return texts | ({"comment": review.comment} if entered else {})


def typed_texts(scores: dict[str, dict[str, Any]], comment: str) -> dict[str, str]:
    """The same of what is being submitted."""
    texts = {f"{part}_{key}": str(entry.get(part, "")) for key, entry in scores.items() for part in PARTS}
    return texts | {"comment": comment}
