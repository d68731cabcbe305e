"""One ranking from its frozen inputs: plain JSON in, plain JSON out. The same inputs give the same JSON, to the digit.

`inputs` (grants.queries.ranking makes them) hold everything that decides: the money, the terms of the frozen rules,
and of each application its number, sector, amount, moment of sending and the scores of its reviews. Neither the
database nor the clock is asked again, so a run can be replayed by anybody who has its inputs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from grants.formulas import chances, ranking, scoring
from grants.formulas.severity import Adjusted, Severity, Total, adjust

FORMULAS = {
    "score": {"name": "weighted_mean", "version": 1},
    "adjusted": {"name": "additive_severity", "version": 1},
    "line": {"name": "by_rank_floors_first", "version": 1},
}
RAW, ADJUSTED = "raw", "adjusted"
CENT, MILLE = Decimal("0.01"), Decimal("0.001")


@dataclass(frozen=True)
class Terms:
    """What the frozen rules say about ranking, and the money; a what-if changes these and nothing else."""

    money: Decimal
    pass_mark: Decimal
    ranks_by: str
    adjusted_from: int
    tie_break: str
    weights: Mapping[str, int]
    floors: Mapping[str, Decimal]
    partial_percent: int | None

    @classmethod
    def of(cls, inputs: Mapping[str, Any]) -> "Terms":
        """Out of frozen inputs."""
        terms = inputs["terms"]
        return cls(
            money=Decimal(inputs["money"]),
            pass_mark=Decimal(terms["pass_mark"]),
            ranks_by=terms["ranks_by"],
            adjusted_from=terms["adjusted_from"],
            tie_break=terms["tie_break"],
            weights=terms["weights"],
            floors={sector: Decimal(amount) for sector, amount in terms["floors"].items()},
            partial_percent=terms["partial_percent"],
        )


@dataclass(frozen=True)
class Judged:
    """An application with what its reviews say."""

    number: str
    sector: str
    amount: Decimal
    submitted_at: datetime
    totals: Mapping[str, Decimal]
    tie_break: Decimal

    @property
    def mean(self) -> Decimal | None:
        """The raw weighted mean."""
        return scoring.mean(list(self.totals.values()))

    @property
    def spread(self) -> Decimal | None:
        """Between the highest and the lowest review."""
        return scoring.spread(list(self.totals.values()))


@dataclass(frozen=True)
class Placed:
    """One line of a ranking. `adjusted`, `low`, `high` and `probability` are None where severity is not adjusted."""

    number: str
    rank: int | None
    mean: Decimal | None
    spread: Decimal | None
    reviews: int
    adjusted: Decimal | None
    low: Decimal | None
    high: Decimal | None
    probability: Decimal | None
    is_marginal: bool
    has_passed: bool
    amount: Decimal
    award: Decimal
    cumulative: Decimal
    is_above_line: bool
    is_by_floor: bool


@dataclass(frozen=True)
class Ranking:
    """The rows by rank, the fit of severity (None: not adjusted), and each lane's line on the adjusted scale."""

    rows: list[Placed]
    severity: Severity | None
    lines: Mapping[str, float | None]


def judged(inputs: Mapping[str, Any]) -> list[Judged]:
    """Every application of frozen inputs."""
    terms = Terms.of(inputs)
    return [_judged(row, terms) for row in inputs["applications"]]


def _judged(row: Mapping[str, Any], terms: Terms) -> Judged:
    marks = [Decimal(r["scores"][terms.tie_break]) for r in row["reviews"] if terms.tie_break in r["scores"]]
    return Judged(
        number=row["number"],
        sector=row["sector"],
        amount=Decimal(row["amount"]),
        submitted_at=datetime.fromisoformat(row["submitted_at"]),
        totals={r["expert"]: scoring.review_total(r["scores"], terms.weights) for r in row["reviews"]},
        tie_break=scoring.mean(marks) or Decimal(0),
    )


def severity_of(applications: list[Judged], terms: Terms) -> Severity | None:
    """The fit over all reviews of the call; None below the reviews from which the rules let it be adjusted."""
    totals = [Total(a.number, expert, float(total)) for a in applications for expert, total in a.totals.items()]
    return adjust(totals) if len(totals) >= terms.adjusted_from else None


def place(applications: list[Judged], terms: Terms, severity: Severity | None) -> Ranking:
    """Ranks by the score that the terms name, draws the line, and says how sure each side of it is."""
    fitted = severity.applications if severity else {}
    candidates = [_candidate(a, terms, fitted.get(a.number)) for a in applications]
    ranked = ranking.rank(
        candidates,
        money=terms.money,
        pass_mark=terms.pass_mark,
        floors=terms.floors,
        partial_percent=terms.partial_percent,
    )
    passed = {c.key for c in candidates if ranking.passes(c.score, terms.pass_mark)}
    by_number = {a.number: a for a in applications}
    standings = {
        row.key: chances.Standing(_lane(by_number[row.key], terms), row.is_funded, row.key in passed) for row in ranked
    }
    lines = chances.lines(standings, fitted, pass_mark=float(terms.pass_mark)) if severity else {}
    rows = []
    for row in ranked:
        own = fitted.get(row.key)
        probability = chances.chance(own, lines[standings[row.key].lane]) if own else None
        rows.append(_placed(by_number[row.key], row, own, probability, row.key in passed))
    return Ranking(rows, severity, lines)


def _lane(application: Judged, terms: Terms) -> str:
    return application.sector if application.sector in terms.floors else ""


def _candidate(application: Judged, terms: Terms, adjusted: Adjusted | None) -> ranking.Candidate:
    is_adjusted = terms.ranks_by == ADJUSTED and adjusted is not None
    return ranking.Candidate(
        key=application.number,
        score=_rounded(adjusted.score) if is_adjusted and adjusted else application.mean,
        tie_break=application.tie_break,
        submitted_at=application.submitted_at,
        amount=application.amount,
        sector=application.sector,
    )


def _rounded(score: float, to: Decimal = CENT) -> Decimal:
    return Decimal(score).quantize(to, rounding=ROUND_HALF_UP)


def _placed(
    application: Judged, row: ranking.Ranked, own: Adjusted | None, probability: float | None, has_passed: bool
) -> Placed:
    return Placed(
        number=application.number,
        rank=row.rank,
        mean=application.mean,
        spread=application.spread,
        reviews=len(application.totals),
        adjusted=_rounded(own.score) if own else None,
        low=_rounded(own.low) if own else None,
        high=_rounded(own.high) if own else None,
        probability=None if probability is None else _rounded(probability, MILLE),
        is_marginal=probability is not None and chances.is_marginal(probability),
        has_passed=has_passed,
        amount=application.amount,
        award=row.award,
        cumulative=row.cumulative,
        is_above_line=row.is_funded,
        is_by_floor=row.is_by_floor,
    )


def run(inputs: Mapping[str, Any]) -> Ranking:
    """The whole ranking, severity included."""
    terms, applications = Terms.of(inputs), judged(inputs)
    return place(applications, terms, severity_of(applications, terms))
