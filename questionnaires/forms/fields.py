"""The form field of each kind of question. A field only reads what was typed; limits are `formulas/limits.py`."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.forms import GROUPING, MoneyInput, PhoneInput, typed_amount
from core.text import pick
from documents.forms import UploadsField
from questionnaires.formulas.shape import PLAIN_NUMBER, Question, hundredths, plain_number, whole
from questionnaires.queries.words import choice_names
from questionnaires.statuses import QuestionKind

WHOLE = re.compile(r"-?[0-9]{1,15}")
ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
OUR_DAY = re.compile(r"([0-9]{1,2})[. /,-]([0-9]{1,2})[. /,-]([0-9]{4})|([0-9]{2})([0-9]{2})([0-9]{4})")
TICK = {"class": "form-check-input"}
MANY_CHOICES = 7  # more are a list that opens, not circles


class PlainText(forms.CharField):
    """A text whose line breaks count as one character, as the browser counts them."""

    def to_python(self, value: Any) -> Any:
        """Without the carriage returns that a form adds."""
        text = str(value).replace("\r\n", "\n").replace("\r", "\n") if value not in self.empty_values else value
        return super().to_python(text)


class WholeNumber(forms.Field):
    """A count: «1 200» and «1200» are understood, letters and fractions are refused in words."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {"invalid": _("Enter a whole number in digits, for example 25.")}

    def to_python(self, value: Any) -> int | None:
        """The number; None for an empty field."""
        text = str(value).translate(GROUPING) if value is not None else ""
        if text == "":
            return None
        if not WHOLE.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="no_number")
        return int(text)


class DayInput(forms.Field):
    """A day as people write it: 31.12.2026, 31122026 or 2026-12-31; kept as typed where it is no day."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "31.12.2026"})
    default_error_messages = {"invalid": _("Enter the day as 31.12.2026: day, month, year.")}

    def to_python(self, value: Any) -> date | None:
        """The day; None for an empty field."""
        if isinstance(value, date) or value in (None, ""):
            return value or None
        found = day_of(str(value).strip())
        if found is None and str(value).strip():
            raise ValidationError(self.error_messages["invalid"], code="no_day")
        return found

    @staticmethod
    def as_typed(value: Any) -> Any:
        """A stored day in the order in which people write it."""
        found = ISO_DAY.fullmatch(value) if isinstance(value, str) else None
        return f"{found[3]}.{found[2]}.{found[1]}" if found else value


def day_of(text: str) -> date | None:
    """The day that a text names, or None."""
    iso, ours = ISO_DAY.fullmatch(text), OUR_DAY.fullmatch(text)
    if iso:
        parts = iso.groups()
    elif ours:
        day, month, year = [part for part in ours.groups() if part is not None]
        parts = (year, month, day)
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


class GroupedMoney(MoneyInput):
    """An amount that is shown with its digits in groups, as a person would write it."""

    @staticmethod
    def as_typed(value: Any) -> Any:
        """«1500000.5» as «1 500 000,50»."""
        if not PLAIN_NUMBER.fullmatch(str(value)):
            return value
        return typed_amount(Decimal(str(value)))


class Several(forms.MultipleChoiceField):
    """Some of the choices, in the order in which they are offered."""

    def to_python(self, value: Any) -> list[str]:
        """What was chosen, each once; what is no choice stands last and is refused."""
        chosen = super().to_python(value)
        offered = [str(code) for code, _label in list(self.choices) if str(code) in chosen]  # type: ignore[arg-type]
        return [*offered, *(one for one in chosen if one not in offered)]


def options_of(question: Question) -> list[tuple[str, Any]]:
    """(code, label) of each choice."""
    return list(choice_names(question).items())


def _long_text(question: Question) -> forms.Field:
    rows = 3 if (question["limit"] or 3000) <= 500 else 5
    return PlainText(widget=forms.Textarea(attrs={"rows": rows}))


def _one_of(question: Question) -> forms.Field:
    options = options_of(question)
    if len(options) > MANY_CHOICES:
        return forms.ChoiceField(choices=[("", _("Choose")), *options])
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect(attrs=TICK))


def _several_of(question: Question) -> forms.Field:
    return Several(choices=options_of(question), widget=forms.CheckboxSelectMultiple(attrs=TICK))


def _link(question: Question) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url", "placeholder": "https://"})
    sentence = _("Enter the address as it stands in the browser, for example https://example.kz/film.")
    return forms.URLField(widget=widget, assume_scheme="https", max_length=None, error_messages={"invalid": sentence})


def _email(question: Question) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"})
    sentence = _("Enter the e-mail as name@example.kz: with the sign @ and a dot.")
    return forms.EmailField(widget=widget, error_messages={"invalid": sentence})


def _table(question: Question) -> forms.Field:
    from questionnaires.forms.table import TableField  # whose cells are fields of this file

    return TableField(question)


MAKERS: dict[str, Callable[[Question], forms.Field]] = {
    QuestionKind.SHORT_TEXT: lambda question: PlainText(),
    QuestionKind.LONG_TEXT: _long_text,
    QuestionKind.NUMBER: lambda question: WholeNumber(),
    QuestionKind.MONEY: lambda question: GroupedMoney(),
    QuestionKind.DATE: lambda question: DayInput(),
    QuestionKind.SINGLE_CHOICE: _one_of,
    QuestionKind.MULTIPLE_CHOICE: _several_of,
    QuestionKind.DECLARATION: lambda question: forms.BooleanField(),
    QuestionKind.LINK: _link,
    QuestionKind.EMAIL: _email,
    QuestionKind.PHONE: lambda question: PhoneInput(max_length=None),
    QuestionKind.FILE: lambda question: UploadsField(),
    QuestionKind.TABLE: _table,
}


def field_for(question: Question) -> forms.Field | None:
    """The form field of one question; None for what is calculated."""
    question = whole(question)
    maker = MAKERS.get(question["kind"])
    if maker is None:
        return None
    field = maker(question)
    field.label = pick(question["label"])
    field.error_messages["invalid_choice"] = _("Choose from the list.")
    field.required = False  # a draft may be incomplete; what is missing is listed before sending
    return field


def to_json(value: Any) -> Any:
    """An answer as JSON keeps it: money as a plain number and dates as text, everything else as it is."""
    if isinstance(value, Decimal):
        return plain_number(hundredths(str(value)) or 0)
    return str(value) if isinstance(value, date) else value


def as_typed(field: forms.Field, value: Any) -> Any:
    """A stored answer as its input holds it, which is read as the same answer again."""
    return field.as_typed(value) if hasattr(field, "as_typed") else value
