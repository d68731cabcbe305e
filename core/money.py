"""Money: whole minor units in the database, `Decimal` in Python; one rounding and one allocation function.

A CHECK or a sum over decimal columns on SQLite compares floats (0.10 + 0.20 = 0.30 is refused there), so the
column is BIGINT tiyn or cents. Both of our currencies (KZT, USD) have two minor digits.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.forms import MoneyInput

MINOR_UNITS = 100
CENT = Decimal("0.01")


class Currency(models.TextChoices):
    """Currencies the portal keeps: the grant programme pays in tenge, the fund keeps dollars."""

    KZT = "KZT", "₸"
    USD = "USD", "US$"


class CurrencyField(models.CharField):
    """The currency that stands beside an amount."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 3)
        kwargs.setdefault("choices", Currency.choices)
        kwargs.setdefault("default", Currency.KZT)
        super().__init__(**kwargs)


def round_money(amount: Decimal) -> Decimal:
    """Rounds to whole minor units, halves away from zero: the only rounding of money in the portal."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def to_minor(amount: Decimal | int) -> int:
    """Whole minor units of an amount; raises ValueError where the amount is finer than a minor unit."""
    minor = Decimal(amount) * MINOR_UNITS
    if minor != minor.to_integral_value():
        raise ValueError(f"{amount} has more than two decimal places; round it with round_money() first")
    return int(minor)


def from_minor(minor: int | Decimal) -> Decimal:
    """The amount that a number of minor units stands for."""
    return (Decimal(int(minor)) / MINOR_UNITS).quantize(CENT)


def allocate(total: Decimal, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Splits `total` by `weights` so that the parts sum to it exactly (largest remainder; ties to the first)."""
    weight_sum = sum(Fraction(w) for w in weights)
    if weight_sum <= 0 or any(w < 0 for w in weights):
        raise ValueError("weights must be non-negative and not all zero")
    minor = to_minor(total)
    shares = [minor * Fraction(w) / weight_sum for w in weights]  # exact: Decimal would round after 28 digits
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-abs(shares[i] - parts[i]), i))
    step = 1 if minor >= 0 else -1
    for i in by_remainder[: abs(minor - sum(parts))]:
        parts[i] += step
    return [from_minor(part) for part in parts]


if TYPE_CHECKING:  # in Python an amount is a Decimal; in the database it is a BIGINT
    from django.db.models import DecimalField as _MinorUnits
else:
    from django.db.models import BigIntegerField as _MinorUnits


class MoneyField(_MinorUnits):
    """A `Decimal` amount in Python, a BIGINT of minor units in the database; a CurrencyField stands beside it."""

    description = _("Amount of money")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else from_minor(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return from_minor(to_minor(Decimal(str(value))))
        except (ArithmeticError, ValueError) as error:
            raise ValidationError(_("Enter an amount in digits, for example 2 500 000.")) from error

    def get_prep_value(self, value: Any) -> int | None:
        return None if value is None else to_minor(self.to_python(value) or Decimal(0))

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": MoneyInput, **kwargs})

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_currency_stands_beside()]

    def _check_currency_stands_beside(self) -> list[checks.CheckMessage]:
        if any(isinstance(f, CurrencyField) for f in self.model._meta.local_fields):
            return []
        return [checks.Error("A MoneyField needs a CurrencyField on the same model.", obj=self, id="core.E001")]
