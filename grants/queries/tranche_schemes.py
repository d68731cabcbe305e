"""The tranches that an award will be paid in, by the scheme of its call."""

from decimal import Decimal

from grants.formulas.tranches import USUAL, shares_for, split
from grants.models import Award


def tranches_for(award: Award) -> list[tuple[int, Decimal]]:
    """(percent, amount) in their order; a call that was published before it had schemes pays by the usual ones."""
    rows = award.application.call.tranche_schemes.all()
    schemes = [(row.up_to, row.percents) for row in rows] or USUAL
    percents = shares_for(award.amount, schemes)
    return list(zip(percents, split(award.amount, percents), strict=True))
