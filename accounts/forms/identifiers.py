"""IIN, BIN, IBAN and BIC as form fields: refused in words for format or check digit; what is merely odd is a hint.

The same words go with the input (`data-check-words`), for static/js/identifiers.js, which says them as one types.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.identifiers import MISTYPED, Identifier, check_bic, check_bin, check_iban, check_iin

IIN_ERRORS = {
    "format": _("An IIN has exactly 12 digits and nothing else. Check what you typed."),
    "checksum": _("There is no such IIN: the last digit does not fit the others. Check each digit."),
    "unassignable": _("Such an IIN is never issued. Check each digit."),
}
BIN_ERRORS = {
    "format": _("A BIN has exactly 12 digits and nothing else. Check what you typed."),
    "checksum": _("There is no such BIN: the last digit does not fit the others. Check each digit."),
    "unassignable": _("Such a BIN is never issued. Check each digit."),
}
IBAN_ERRORS = {
    "format": _("An account number has 20 characters: KZ, 2 digits, 3 digits of the bank, 13 letters and digits."),
    "checksum": _("There is no such account: the two digits after KZ do not fit the others. Check each character."),
}
BIC_ERRORS = {"format": _("A BIC of a bank in Kazakhstan has 8 characters: 4 letters, KZ, 2 letters or digits.")}
OWN_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9./]{2,29}")
WARNINGS = {
    "looks_like_bin": _("This looks like a BIN, not an IIN. If you are a legal entity, choose its type."),
    "looks_like_iin": _("This looks like an IIN, not a BIN. A sole proprietor has no BIN: choose that type."),
}
ODD_IIN = _("The date inside this IIN is unusual. Check the digits; if they are right, you need not do anything.")
ODD_BIN = _("The structure of this BIN is unusual. Check the digits; if they are right, you need not do anything.")


def words_as_typed() -> str:
    """Every sentence by kind and code, as JSON in the reader's language."""
    kinds: dict[str, Mapping[str, Any]] = {
        "iin": {**IIN_ERRORS, "looks_like_bin": WARNINGS["looks_like_bin"], "odd": ODD_IIN},
        "bin": {**BIN_ERRORS, "looks_like_iin": WARNINGS["looks_like_iin"], "odd": ODD_BIN},
        "iban": IBAN_ERRORS,
        "bic": BIC_ERRORS,
    }
    words = {f"{kind}:{code}": str(text) for kind, texts in kinds.items() for code, text in texts.items()}
    return json.dumps(words, ensure_ascii=False)


def as_typed(check: str, **attrs: str) -> dict[str, Any]:
    """Attributes of an input that is checked as it is typed; `check` is iin, bin, iban, bic or organisation."""
    return {"autocomplete": "off", "data-check": check, "data-check-words": lazy(words_as_typed, str)(), **attrs}


def iin_hints(value: str) -> list[str]:
    """What is odd about an IIN that is accepted, in words."""
    found = check_iin(value, today=clock.today())
    return [str(WARNINGS.get(code, ODD_IIN)) for code in found.warnings]


def bin_hints(value: str) -> list[str]:
    """What is odd about a BIN that is accepted, in words."""
    found = check_bin(value, today=clock.today())
    return [str(WARNINGS.get(code, ODD_BIN)) for code in found.warnings]


def clean_iin(raw: str) -> str:
    """Twelve digits; raises ValidationError with the sentence."""
    return _cleaned(raw, check_iin, IIN_ERRORS)


def clean_bin(raw: str) -> str:
    """Twelve digits; raises ValidationError with the sentence."""
    return _cleaned(raw, check_bin, BIN_ERRORS)


def clean_own_number(raw: str) -> str:
    """The number of a passport or of a registration in another country: letters, digits, points and strokes.

    Raises ValidationError with the sentence.
    """
    value = MISTYPED.sub("", raw).upper()
    if not OWN_NUMBER.fullmatch(value):
        raise ValidationError(
            _("Enter your own number with 3 to 30 Latin letters and digits, as it stands in your document."),
            code="format",
        )
    return value


class IinInput(forms.CharField):
    """A natural person's number."""

    widget = forms.TextInput(attrs=as_typed("iin", inputmode="numeric"))

    def clean(self, value: Any) -> str:
        raw = super().clean(value)
        return clean_iin(raw) if raw else ""


class IbanInput(forms.CharField):
    """An account of a bank in Kazakhstan (ИИК / ЖСК)."""

    widget = forms.TextInput(attrs=as_typed("iban", autocapitalize="characters"))

    def clean(self, value: Any) -> str:
        raw = super().clean(value)
        return _worded(check_iban(raw), IBAN_ERRORS) if raw else ""


class BicInput(forms.CharField):
    """The code of a bank in Kazakhstan (БИК / БСК)."""

    widget = forms.TextInput(attrs=as_typed("bic", autocapitalize="characters"))

    def clean(self, value: Any) -> str:
        raw = super().clean(value)
        return _worded(check_bic(raw), BIC_ERRORS) if raw else ""


def _cleaned(raw: str, check: Callable[..., Identifier], errors: Mapping[str, Promise]) -> str:
    return _worded(check(raw, today=clock.today()), errors)


def _worded(found: Identifier, errors: Mapping[str, Promise]) -> str:
    if not found.ok:
        raise ValidationError(str(errors[found.error]), code=found.error)
    return found.value
