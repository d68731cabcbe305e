"""Checking and writing scores: append-only rows, a change is a new row with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from grants.formulas.scoring import SCORES_WITH_WORDS, TOP_SCORE
from grants.models import Criterion, Review, ScoreEntry


def check_scores(rules: dict[str, Any], scores: dict[str, dict[str, Any]]) -> None:
    """Every criterion of the frozen rules has a whole score of 0 to 5, with words where the rubric asks them."""
    keys = {criterion["key"] for criterion in rules["criteria"]}
    if set(scores) != keys:
        raise Refused(_("Give a score for each criterion. What you entered is kept."), code="scores_missing")
    for entry in scores.values():
        if entry["score"] not in range(TOP_SCORE + 1):
            raise Refused(_("A score is a whole number from 0 to 5."), code="score_range")
        if entry["score"] in SCORES_WITH_WORDS and not entry.get("words", "").strip():
            raise Refused(
                _("A score of 0, 1 or 5 needs words: say what it rests on. What you entered is kept."),
                code="words_missing",
            )


def write_scores(
    review: Review, call_id: int, scores: dict[str, dict[str, Any]], *, change_reason: str, by: Any
) -> list[ScoreEntry]:
    """Writes the first entries, or new versions of those that changed. Raises Refused for a change without reason."""
    entered = review.scores.select_related("criterion").current() if review.submitted_at else []
    last = {entry.criterion.key: entry for entry in entered}
    made = []
    for criterion in Criterion.objects.filter(call=call_id):
        entry, kept = scores[criterion.key], last.get(criterion.key)
        words = entry.get("words", "").strip()
        if kept and (kept.score, kept.words) == (entry["score"], words):
            continue
        if kept and not change_reason:
            raise Refused(_("You change a score: give the reason, it is kept beside the old score."), code="no_reason")
        made.append(
            ScoreEntry(
                review=review,
                criterion=criterion,
                number=kept.number + 1 if kept else 1,
                score=entry["score"],
                words=words,
                change_reason=change_reason if kept else "",
                entered_by=by,
            )
        )
    return ScoreEntry.objects.bulk_create(made)
