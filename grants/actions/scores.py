"""Checking and writing scores: append-only rows, a change is a new row with its reason."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from grants.formulas.scoring import SCORES_WITH_WORDS, TOP_SCORE
from grants.models import Application, Criterion, Review, ScoreEntry
from grants.queries.places import place_words
from grants.queries.rubric import scores_of

NEEDS_WORDS = _("A score of 0, 1 or 5 needs words: say what it rests on. What you entered is kept.")
NEEDS_EVIDENCE = _("A score of 0, 1 or 5 needs evidence: choose the place that it rests on. What you entered is kept.")
NEEDS_COMMENT = _("Write one sentence: what would raise this application? What you entered is kept.")


def check_review(application: Application, scores: dict[str, dict[str, Any]], comment: str) -> None:
    """Every criterion of the frozen rules has a whole score of 0 to 5; one of 0, 1 or 5 has words and a place of this
    very application; the review says what would raise it. Raises Refused.
    """
    if set(scores) != {criterion["key"] for criterion in application.rules.content["criteria"]}:
        raise Refused(_("Give a score for each criterion. What you entered is kept."), code="scores_missing")
    for entry in scores.values():
        if entry["score"] not in range(TOP_SCORE + 1):
            raise Refused(_("A score is a whole number from 0 to 5."), code="score_range")
        if entry["score"] in SCORES_WITH_WORDS and not entry.get("words", "").strip():
            raise Refused(NEEDS_WORDS, code="words_missing")
        if entry["score"] in SCORES_WITH_WORDS and not entry.get("evidence"):
            raise Refused(NEEDS_EVIDENCE, code="evidence_missing")
    if not comment.strip():
        raise Refused(NEEDS_COMMENT, code="comment_missing")
    cited = {entry["evidence"] for entry in scores.values() if entry.get("evidence")}
    if cited - place_words(application, cited).keys():
        raise Refused(
            _("The place that you chose is not in this application any more. Choose another."), code="place_unknown"
        )


def write_scores(
    review: Review, call_id: int, scores: dict[str, dict[str, Any]], *, change_reason: str, by: Any
) -> list[ScoreEntry]:
    """Writes the first entries, or new versions of those that changed. Raises Refused for a change without reason."""
    last, made = scores_of(review), []
    for criterion in Criterion.objects.filter(call=call_id):
        entry, kept = whole_entry(scores[criterion.key]), last.get(criterion.key)
        if kept and all(getattr(kept, name) == value for name, value in entry.items()):
            continue
        if kept and not change_reason:
            raise Refused(_("You change a score: give the reason, it is kept beside the old score."), code="no_reason")
        made.append(
            ScoreEntry(
                review=review,
                criterion=criterion,
                number=kept.number + 1 if kept else 1,
                change_reason=change_reason if kept else "",
                entered_by=by,
                **entry,
            )
        )
    return ScoreEntry.objects.bulk_create(made)


def whole_entry(entry: dict[str, Any]) -> dict[str, Any]:
    """The columns of one score; a passage stands beside its place alone."""
    evidence = entry.get("evidence") or ""
    quote = " ".join(entry.get("quote", "").split()) if evidence else ""
    return {
        "score": entry["score"],
        "words": entry.get("words", "").strip(),
        "evidence": evidence,
        "quote": quote,
    }
