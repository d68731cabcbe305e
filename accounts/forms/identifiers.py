"""IIN and BIN as form fields: refused in words for format or check digit; what is merely odd is a hint."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import clock
from core.identifiers import Identifier, check_bin, check_iin

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
WARNINGS = {
    "looks_like_bin": _("This looks like a BIN, not an IIN. If you are a legal entity, choose its type."),
    "looks_like_iin": _("This looks like an IIN, not a BIN. A sole proprietor has no BIN: choose that type."),
}
ODD_IIN = _("The date inside this IIN is unusual. Check the digits; if they are right, you need not do anything.")
ODD_BIN = _("The structure of this BIN is unusual. Check the digits; if they are right, you need not do anything.")


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


class IinInput(forms.CharField):
    """A natural person's number."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> str:
        raw = super().clean(value)
        return clean_iin(raw) if raw else ""


def _cleaned(raw: str, check: Callable[..., Identifier], errors: Mapping[str, Promise]) -> str:
    found = check(raw, today=clock.today())
    if not found.ok:
        raise ValidationError(str(errors[found.error]), code=found.error)
    return found.value
