"""The ranking of a call and the funding line under the remaining budget. Pure: the order of rows never matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Candidate:
    """An application with what ranks it: `tie_break` is the mean of the named criterion, `key` settles the rest."""

    key: str
    score: Decimal | None
    tie_break: Decimal
    submitted_at: datetime
    amount: Decimal


@dataclass(frozen=True)
class Ranked:
    """A candidate with its rank (1, 2, ...), the money asked up to it, and whether it stands above the line."""

    key: str
    rank: int | None
    cumulative: Decimal
    is_funded: bool


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Highest score first; then the named criterion, the earlier submission, the key. Without a score: last."""
    return sorted(
        candidates,
        key=lambda c: (c.score is None, -(c.score or Decimal(0)), -c.tie_break, c.submitted_at, c.key),
    )


def rank(candidates: Iterable[Candidate], *, money: Decimal, pass_mark: Decimal) -> list[Ranked]:
    """Ranks, and draws the line: the first that does not fit under `money` ends the funded part.

    Below the pass mark nobody is funded, whatever money is left.
    """
    rows, cumulative, line_is_drawn = [], Decimal(0), False
    for place, candidate in enumerate(in_order(candidates), start=1):
        passed = candidate.score is not None and candidate.score >= pass_mark
        line_is_drawn = line_is_drawn or not passed or cumulative + candidate.amount > money
        if passed:
            cumulative += candidate.amount
        rows.append(
            Ranked(candidate.key, place if candidate.score is not None else None, cumulative, not line_is_drawn)
        )
    return rows
