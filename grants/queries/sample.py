"""The invented sample applications, from a file in three languages: one for each set of questions."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from core.templatetags.words import money, number
from core.text import pick

FILE = Path(__file__).resolve().parent.parent / "data" / "sample_application.json"
TEXT = ("kk", "ru", "en")


@dataclass(frozen=True)
class SampleLine:
    """One line of the sample's budget."""

    category: str
    item: str
    quantity: str
    price: str
    grant: str
    own: str


@dataclass(frozen=True)
class SampleStep:
    """One milestone of the sample."""

    title: str
    when: str
    proof: str


@dataclass(frozen=True)
class Sample:
    """One sample in the reader's language: facts in the order of the form, answers by the key of the question."""

    organisation: str
    facts: list[str]
    answers: dict[str, Any]
    lines: list[SampleLine]
    steps: list[SampleStep]
    documents: dict[str, str]


@cache
def _samples() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))["samples"]


def has_sample(code: str) -> bool:
    """Whether a sample was written for the questions of this code."""
    return code in _samples()


def sample_of(code: str) -> Sample | None:
    """The sample for the questions of this code, or None where none was written."""
    found = _samples().get(code)
    if found is None:
        return None
    return Sample(
        organisation=_read(found["organisation"]),
        facts=[_read(value) for value in found["facts"]],
        answers={key: _read(value) for key, value in found["answers"].items()},
        lines=[_line(row) for row in found["budget"]],
        steps=[SampleStep(_read(row["title"]), _read(row["when"]), _read(row["proof"])) for row in found["milestones"]],
        documents={key: _read(value) for key, value in found["documents"].items()},
    )


def _line(row: dict[str, Any]) -> SampleLine:
    cost = Decimal(row["quantity"]) * Decimal(row["price"])
    own = Decimal(row["own"])
    return SampleLine(
        _read(row["category"]), _read(row["item"]), number(row["quantity"]), money(row["price"]), money(cost - own),
        money(own),
    )  # fmt: skip


def _read(value: Any) -> Any:
    """Texts in the reader's language, {"money": n} and {"number": n} as people write them, rows of a table as rows."""
    if isinstance(value, dict) and "money" in value:
        return money(value["money"])
    if isinstance(value, dict) and "number" in value:
        return number(value["number"])
    if isinstance(value, dict) and set(TEXT) <= set(value):
        return pick(value)
    if isinstance(value, list):
        return [_read(one) for one in value]
    return value
