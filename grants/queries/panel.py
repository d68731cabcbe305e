"""The experts' scores of one application side by side, for those who may see the ranking."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.text import pick
from grants.formulas import scoring
from grants.models import Application, Assignment, ScoreEntry
from grants.queries.places import place_words
from grants.queries.score_changes import ScoreChange, score_changes


@dataclass(frozen=True)
class PanelColumn:
    """One expert: due, in or not, the total."""

    assignment: Assignment
    is_in: bool
    total: Decimal | None
    comment: str


@dataclass(frozen=True)
class Given:
    """One expert's score for one criterion, with its words and what it rests on."""

    score: int | None = None
    words: str = ""
    evidence: str = ""
    quote: str = ""


@dataclass(frozen=True)
class PanelRow:
    """One criterion: its weight, and what each expert gave for it."""

    title: Any
    weight: int
    scores: list["Given"]


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
    changes: tuple[tuple[Any, ScoreChange], ...] = ()  # with the expert who changed it

    @property
    def done(self) -> int:
        """Reviews that are in."""
        return sum(column.is_in for column in self.columns)


def panel_of(application: Application, reader: Any) -> Panel:
    """Two queries: the assignments not handed back, the current scores of submitted reviews; one for each kind of
    evidence that is kept in a table, one where a score was changed.

    A reader who is asked as an expert sees the others' scores once their own review is in.
    """
    assignments = list(
        Assignment.objects.live()
        .filter(application=application)
        .select_related("expert__user", "review")
        .order_by("pk")
    )
    entries = list(
        ScoreEntry.objects.current()
        .filter(review__assignment__in=assignments, review__submitted_at__isnull=False)
        .values_list("review__assignment_id", "criterion__key", "score", "words", "evidence", "quote", "number")
    )
    places = place_words(application, {evidence for *_given, evidence, _quote, _number in entries if evidence})
    scores: dict[int, dict[str, Given]] = {}
    for assignment, key, score, words, evidence, quote, _number in entries:
        scores.setdefault(assignment, {})[key] = Given(score, words, places.get(evidence, ""), quote)
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
            PanelRow(pick(c["title"]), c["weight"], [scores.get(a.pk, {}).get(c["key"], Given()) for a in assignments])
            for c in criteria
        ],
        needed=needed,
        mean=scoring.mean(totals),
        spread=scoring.spread(totals),
        own=own.assignment if own else None,
        changes=_changes(application, assignments) if any(number > 1 for *_given, number in entries) else (),
    )


def _changes(application: Application, assignments: list[Assignment]) -> tuple[tuple[Any, ScoreChange], ...]:
    """Each changed score with the expert who changed it."""
    experts = {assignment.pk: assignment.expert.user for assignment in assignments}
    return tuple((experts.get(change.assignment), change) for change in score_changes(application))


def _column(assignment: Assignment, scores: dict[str, Given], weights: dict[str, int]) -> PanelColumn:
    review = getattr(assignment, "review", None)
    is_in = bool(review and review.submitted_at and scores.keys() >= weights.keys())
    total = scoring.review_total({key: one.score or 0 for key, one in scores.items()}, weights) if is_in else None
    return PanelColumn(assignment, is_in, total, review.comment if review and is_in else "")


@dataclass(frozen=True)
class Other:
    """Another expert's review without a name: their number, total, comment, and (criterion, what was given) rows."""

    number: int
    total: Decimal | None
    comment: str
    rows: list[tuple[Any, Given]]


def others_of(application: Application, reader: Any) -> list[Other]:
    """The other experts' reviews that are in; nothing before the reader's own is. Two queries."""
    panel = panel_of(application, reader)
    others = [
        (at, one) for at, one in enumerate(panel.columns) if one.is_in and one.assignment.expert.user_id != reader.pk
    ]
    return [
        Other(number, column.total, column.comment, [(row.title, row.scores[at]) for row in panel.rows])
        for number, (at, column) in enumerate(others, start=1)
    ]
