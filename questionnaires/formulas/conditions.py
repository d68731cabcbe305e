"""«Shown if»: conditions on the answers to earlier questions, all of which must hold.

A condition is {"key", "op", "value"}:
is        the answer equals the value; `false` also where a declaration is not agreed to
is_not    there is an answer, and it is another one
has       the value is among those chosen
at_least  the number, the date, or how many rows or choices there are
at_most   the same from above
answered  there is an answer; with the value `false`: there is none
"""

from collections.abc import Iterable, Mapping
from typing import Any

from questionnaires.formulas.shape import DAY, Answers, hundredths, is_given

Condition = Mapping[str, Any]
OPS = ("is", "is_not", "has", "at_least", "at_most", "answered")


def all_hold(conditions: Iterable[Condition], answers: Answers) -> bool:
    """Whether the question is shown; one without conditions always is."""
    return all(holds(condition, answers.get(condition["key"])) for condition in conditions)


def holds(condition: Condition, answer: Any) -> bool:
    """Whether one condition holds; an absent answer is `None`."""
    op, value = condition["op"], condition.get("value")
    if op == "answered":
        return is_given(answer) == (value is not False)
    if op == "is" and value is False:
        return not is_given(answer)
    if not is_given(answer):
        return False
    if op in ("is", "is_not"):
        return _same(answer, value) == (op == "is")
    if op == "has":
        return isinstance(answer, list | tuple) and value in answer
    low, high = (size_of(value), size_of(answer)) if op == "at_least" else (size_of(answer), size_of(value))
    return low is not None and high is not None and type(low) is type(high) and low <= high  # type: ignore[operator]


def _same(answer: Any, value: Any) -> bool:
    if isinstance(value, bool) or isinstance(answer, bool):
        return answer is value
    if isinstance(value, int | float):
        return hundredths(answer) is not None and hundredths(answer) == hundredths(value)
    return isinstance(answer, str) and answer == value


def size_of(value: Any) -> int | str | None:
    """What an answer is compared by: how many, which day, how much."""
    if isinstance(value, list | tuple):
        return len(value) * 100
    if isinstance(value, str) and DAY.fullmatch(value):
        return value
    return hundredths(value)
