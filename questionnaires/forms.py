"""A form made from a version's JSON: the shape of input for each kind of question."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from core.forms import MoneyInput, PhoneInput
from core.text import pick
from questionnaires.statuses import QuestionKind

SHORT_LIMIT = 300
LONG_LIMIT = 3000
PREFIX = "q_"


def _long_text(limit: int) -> forms.Field:
    return forms.CharField(max_length=limit, widget=forms.Textarea(attrs={"rows": 5}))


def field_for(question: dict[str, Any]) -> forms.Field:
    """The form field of one question of a version."""
    kind, limit = question["kind"], question["limit"]
    options = [(c["value"], pick({k: c.get(k, "") for k in ("kk", "ru", "en")})) for c in question["choices"]]
    makers = {
        QuestionKind.SHORT_TEXT: lambda: forms.CharField(max_length=limit or SHORT_LIMIT),
        QuestionKind.LONG_TEXT: lambda: _long_text(limit or LONG_LIMIT),
        QuestionKind.NUMBER: lambda: forms.IntegerField(
            min_value=0, max_value=limit, widget=forms.TextInput(attrs={"inputmode": "numeric"})
        ),
        QuestionKind.MONEY: lambda: MoneyInput(min_value=0),
        QuestionKind.DATE: lambda: forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")),
        QuestionKind.SINGLE_CHOICE: lambda: forms.ChoiceField(choices=options, widget=forms.RadioSelect),
        QuestionKind.MULTIPLE_CHOICE: lambda: forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple
        ),
        QuestionKind.DECLARATION: lambda: forms.BooleanField(),
        QuestionKind.LINK: lambda: forms.URLField(max_length=500, assume_scheme="https"),
        QuestionKind.EMAIL: lambda: forms.EmailField(),
        QuestionKind.PHONE: lambda: PhoneInput(max_length=30),
    }
    field = makers[QuestionKind(kind)]()
    field.label, field.help_text = pick(question["label"]), pick(question["help"])
    field.required = False  # a draft may be incomplete; what is missing is listed before sending
    return field


def to_json(value: Any) -> Any:
    """An answer as JSON keeps it: money and dates as text, everything else as it is."""
    return str(value) if isinstance(value, Decimal | date) else value


class SectionForm(forms.Form):
    """The questions of one section of a version."""

    def __init__(self, data: Any = None, *, section: dict[str, Any], answers: dict[str, Any], **kwargs: Any) -> None:
        self.keys = [q["key"] for q in section["questions"]]
        initial = {PREFIX + key: answers.get(key) for key in self.keys}
        super().__init__(data, initial=initial, **kwargs)
        for question in section["questions"]:
            self.fields[PREFIX + question["key"]] = field_for(question)

    def answers(self) -> dict[str, Any]:
        """key -> JSON value of what was typed and is right."""
        typed = self.cleaned_data
        return {key: to_json(typed[PREFIX + key]) for key in self.keys if PREFIX + key in typed}
