"""Answers and what is wrong with them, in the reader's words: one place for form, check page, dossier and papers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.words import NBSP, long_date, money, number
from core.text import LocalText, pick
from questionnaires.formulas import cross_rules
from questionnaires.formulas.calculated import rows_of
from questionnaires.formulas.limits import Fault, largest, smallest
from questionnaires.formulas.shape import DAY, PLAIN_NUMBER, Content, Question, is_given, questions_of, whole
from questionnaires.queries.asked import Asked, table_of
from questionnaires.statuses import QuestionKind

Words = Any  # a text, a list of texts (choices), of files, or of a table's rows


def choice_names(question: Question) -> dict[str, LocalText]:
    """Code -> label of each choice."""
    return {c["value"]: pick({k: c.get(k, "") for k in ("kk", "ru", "en")}) for c in question["choices"]}


def words_of(question: Question, value: Any) -> Words:
    """An answer as a page shows it: "" where there is none, a list for choices, files and rows, else a text.

    A row of a table is a list of (name of the column, text). An answer that does not fit its kind is shown as it is.
    """
    question = whole(question)
    if question["kind"] == QuestionKind.DECLARATION and value is not None:
        return _("Yes") if value else _("No")
    if not is_given(value):
        return ""
    return WRITERS.get(question["kind"], _as_it_is)(question, value)


def line_of(question: Question, value: Any) -> str:
    """An answer as one line of text."""
    found = words_of(question, value)
    if not isinstance(found, list):
        return str(found)
    if question["kind"] == QuestionKind.TABLE:
        return "; ".join(", ".join(text for _name, text in row if text) for row in found)
    return ", ".join(one["name"] if isinstance(one, Mapping) else str(one) for one in found)


def _as_it_is(question: Question, value: Any) -> Words:
    return value if isinstance(value, str) else str(value)


def _choices(question: Question, value: Any) -> Words:
    names = choice_names(question)
    return [names.get(one, one) for one in value] if isinstance(value, list) else str(value)


def _rows(question: Question, value: Any) -> Words:
    columns = [whole(column) for column in question["columns"]]
    return [[(pick(c["label"]), str(words_of(c, row.get(c["key"])))) for c in columns] for row in rows_of(value)]


def _day(question: Question, value: Any) -> Words:
    return long_date(date.fromisoformat(value)) if DAY.fullmatch(str(value)) else str(value)


def _amount(question: Question, value: Any) -> Words:
    return figure(value, "money")


def _number(question: Question, value: Any) -> Words:
    return figure(value, "number")


def _calculated(question: Question, value: Any) -> Words:
    return figure(value, question["formula"].get("unit", "number"))


def _files(question: Question, value: Any) -> Words:
    return [file if isinstance(file, Mapping) else {"name": str(file)} for file in value]


WRITERS: dict[str, Callable[[Question, Any], Words]] = {
    QuestionKind.SINGLE_CHOICE: lambda question, value: choice_names(question).get(value, value),
    QuestionKind.MULTIPLE_CHOICE: _choices,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: _amount,
    QuestionKind.DATE: _day,
    QuestionKind.CALCULATED: _calculated,
    QuestionKind.TABLE: _rows,
    QuestionKind.FILE: _files,
}


def figure(value: Any, unit: str) -> str:
    """A number of an answer, grouped; with its unit where it is money or a percentage."""
    if not PLAIN_NUMBER.fullmatch(str(value)):
        return str(value)
    if unit == "money":
        return money(Decimal(str(value)))
    grouped = number(Decimal(str(value)))
    return f"{grouped}{NBSP}%" if unit == "percent" else grouped


def fault_sentence(question: Question, fault: Fault) -> str:
    """What is wrong and what to do; for a table, with the row and the column."""
    sentence = _sentence(question, fault)
    if fault.row is None:
        return sentence
    column = next((c for c in question["columns"] if c["key"] == fault.column), None)
    name = pick(column["label"]) if column else fault.column
    return _("Row %(row)s, «%(column)s»: %(sentence)s") % {
        "row": fault.row + 1,
        "column": name,
        "sentence": sentence,
    }


def _sentence(question: Question, fault: Fault) -> str:
    counted = {"limit": number(fault.bound)}
    kind = question["kind"]
    sentences = {
        "too_long": _("Too long: at most %(limit)s characters fit. Nothing was lost, shorten it here."),
        "too_small": _("Enter %(limit)s or more."),
        "too_large": _("Enter %(limit)s or less."),
        "no_number": _("Enter digits only, for example 25."),
        "not_a_choice": _("Choose from the list."),
        "too_few": {
            QuestionKind.TABLE: _("Fill in more rows: at least %(limit)s."),
            QuestionKind.FILE: _("Add more files: at least %(limit)s."),
        }.get(kind, _("Choose more: at least %(limit)s.")),
        "too_many": {
            QuestionKind.TABLE: _("Too many rows: at most %(limit)s fit. Leave the most important ones."),
            QuestionKind.FILE: _("Too many files: at most %(limit)s."),
        }.get(kind, _("Choose fewer: at most %(limit)s.")),
        "row_lacks": _("Fill it in."),
    }
    return sentences[fault.code] % counted


def rule_sentence(rule: Mapping[str, Any], answers: Mapping[str, Any]) -> str:
    """The staff's sentence about a rule across fields, with what it comes to now."""
    found, bound = cross_rules.figures(rule, answers)
    message = pick(rule["message"])
    if not (found and bound) or rule["kind"] == "share_at_most":
        return str(message)
    unit = rule.get("unit", "number")
    return _("%(message)s Now: %(found)s, should be: %(bound)s.") % {
        "message": message,
        "found": figure(found, unit),
        "bound": figure(bound, unit),
    }


@dataclass(frozen=True)
class RuleLine:
    """A rule across fields as a page shows it: the sentence, its state (open, kept, broken) and the two figures."""

    message: LocalText
    state: str
    found: str
    bound: str

    @property
    def word(self) -> str:
        """The state in words."""
        return {"kept": _("Holds"), "broken": _("Does not hold"), "open": _("Not filled in yet")}[self.state]


def rule_lines(asked: Asked, keys: set[str]) -> list[RuleLine]:
    """The rules that touch these questions, in their order."""
    return [
        RuleLine(pick(rule["message"]), cross_rules.state(rule, asked.answers), *_figures(rule, asked.answers))
        for rule in asked.content.get("rules", ())
        if {table_of(ref) for ref in (*rule["of"], rule.get("against") or "")} & keys
    ]


def _figures(rule: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[str, str]:
    found, bound = cross_rules.figures(rule, answers)
    unit = rule.get("unit", "number")
    return (figure(found, unit) if found else "", figure(bound, unit) if bound else "")


def bounds_words(question: Question) -> str:
    """How much fits, in a sentence; nothing where a bound would only be noise."""
    low, top = smallest(question), largest(question)
    kind, limit = question["kind"], question["limit"]
    bounds = {"smallest": number(low), "largest": number(top)}
    if kind == QuestionKind.LONG_TEXT or (kind == QuestionKind.SHORT_TEXT and limit):
        return _("Up to %(limit)s characters.") % {"limit": number(top)}
    if kind == QuestionKind.TABLE:
        return _("Rows: from %(smallest)s to %(largest)s.") % {**bounds, "smallest": number(low or 1)}
    if kind == QuestionKind.MULTIPLE_CHOICE and limit:
        return _("Choose at most %(limit)s.") % {"limit": number(top)}
    if kind == QuestionKind.FILE and (top or 1) > 1:
        return _("Files: at most %(limit)s.") % {"limit": number(top)}
    if kind in (QuestionKind.NUMBER, QuestionKind.MONEY) and low and limit is not None:
        return _("From %(smallest)s to %(largest)s.") % bounds
    return ""


def condition_words(content: Content, question: Question) -> str:
    """When a question is asked: «Only if «Do you sell abroad?»: Yes»."""
    named = {q["key"]: q for q in questions_of(content)}
    parts = [_condition(named[c["key"]], c) for c in question["shown_if"] if c.get("key") in named]
    return _("Only if %(conditions)s.") % {"conditions": "; ".join(parts)} if parts else ""


def _condition(named: Question, condition: Mapping[str, Any]) -> str:
    op, value = condition["op"], condition.get("value")
    said = {"question": pick(named["label"]), "value": line_of(named, [value] if op == "has" else value)}
    if named["kind"] == QuestionKind.DECLARATION:
        said["value"] = _("No") if value is False else _("Yes")
    if op == "answered" or (op == "is" and value is False):
        answered = _("«%(question)s» is answered") if value is not False else _("«%(question)s» is not answered")
        return answered % said if named["kind"] != QuestionKind.DECLARATION else _("«%(question)s»: %(value)s") % said
    sentences = {
        "is_not": _("«%(question)s» is not «%(value)s»"),
        "at_least": _("«%(question)s»: %(value)s or more"),
        "at_most": _("«%(question)s»: %(value)s or less"),
    }
    if op in sentences and isinstance(value, int) and named["kind"] in ("table", "multiple_choice"):
        said["value"] = number(value)
    return sentences.get(op, _("«%(question)s»: %(value)s")) % said
