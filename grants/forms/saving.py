"""One field as the queue of a browser sends it: read by the very form that the section shows, shown back in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from core.forms import typed_amount
from core.refusals import Refused
from grants.actions.saving import LINE, MILESTONE, PREFIX
from grants.forms.application import FactsForm, QuestionsForm
from grants.forms.plan import card_from_wire, grouped
from grants.models import Application
from grants.queries.completeness import FACTS
from grants.queries.fields import questions_of
from questionnaires.forms import as_typed as stored_as_typed
from questionnaires.forms.table import TableField
from questionnaires.queries.words import line_of

GONE = gettext_lazy("This field is not asked for any more. What you typed is kept in this browser.")
NOT_TEXT = gettext_lazy("This could not be read. Type it again, please.")


def as_posted(field: str, raw: Any) -> QueryDict:
    """What a browser would have posted for the field: a text, a list of choices, or several inputs by name."""
    parts = raw if isinstance(raw, Mapping) else {field: raw}
    data = QueryDict(mutable=True)
    for name, value in parts.items():
        values = value if isinstance(value, list) else [value]
        data.setlist(str(name), [_text(one) for one in values if one not in (None, False)])
    return data


def _text(one: Any) -> str:
    """A text that a database can keep: JSON may carry halves of letters."""
    if isinstance(one, bool):
        return "on"
    if not isinstance(one, str | int | float):
        raise Refused(NOT_TEXT, code="unreadable")
    return str(one).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def form_of(application: Application, field: str, data: Any = None) -> forms.Form:
    """The form with this one field. Raises Refused for a field that is not asked."""
    if field in FACTS:
        return FactsForm(data, application=application, only={field}, is_alone=True)
    for section in application.answer_set.version.content["sections"]:
        if any(PREFIX + question["key"] == field for question in section["questions"]):
            return QuestionsForm(data, section=section, answers={}, only={field})
    raise Refused(GONE, code="not_asked")


def read_field(application: Application, field: str, raw: Any) -> Any:
    """The value that `save_field` takes. Raises Refused with the form's own sentence where it cannot be read."""
    form: Any = form_of(application, field, as_posted(field, raw))
    if field not in form.fields:
        raise Refused(GONE, code="not_asked")
    if not form.is_valid():
        raise Refused(faults_of(form), code="unreadable")
    found = form.values()
    return found["facts"][field] if field in FACTS else found["answers"].get(field.removeprefix(PREFIX))


def faults_of(form: forms.BaseForm) -> str:
    """Every sentence of a form that refuses, once."""
    return " ".join(dict.fromkeys(str(sentence) for errors in form.errors.values() for sentence in errors))


def is_card(field: str) -> bool:
    """Whether it is a line of the budget or a milestone, which are saved as one object."""
    return field.startswith((LINE, MILESTONE))


def read_card(application: Application, field: str, raw: Any) -> tuple[dict[str, Any], str]:
    """(the columns that are right, what is wrong with the others). Raises Refused for what is no card."""
    if not isinstance(raw, Mapping):
        raise Refused(NOT_TEXT, code="unreadable")
    try:
        form = card_from_wire(application, field, {str(key): _card_value(value) for key, value in raw.items()})
    except ValueError as error:
        raise Refused(GONE, code="not_asked") from error
    form.is_valid()
    return form.values(), faults_of(form)


def _card_value(value: Any) -> Any:
    return value if isinstance(value, bool) else _text("" if value is None else value)


def card_as_typed(kept: Mapping[str, Any] | None) -> dict[str, Any]:
    """A card that somebody else saved, as its inputs would hold it; nothing where it was removed."""
    return {name: _shown(name, value) for name, value in (kept or {}).items()}


def _shown(name: str, value: Any) -> Any:
    if name == "category":
        return value.key if value else ""
    if isinstance(value, bool):
        return value
    return grouped(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def as_typed(application: Application, field: str, value: Any) -> Any:
    """A stored value as its input would hold it: what the browser puts there when the other text is chosen."""
    if field in FACTS:
        return typed_amount(value) if isinstance(value, Decimal) else str(value or "")
    bound = form_of(application, field)[field]
    if isinstance(bound.field, TableField):
        return bound.field.as_inputs(field, value)
    value = bound.field.prepare_value(stored_as_typed(bound.field, value))
    if isinstance(value, list):
        return [str(one) for one in value]
    if isinstance(bound.field, forms.BooleanField):
        return ["on"] if value else []
    if isinstance(bound.field, forms.ChoiceField):
        return [str(value)] if value else []
    return "" if value is None else str(value)


def in_words(application: Application, field: str, value: Any) -> str:
    """A stored value as a person reads it beside their own."""
    if field in FACTS:
        choices = getattr(form_of(application, field).fields[field], "choices", None)
        typed = as_typed(application, field, value)
        return {str(key): str(name) for key, name in choices}.get(typed, typed) if choices else typed
    return line_of(questions_of(application)[field], value)
