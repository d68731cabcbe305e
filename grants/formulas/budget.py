"""The arithmetic of a budget: exact to the tiyn, the same as static/js/budget.js (tests/browser/test_budget_script.py).

A line costs quantity x price, rounded by `core.money.round_money`; what the grant pays and what the applicant pays
sum to it. Where one of the two is left empty it is the rest. In the short form (the smallest tier) quantity and price
may be left out: then the line costs what its two parts sum to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from core.money import from_minor, round_money, to_minor

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Costed:
    """The amounts of one line; None where nothing is typed yet. `category` is its key, empty while none is chosen."""

    category: str = ""
    quantity: Decimal | None = None
    price: Decimal | None = None
    has_vat: bool = True
    grant: Decimal | None = None
    own: Decimal | None = None

    @property
    def is_priced(self) -> bool:
        """Whether quantity and price are both there."""
        return self.quantity is not None and self.price is not None

    @property
    def cost(self) -> Decimal | None:
        """Quantity x price; without both, the sum of the two parts; None while nothing of it is known."""
        if self.quantity is not None and self.price is not None:
            return round_money(self.quantity * self.price)
        if self.grant is None and self.own is None:
            return None
        return (self.grant or NOTHING) + (self.own or NOTHING)

    @property
    def parts(self) -> tuple[Decimal, Decimal]:
        """What the grant pays and what the applicant pays: the one that is left empty is the rest, never below zero."""
        cost = self.cost or NOTHING
        if self.own is None and self.grant is not None:
            return self.grant, max(cost - self.grant, NOTHING)
        if self.grant is None and self.own is not None:
            return max(cost - self.own, NOTHING), self.own
        return self.grant or NOTHING, self.own or NOTHING

    @property
    def parts_meet(self) -> bool:
        """Whether the two parts sum to the cost."""
        return self.cost is not None and sum(self.parts) == self.cost


@dataclass(frozen=True)
class Share:
    """What one category takes of the grant, held against its limit (percent), where it has one."""

    category: str
    grant: Decimal
    of: Decimal
    max_percent: int | None

    @property
    def percent(self) -> int:
        """Whole percent for the eye: halves up, and always up above the limit, so that 70.1 % of 70 % reads 71 %."""
        return percent_of(self.grant, self.of, is_up=self.is_over)

    @property
    def is_over(self) -> bool:
        """Whether the category takes more than its limit: 70.01 % of 70 % is over."""
        return self.max_percent is not None and self.grant * 100 > self.max_percent * self.of


@dataclass(frozen=True)
class Totals:
    """Sums of all lines; `vat` is the tax inside the prices that include it."""

    cost: Decimal
    grant: Decimal
    own: Decimal
    vat: Decimal


def percent_of(part: Decimal, whole: Decimal, *, is_up: bool = False) -> int:
    """Whole percent, halves up (or any fraction up); of nothing it is 0."""
    if whole <= 0:
        return 0
    share = Fraction(part) * 100 / Fraction(whole)
    return ceil(share) if is_up else int(share + Fraction(1, 2))


def vat_inside(cost: Decimal, percent: int) -> Decimal:
    """The tax inside a price that includes it: cost x rate / (100 + rate), halves of a tiyn up."""
    inside = Fraction(to_minor(cost)) * percent / (100 + percent)
    return from_minor(int(inside + Fraction(1, 2)))


def totals(lines: Iterable[Costed], *, vat_percent: int) -> Totals:
    """The sums; a line of which nothing is known counts as nothing."""
    cost = grant = own = vat = NOTHING
    for line in lines:
        of_grant, of_own = line.parts
        cost, grant, own = cost + (line.cost or NOTHING), grant + of_grant, own + of_own
        vat += vat_inside(line.cost or NOTHING, vat_percent) if line.has_vat else NOTHING
    return Totals(cost, grant, own, vat)


def shares(lines: Sequence[Costed], limits: Iterable[tuple[str, int | None]], *, asked: Decimal | None) -> list[Share]:
    """The share of each category in the grant, in the order of the call's categories.

    The whole is the amount asked, so that a budget that is half typed reads right; without one, what the lines ask.
    """
    by_category: dict[str, Decimal] = {}
    for line in lines:
        by_category[line.category] = by_category.get(line.category, NOTHING) + line.parts[0]
    of = asked or sum((line.parts[0] for line in lines), NOTHING)
    return [Share(key, by_category.get(key, NOTHING), of, limit) for key, limit in limits]
