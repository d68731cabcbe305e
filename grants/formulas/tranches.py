"""In which parts an award is paid: the scheme of its size, and the parts in whole tenge that sum to it."""

from collections.abc import Sequence
from decimal import Decimal

from grants.formulas.award_plans import in_whole_units

Scheme = tuple[Decimal | None, Sequence[int]]
# The usual schemes of the programme (issue 5): up to 2 million 70/30, else 50/40/10.
USUAL: tuple[Scheme, ...] = ((Decimal(2_000_000), (70, 30)), (None, (50, 40, 10)))
WHOLE = 100


def shares_for(amount: Decimal, schemes: Sequence[Scheme]) -> Sequence[int]:
    """The percents of the first scheme, from the smallest bound up, that holds the amount; the last one's above all."""
    ordered = sorted(schemes, key=lambda scheme: (scheme[0] is None, scheme[0] or 0))
    fitting = (shares for up_to, shares in ordered if up_to is None or amount <= up_to)
    return next(fitting, ordered[-1][1])


def split(amount: Decimal, percents: Sequence[int]) -> list[Decimal]:
    """The parts, the first ones taking what does not divide."""
    return in_whole_units(amount, percents)
