"""The shape of a version's content: older versions lack the newer keys, which are filled in when they are read."""

import re
from collections.abc import Mapping
from typing import Any

Content = Mapping[str, Any]
Question = Mapping[str, Any]
Answers = Mapping[str, Any]

DEFAULTS: dict[str, Any] = {
    "help": {"kk": "", "ru": "", "en": ""},
    "is_required": False,
    "from_tier": "s",
    "minimum": None,
    "limit": None,
    "choices": (),
    "shown_if": (),
    "columns": (),
    "formula": {},
}
TIERS = ("s", "m", "l")
CHOOSING = frozenset({"single_choice", "multiple_choice"})
COUNTED = frozenset({"number", "money", "calculated"})  # what a formula or a rule can count with
COLUMN_KINDS = ("short_text", "number", "money", "date", "single_choice", "link")
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]{1,2})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def whole(question: Question) -> dict[str, Any]:
    """A question (or a column of a table) with every key."""
    return {**DEFAULTS, **question}


def questions_of(content: Content) -> list[dict[str, Any]]:
    """Every question of a version in its order."""
    return [whole(question) for section in content["sections"] for question in section["questions"]]


def rules_of(content: Content) -> list[Mapping[str, Any]]:
    """The rules across fields."""
    return list(content.get("rules", ()))


def is_given(value: Any) -> bool:
    """Whether there is an answer: zero is one, a declaration that is not agreed to is none."""
    return value is not None and value is not False and value != "" and value != [] and value != {}


def hundredths(value: Any) -> int | None:
    """A number as whole hundredths (exact, the same in the browser); None for what is no number of two digits."""
    if value is None or isinstance(value, bool) or not PLAIN_NUMBER.fullmatch(str(value)):
        return None
    units, _dot, rest = str(value).partition(".")
    sign = -1 if units.startswith("-") else 1
    return int(units) * 100 + sign * int(rest.ljust(2, "0") or 0)


def plain_number(value: int) -> str:
    """Hundredths as text without needless zeros: 150 -> «1.5»."""
    sign, value = ("-", -value) if value < 0 else ("", value)
    whole_part, rest = divmod(value, 100)
    return f"{sign}{whole_part}.{rest:02d}".rstrip("0").rstrip(".")


def rounded(numerator: int, denominator: int) -> int:
    """numerator / denominator to a whole number, halves away from zero (as core.money rounds)."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    half_up = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -half_up if numerator < 0 else half_up
