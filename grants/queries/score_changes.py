"""Scores that were changed: what stood before, what stands now, why. The commission sees them, the applicant too."""

from dataclasses import dataclass
from datetime import datetime

from core.text import LocalText
from grants.models import Application, ScoreEntry


@dataclass(frozen=True)
class ScoreChange:
    """One new version of a score. `expert` is the place of the expert among those of the application, from 1, so that
    a page may name them «Expert 1»; `assignment` the row for those who may know the name.
    """

    expert: int
    assignment: int
    criterion: LocalText
    before: int
    after: int
    reason: str
    at: datetime


def score_changes(application: Application) -> list[ScoreChange]:
    """Every change in the order in which it was made, of submitted reviews that were not handed back. One query."""
    rows = ScoreEntry.objects.filter(
        review__assignment__application=application,
        review__assignment__returned_at=None,
        review__submitted_at__isnull=False,
    ).select_related("criterion", "review")
    entries = list(rows.order_by("entered_at", "pk"))
    experts = {key: n for n, key in enumerate(sorted({entry.review.assignment_id for entry in entries}), start=1)}
    by_version = {(entry.review_id, entry.criterion_id, entry.number): entry for entry in entries}
    return [
        ScoreChange(
            experts[entry.review.assignment_id],
            entry.review.assignment_id,
            entry.criterion.title,
            by_version[entry.review_id, entry.criterion_id, entry.number - 1].score,
            entry.score,
            entry.change_reason,
            entry.entered_at,
        )
        for entry in entries
        if entry.number > 1
    ]
