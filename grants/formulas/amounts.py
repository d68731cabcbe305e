"""The limits of a call on money asked and own money."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Limits:
    """Smallest and largest amount asked, and the own share in percent of the whole project."""

    smallest: Decimal
    largest: Decimal
    own_share_percent: int


def own_share_percent(asked: Decimal, own: Decimal) -> Decimal:
    """Own money in percent of the whole project (asked + own), two decimals; zero for an empty project."""
    whole = asked + own
    return (own * 100 / whole).quantize(Decimal("0.01")) if whole else Decimal(0)


def own_needed(asked: Decimal, percent: int) -> Decimal:
    """The least own money, rounded up to a whole unit, so that its share of the whole project reaches `percent`."""
    least = asked * percent / (100 - percent)
    whole = least.to_integral_value()
    return whole if whole >= least else whole + 1


def amount_in_limits(asked: Decimal, limits: Limits) -> bool:
    """Whether the amount asked lies between the limits, both included."""
    return limits.smallest <= asked <= limits.largest


def own_share_is_enough(asked: Decimal, own: Decimal, limits: Limits) -> bool:
    """Exact: own * (100 - p) >= asked * p, without division."""
    return own * (100 - limits.own_share_percent) >= asked * limits.own_share_percent
