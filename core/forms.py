"""Form inputs for our own types: money and phones as people type them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.identifiers import normalise_phone, readable_phone

DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")
GROUPING = dict.fromkeys(map(ord, " \u00a0\u202f\u2009₸'"), None)


def typed_amount(amount: Decimal) -> str:
    """An amount as a person types it in every language: digits in groups, a comma before the tiyn where there are any.

    A number as the reader's language prints it («2,000,000» in English) could not be read back.
    """
    return f"{amount:,.2f}".removesuffix(".00").replace(",", " ").replace(".", ",")


class MoneyInput(forms.DecimalField):
    """An amount: «2 500 000», «2500000,50» and «2 500 000 ₸» are all understood; letters are refused in words."""

    default_error_messages = {
        "invalid": _("Enter the amount in digits only, for example 2 500 000. Letters are not needed."),
    }
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 17)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored amount in groups; what was typed stays as it was typed."""
        return typed_amount(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = value.translate(GROUPING).replace(",", ".")
        if value in self.empty_values:
            return None
        if not DIGITS.fullmatch(str(value)):  # Decimal would understand 1e9, 1_000 and NaN as well; people do not
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return Decimal(str(value))


class PhoneInput(forms.CharField):
    """A phone of any country, kept as E.164."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def prepare_value(self, value: Any) -> Any:
        """What was kept is shown back in its readable form; what was typed stays as typed."""
        kept = isinstance(value, str) and re.fullmatch(r"\+[0-9]{8,15}", value)
        return readable_phone(value).replace("\u00a0", " ") if kept else value

    def clean(self, value: Any) -> str:
        raw = super().clean(value)
        if not raw:
            return ""
        phone = normalise_phone(raw)
        if phone is None:
            raise ValidationError(_("Check the phone number: too many or too few digits. Example: +7 701 123 45 67."))
        return phone
