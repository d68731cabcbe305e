"""The proportional cut of a budget to what was awarded: whole tenge, and the parts sum to the award exactly."""

from collections.abc import Sequence
from decimal import Decimal

from core.money import MINOR_UNITS, allocate, round_money, to_minor


def recut(total: Decimal, parts: Sequence[Decimal]) -> list[Decimal]:
    """`parts` in their proportion so that they sum to `total`; as they are where they sum to it already.

    Whole units of the currency where `total` has no smaller ones. Where the parts are all nothing, the first takes all.
    """
    if sum(parts) == total:
        return list(parts)
    return in_whole_units(total, parts if any(parts) else [Decimal(1), *(Decimal(0) for _part in parts[1:])])


def in_whole_units(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """`core.money.allocate` in whole units of the currency, where `total` has no smaller ones."""
    if to_minor(total) % MINOR_UNITS:
        return allocate(total, weights)
    return [part * MINOR_UNITS for part in allocate(total / MINOR_UNITS, weights)]


def scaled(amount: Decimal, part: Decimal, whole: Decimal) -> Decimal:
    """`amount` in the ratio of `part` to `whole`, whole units up, so that a share of own money never falls below what
    it was; as it is where nothing is known."""
    if not whole or part == whole:
        return amount
    exact = round_money(amount * part / whole)
    return min(amount, exact.to_integral_value(rounding="ROUND_CEILING").quantize(Decimal("0.01")))
