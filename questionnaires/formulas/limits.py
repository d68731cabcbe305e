"""What an answer may hold: characters, the smallest and the largest number, choices, rows, files.

Characters are code points, line breaks count as one: the browser counts them in the same way (static/js/rules.js).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.formulas.calculated import rows_of
from questionnaires.formulas.shape import CHOOSING, Question, hundredths, is_given, whole

TOP_NUMBER = 10**15 - 1  # what a browser counts exactly and an amount of money can hold
TEXTS = {"short_text": 300, "long_text": 3000, "link": 500, "email": 254, "phone": 30}
LISTS = {"table": 20, "file": 1}


@dataclass(frozen=True)
class Fault:
    """What is wrong with an answer: a code, the bound that it breaks, and the cell of a table."""

    code: str
    bound: int = 0
    row: int | None = None
    column: str = ""


def largest(question: Question) -> int | None:
    """The upper bound of a question: characters, rows, files, choices, or the number itself."""
    kind, limit = question["kind"], question.get("limit")
    if kind in TEXTS:
        return min(limit or TEXTS[kind], TEXTS[kind]) if kind in ("link", "email", "phone") else limit or TEXTS[kind]
    if kind in LISTS:
        return limit or LISTS[kind]
    if kind in ("number", "money"):
        return TOP_NUMBER if limit is None else min(limit, TOP_NUMBER)
    return limit if kind == "multiple_choice" else None


def smallest(question: Question) -> int:
    """The lower bound: a number, or the fewest rows, files or choices. Numbers are never negative."""
    return question.get("minimum") or 0


def faults(question: Question, value: Any) -> list[Fault]:
    """What is wrong with an answer that is there; one that is absent breaks no limit."""
    question = whole(question)
    kind = question["kind"]
    if not is_given(value) or kind in ("calculated", "declaration"):
        return []
    if kind == "table":
        return _table(question, rows_of(value))
    if kind in ("file", "multiple_choice"):
        return _list(question, value)
    found = _one(question, value)
    return [found] if found else []


def _one(question: Question, value: Any) -> Fault | None:
    kind, top = question["kind"], largest(question)
    if kind in TEXTS:
        return Fault("too_long", top or 0) if len(str(value)) > (top or 0) else None
    if kind in ("number", "money"):
        return _amount(question, value)
    if kind == "single_choice":
        return None if value in _codes(question) else Fault("not_a_choice")
    return None


def _amount(question: Question, value: Any) -> Fault | None:
    found, low, top = hundredths(value), smallest(question), largest(question)
    if found is None:
        return Fault("no_number")
    if found < low * 100:
        return Fault("too_small", low)
    return Fault("too_large", top or 0) if found > (top or 0) * 100 else None


def _list(question: Question, value: Any) -> list[Fault]:
    if not isinstance(value, list | tuple):
        return [Fault("not_a_choice")]
    if question["kind"] in CHOOSING and any(chosen not in _codes(question) for chosen in value):
        return [Fault("not_a_choice")]
    return _count(question, len(value))


def _count(question: Question, count: int) -> list[Fault]:
    low, top = smallest(question), largest(question)
    if count < low:
        return [Fault("too_few", low)]
    return [Fault("too_many", top)] if top is not None and count > top else []


def _table(question: Question, rows: list[Mapping[str, Any]]) -> list[Fault]:
    cells = [fault for n, row in enumerate(rows) for fault in _row(question, n, row)]
    return [*_count(question, len(rows)), *cells]


def _row(question: Question, number: int, row: Mapping[str, Any]) -> list[Fault]:
    found = []
    for column in map(whole, question["columns"]):
        value = row.get(column["key"])
        wrong = _one(column, value) if is_given(value) else None
        if wrong:
            found.append(Fault(wrong.code, wrong.bound, number, column["key"]))
        elif column["is_required"] and not is_given(value):
            found.append(Fault("row_lacks", 0, number, column["key"]))
    return found


def _codes(question: Question) -> list[str]:
    return [choice["value"] for choice in question["choices"]]
