"""The experts' scores of one application side by side, for those who may see the ranking."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.text import pick
from grants.formulas import scoring
from grants.models import Application, Assignment, ScoreEntry


@dataclass(frozen=True)
class PanelColumn:
    """One expert: due, in or not, the total."""

    assignment: Assignment
    is_in: bool
    total: Decimal | None
    comment: str


@dataclass(frozen=True)
class PanelRow:
    """One criterion: its weight, and (score, words) of each expert."""

    title: Any
    weight: int
    scores: list[tuple[int | None, str]]


@dataclass(frozen=True)
class Panel:
    """The reviews of an application."""

    columns: list[PanelColumn]
    rows: list[PanelRow]
    needed: int
    mean: Decimal | None
    spread: Decimal | None
    own: Assignment | None
    is_hidden: bool = False

    @property
    def done(self) -> int:
        """Reviews that are in."""
        return sum(column.is_in for column in self.columns)


def panel_of(application: Application, reader: Any) -> Panel:
    """Two queries: the assignments not handed back, the current scores of submitted reviews.

    A reader who is asked as an expert sees the others' scores once their own review is in.
    """
    assignments = list(
        Assignment.objects.live()
        .filter(application=application)
        .select_related("expert__user", "review")
        .order_by("pk")
    )
    entries = ScoreEntry.objects.current().filter(
        review__assignment__in=assignments, review__submitted_at__isnull=False
    )
    scores: dict[int, dict[str, tuple[int, str]]] = {}
    for assignment, key, score, words in entries.values_list(
        "review__assignment_id", "criterion__key", "score", "words"
    ):
        scores.setdefault(assignment, {})[key] = (score, words)
    criteria = application.rules.content["criteria"]
    weights = {c["key"]: c["weight"] for c in criteria}
    columns = [_column(assignment, scores.get(assignment.pk, {}), weights) for assignment in assignments]
    totals = [column.total for column in columns if column.total is not None]
    own = next((column for column in columns if column.assignment.expert.user_id == reader.pk), None)
    needed = application.call.reviews_needed
    if own and not own.is_in:
        return Panel([], [], needed, None, None, own.assignment, is_hidden=True)
    return Panel(
        columns=columns,
        rows=[
            PanelRow(
                pick(c["title"]), c["weight"], [scores.get(a.pk, {}).get(c["key"], (None, "")) for a in assignments]
            )
            for c in criteria
        ],
        needed=needed,
        mean=scoring.mean(totals),
        spread=scoring.spread(totals),
        own=own.assignment if own else None,
    )


def _column(assignment: Assignment, scores: dict[str, tuple[int, str]], weights: dict[str, int]) -> PanelColumn:
    review = getattr(assignment, "review", None)
    is_in = bool(review and review.submitted_at and scores.keys() >= weights.keys())
    total = scoring.review_total({key: score for key, (score, _words) in scores.items()}, weights) if is_in else None
    return PanelColumn(assignment, is_in, total, review.comment if review and is_in else "")
