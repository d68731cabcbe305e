"""The probability that an application stands above the funding line: closed form, no draws.

Each application's true quality is normal around its adjusted score. The line on that scale is the bound over which so
many are expected to stand as the money funds: that makes the probabilities add up to the number of funded ones. The
pass mark is a bound below which the line never falls. A sector with a floor has its own line, all others share one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grants.formulas.severity import HIGHEST, LOWEST, Adjusted

MARGINAL = (0.2, 0.8)  # between these nobody can say on which side of the line an application belongs
STEPS = 40  # of the halving: finer than any printed digit
BEYOND = 100.0  # a line may lie outside the scale, where everybody or nobody stands above it


@dataclass(frozen=True)
class Standing:
    """Where an application stands by the line: in which lane (a sector with a floor, or none), above it, passed."""

    lane: str
    is_funded: bool
    has_passed: bool


def lines(
    standings: Mapping[str, Standing], adjusted: Mapping[str, Adjusted], *, pass_mark: float
) -> dict[str, float | None]:
    """lane -> the line on the scale of adjusted scores; None where the money funds nobody there."""
    by_lane: dict[str, list[str]] = {}
    for key in sorted(standings):
        if key in adjusted:
            by_lane.setdefault(standings[key].lane, []).append(key)
    return {
        lane: _line([standings[key] for key in keys], [adjusted[key] for key in keys], pass_mark)
        for lane, keys in by_lane.items()
    }


def chance(adjusted: Adjusted, line: float | None) -> float:
    """The probability that the true quality stands above the line."""
    return 0.0 if line is None else adjusted.chance_over(line)


def is_marginal(probability: float) -> bool:
    """Whether the commission should look at it by itself."""
    return MARGINAL[0] < probability < MARGINAL[1]


def _line(standings: Sequence[Standing], scores: Sequence[Adjusted], pass_mark: float) -> float | None:
    """The money ended the funded part: the bound with as many expected above it. It did not: the pass mark."""
    funded = sum(standing.is_funded for standing in standings)
    if all(standing.is_funded or not standing.has_passed for standing in standings):
        return pass_mark
    return max(_bound(scores, funded), pass_mark) if funded else None


def _bound(scores: Sequence[Adjusted], wanted: int) -> float:
    low, high = LOWEST - BEYOND, HIGHEST + BEYOND
    for _step in range(STEPS):
        middle = (low + high) / 2
        if sum(score.chance_over(middle) for score in scores) > wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2
