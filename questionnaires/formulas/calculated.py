"""Calculated fields: {"op", "of"} over numbers, amounts and columns of tables (`table.column`).

sum         of all that is there; a column is added up over its rows
difference  the first less the others
product     of the numbers; of columns of one table: row by row, added up (quantity x price)
share       the first as a percentage of the second, two digits

All arithmetic is on whole hundredths with one rounding at the end, so that the browser gives the same digits.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from questionnaires.formulas.shape import Answers, hundredths, plain_number, rounded

OPS = ("sum", "difference", "product", "share")


def calculate(formula: Mapping[str, Any], answers: Answers) -> str | None:
    """The value as plain text; None while something that it needs is not there."""
    op, of = formula.get("op"), list(formula.get("of", ()))
    found = _product(of, answers) if op == "product" else _by(str(op), [amount(ref, answers) for ref in of])
    return None if found is None else plain_number(found)


def amount(ref: str, answers: Answers) -> int | None:
    """Hundredths of a field, or of all the rows of a column; None where there is no number."""
    table, dot, column = ref.partition(".")
    if not dot:
        return hundredths(answers.get(ref))
    cells = [value for row in rows_of(answers.get(table)) if (value := hundredths(row.get(column))) is not None]
    return sum(cells) if cells else None


def rows_of(value: Any) -> list[Mapping[str, Any]]:
    """The rows of a table's answer."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def _by(op: str, values: Sequence[int | None]) -> int | None:
    there = [value for value in values if value is not None]
    if op == "sum":
        return sum(there) if there else None
    if len(there) < len(values) or len(there) < 2:
        return None
    if op == "difference":
        return there[0] - sum(there[1:])
    if op == "share":
        return rounded(there[0] * 10_000, there[1]) if there[1] else None
    return None


def _product(of: Sequence[str], answers: Answers) -> int | None:
    tables = {ref.partition(".")[0] for ref in of if "." in ref}
    if len(tables) == 1 and all("." in ref for ref in of):
        columns = [ref.partition(".")[2] for ref in of]
        rows = [[hundredths(row.get(column)) for column in columns] for row in rows_of(answers.get(tables.pop()))]
        products = [_multiplied(row) for row in rows]
        there = [value for value in products if value is not None]
        return sum(there) if there else None
    return _multiplied([amount(ref, answers) for ref in of])


def _multiplied(values: Sequence[int | None]) -> int | None:
    result = 1
    for value in values:
        if value is None:
            return None
        result *= value
    return rounded(result, 100 ** (len(values) - 1)) if values else None
