"""What the commission reads before it decides and before it releases."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from grants.formulas.scoring import review_total
from grants.models import Application, Assignment, Award, Call, Conflict, Decision, ReasonPhrase, Review, ScoreEntry
from grants.queries.ranking import CallRanking, RankingRow
from grants.statuses import ApplicationStatus, Outcome

SPREAD_TO_LOOK_AT = 25  # points of 100; the usual rule asks one more expert beyond it


@dataclass(frozen=True)
class RankingSummary:
    """The big numbers above a ranking. `projects` counts the year's awards and what is staged in it."""

    above_line: int
    asked_above_line: Decimal
    undecided: int
    lacking_reviews: int
    wide_spread: int
    projects: int


@dataclass(frozen=True)
class StagedSummary:
    """What a release would do: counts and money, departures with their motives, who is left. `listed` and `closed` are
    for one reader (`open_to`).
    """

    counts: dict[str, int]
    money: Decimal
    departures: list[Decision]
    undecided: int
    staged: list[Decision]
    listed: list[Decision] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def open_to(self, reader: Any) -> "StagedSummary":
        """The same counts; decisions that a conflict of interest closes to the reader are not among those listed."""
        shut = set(Conflict.objects.closing_to(reader).values_list("application", flat=True))
        return replace(
            self,
            departures=[decision for decision in self.departures if decision.application_id not in shut],
            listed=[decision for decision in self.staged if decision.application_id not in shut],
            closed=sorted(str(one.application.number) for one in self.staged if one.application_id in shut),
        )

    @property
    def is_complete(self) -> bool:
        """Whether every application has its decision."""
        return bool(self.staged) and not self.undecided


@dataclass(frozen=True)
class ReviewRead:
    """One expert's review as the commission reads it."""

    expert: Any
    total: Decimal
    scores: list[ScoreEntry]
    comment: str


def ranking_summary(ranking: CallRanking) -> RankingSummary:
    """One query beyond the ranking itself."""
    rows, needed = ranking.rows, ranking.call.reviews_needed
    above = [row for row in rows if row.is_above_line]
    return RankingSummary(
        above_line=len(above),
        asked_above_line=sum((row.award for row in above), Decimal(0)),
        undecided=sum(is_undecided(row) for row in rows),
        lacking_reviews=sum(is_undecided(row) and row.reviews < needed for row in rows),
        wide_spread=sum(has_wide_spread(row, ranking.call.extra_review_over) for row in rows),
        projects=projects_of_year(ranking.call),
    )


def is_undecided(row: RankingRow) -> bool:
    """With the experts, and nothing staged."""
    return row.decision is None and row.application.status == ApplicationStatus.ELIGIBLE


def has_wide_spread(row: RankingRow, over: int = SPREAD_TO_LOOK_AT) -> bool:
    """Whether the experts disagree so much that the commission should look twice; a call names its own bound."""
    return row.spread is not None and row.spread > over


def projects_of_year(call: Call) -> int:
    """Awards of the year that count towards its target, and awards that are staged in it."""
    year = call.programme_year_id
    released = Award.objects.counting().filter(decision__programme_year=year).count()
    return released + Decision.objects.staged().filter(programme_year=year, outcome=Outcome.AWARD).count()


def staged_summary(call: Call) -> StagedSummary:
    """Two queries."""
    staged = list(
        Decision.objects.staged()
        .filter(application__call=call)
        .select_related("application__organisation", "staged_by")
        .order_by("outcome", "-amount", "pk")
    )
    waiting = call.applications.filter(status__in=[ApplicationStatus.SUBMITTED, ApplicationStatus.ELIGIBLE])
    return StagedSummary(
        counts=dict(Counter(decision.outcome for decision in staged)),
        money=sum((decision.amount for decision in staged), Decimal(0)),
        departures=[decision for decision in staged if decision.departure_motive],
        undecided=waiting.exclude(pk__in=[decision.application_id for decision in staged]).count(),
        staged=staged,
    )


def phrases_for(outcome: str) -> list[ReasonPhrase]:
    """The sentences that staff keep for this outcome."""
    return list(ReasonPhrase.objects.filter(kind=outcome))


def reviews_of(application: Application) -> list[ReviewRead]:
    """Every review that counts, with each score and its words: two queries."""
    weights = {row["key"]: row["weight"] for row in application.rules.content["criteria"]}
    entries = ScoreEntry.objects.current().filter(review__assignment__application=application)
    by_review: dict[int, list[ScoreEntry]] = defaultdict(list)
    for entry in entries.select_related("criterion").order_by("criterion__position", "criterion__pk"):
        by_review[entry.review_id].append(entry)
    reviews = Review.objects.filter(
        submitted_at__isnull=False, assignment__in=Assignment.objects.live().filter(application=application)
    )
    return [
        ReviewRead(
            review.assignment.expert,
            review_total({e.criterion.key: e.score for e in by_review[review.pk]}, weights),
            by_review[review.pk],
            review.comment,
        )
        for review in reviews.select_related("assignment__expert__user").order_by("submitted_at")
    ]
