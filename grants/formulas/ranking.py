"""The ranking of a call and the funding line under the remaining budget. Pure: the order of rows never matters.

The rule of the line (frozen with the rules of a call as «by_rank_floors_first», version 1):
1. Below the pass mark nobody is funded, whatever money is left.
2. A sector with a floor comes first: its best applications, by rank, until they have its floor or there are no more.
3. The rest of the money goes down the ranking.
4. The first in this order that does not fit ends the funded part; no smaller one jumps the queue. Where the call
   awards less than was asked, it gets what is left, if that is at least the named part of what it asked.
"""

from collections.abc import Iterable, Mapping
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
    sector: str = ""


@dataclass(frozen=True)
class Ranked:
    """A candidate with its rank (1, 2, ...), the money asked up to it, and whether it stands above the line.

    `award` is what the line gives: all that was asked, a part of it, or nothing.
    """

    key: str
    rank: int | None
    cumulative: Decimal
    is_funded: bool
    award: Decimal = Decimal(0)
    is_by_floor: bool = False


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Highest score first; then the named criterion, the earlier submission, the key. Without a score: last."""
    return sorted(
        candidates,
        key=lambda c: (c.score is None, -(c.score or Decimal(0)), -c.tie_break, c.submitted_at, c.key),
    )


def passes(score: Decimal | None, pass_mark: Decimal) -> bool:
    """Whether a score reaches the mark; without a score nobody does."""
    return score is not None and score >= pass_mark


def rank(
    candidates: Iterable[Candidate],
    *,
    money: Decimal,
    pass_mark: Decimal,
    floors: Mapping[str, Decimal] | None = None,
    partial_percent: int | None = None,
) -> list[Ranked]:
    """Ranks, and draws the line under `money`: see the rule above. `partial_percent` None awards all or nothing."""
    ordered = in_order(candidates)
    passed = [candidate for candidate in ordered if passes(candidate.score, pass_mark)]
    first = by_floors(passed, floors or {})
    of_floors, rows, cumulative = {candidate.key for candidate in first}, [], Decimal(0)
    awards = down_to_the_line(first + [c for c in passed if c.key not in of_floors], money, partial_percent)
    for place, candidate in enumerate(ordered, start=1):
        if passes(candidate.score, pass_mark):
            cumulative += candidate.amount
        award = awards.get(candidate.key, Decimal(0))
        rows.append(
            Ranked(
                key=candidate.key,
                rank=place if candidate.score is not None else None,
                cumulative=cumulative,
                is_funded=candidate.key in awards,
                award=award,
                is_by_floor=candidate.key in of_floors and candidate.key in awards,
            )
        )
    return rows


def by_floors(passed: list[Candidate], floors: Mapping[str, Decimal]) -> list[Candidate]:
    """Of those that passed, by rank: the ones that a floor of their sector still needs."""
    taken, needed = dict.fromkeys(floors, Decimal(0)), []
    for candidate in passed:
        if taken.get(candidate.sector, Decimal(0)) < floors.get(candidate.sector, Decimal(0)):
            taken[candidate.sector] += candidate.amount
            needed.append(candidate)
    return needed


def down_to_the_line(turn: list[Candidate], money: Decimal, partial_percent: int | None) -> dict[str, Decimal]:
    """key -> award of everybody before the first that does not fit, and that one's part where parts are awarded."""
    awards: dict[str, Decimal] = {}
    left = money
    for candidate in turn:
        if candidate.amount > left:
            if partial_percent is not None and left > 0 and left * 100 >= candidate.amount * partial_percent:
                awards[candidate.key] = left
            break
        awards[candidate.key] = candidate.amount
        left -= candidate.amount
    return awards
