"""Form inputs for our own types: money and phones as people type them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.identifiers import normalise_phone

DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")
GROUPING = dict.fromkeys(map(ord, " \u00a0\u202f\u2009₸'"), None)


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

    def clean(self, value: Any) -> str:
        raw = super().clean(value)
        if not raw:
            return ""
        phone = normalise_phone(raw)
        if phone is None:
            raise ValidationError(_("Check the phone number: too many or too few digits. Example: +7 701 123 45 67."))
        return phone
