"""A table of rows as an answer: cards on a phone, a table on a desktop, with an empty row to type into.

The cells are posted as `q_<key>-<row>-<column>`. Rows of which nothing is filled in are left out when it is read.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.text import LocalText, pick
from questionnaires.forms.fields import as_typed, field_for, to_json
from questionnaires.formulas.calculated import rows_of
from questionnaires.formulas.limits import largest, smallest
from questionnaires.formulas.shape import Question, is_given, whole

Row = dict[str, Any]
READ_AT_MOST = 60  # rows; a table holds fewer (queries/lint.py)


class TableInput(forms.Widget):
    """Draws the rows that are there and empty ones up to the fewest, at least one more while the limit allows it."""

    template_name = "questionnaires/table.html"

    def __init__(self, question: Question, columns: Mapping[str, forms.Field]) -> None:
        super().__init__()
        self.question, self.columns = question, columns

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[dict[str, str]] | None:
        """The typed cells row by row, as they were typed; None where nothing of the table was posted."""
        pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,3}})-([a-z][a-z0-9_]*)")
        rows: dict[int, dict[str, str]] = {}
        for posted in data:
            found = pattern.fullmatch(str(posted))
            if found and found[2] in self.columns and len(rows) <= READ_AT_MOST:
                rows.setdefault(int(found[1]), {})[found[2]] = data.get(posted) or ""
        return [rows[number] for number in sorted(rows)] if rows else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the page that was posted did not hold the table."""
        return self.value_from_datadict(data, files, name) is None

    def use_required_attribute(self, initial: Any) -> bool:
        """A draft may be incomplete."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Rows of cells, each with its column, its name and its control."""
        rows = [row for row in rows_of(value) if any(is_given(cell) for cell in row.values())]
        top = largest(self.question) or 1
        blank = max(smallest(self.question) - len(rows), 1 if len(rows) < top else 0)
        context = super().get_context(name, value, attrs)
        columns = [whole(column) for column in self.question["columns"]]
        context["widget"] |= {
            "key": self.question["key"],
            "legend": pick(self.question["label"]),
            "columns": [_name(column) for column in columns],
            "rows": [self._row(name, number, row, columns) for number, row in enumerate([*rows, *[{}] * blank])],
            "limit": top,
        }
        return context

    def _row(self, name: str, number: int, row: Mapping[str, Any], columns: list[Row]) -> list[tuple[Any, SafeString]]:
        return [(_name(column), self._cell(name, number, row, column)) for column in columns]

    def _cell(self, name: str, number: int, row: Mapping[str, Any], column: Row) -> SafeString:
        field, key = self.columns[column["key"]], column["key"]
        label = _("%(column)s, row %(number)s") % {"column": pick(column["label"]), "number": number + 1}
        css = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        attrs = {"id": f"id_{name}-{number}-{key}", "class": css, "aria-label": label}
        return field.widget.render(f"{name}-{number}-{key}", field.prepare_value(row.get(key)), attrs)


class TableField(forms.Field):
    """Reads the cells with the fields of their kinds; a wrong cell is named by its row and its column."""

    def __init__(self, question: Question, **kwargs: Any) -> None:
        self.question = whole(question)
        self.columns = {column["key"]: _column_field(whole(column)) for column in self.question["columns"]}
        super().__init__(widget=TableInput(self.question, self.columns), **kwargs)

    def clean(self, value: Any) -> list[Row]:
        """The rows that hold something, as JSON keeps them. Raises ValidationError: a sentence for each wrong cell."""
        rows: list[Row] = []
        wrong: list[ValidationError] = []
        for number, typed in enumerate(value or [], start=1):
            row = {key: self._read(field, typed.get(key), key, number, wrong) for key, field in self.columns.items()}
            if any(is_given(cell) for cell in row.values()) or any(is_given(cell) for cell in typed.values()):
                rows.append({key: cell for key, cell in row.items() if is_given(cell)})
        if wrong:
            raise ValidationError(wrong)
        return [row for row in rows if row]

    def _read(self, field: forms.Field, typed: Any, key: str, number: int, wrong: list[Any]) -> Any:
        try:
            return to_json(field.clean(typed))
        except ValidationError as error:
            column = next(pick(c["label"]) for c in self.question["columns"] if c["key"] == key)
            words = {"row": number, "column": column, "sentence": " ".join(error.messages)}
            wrong.append(ValidationError(_("Row %(row)s, «%(column)s»: %(sentence)s") % words, code="cell"))
            return None

    def as_typed(self, value: Any) -> list[Row]:
        """The stored rows with each cell as its input holds it."""
        return [{key: as_typed(field, row.get(key)) for key, field in self.columns.items()} for row in rows_of(value)]

    def as_inputs(self, name: str, value: Any) -> dict[str, list[str]]:
        """A stored answer by the names of its inputs."""
        rows = enumerate(self.as_typed(value))
        return {
            f"{name}-{number}-{key}": ["" if cell is None else str(cell)]
            for number, row in rows
            for key, cell in row.items()
        }


def _name(column: Row) -> LocalText:
    """The column; one that may stay empty says so."""
    label = pick(column["label"])
    return label if column["is_required"] else LocalText(f"{label} ({_('not required')})", label.lang)


def _column_field(column: Row) -> forms.Field:
    if column["kind"] == "single_choice":
        names = [(c["value"], pick({k: c.get(k, "") for k in ("kk", "ru", "en")})) for c in column["choices"]]
        field: forms.Field = forms.ChoiceField(choices=[("", "—"), *names], required=False)
        field.error_messages["invalid_choice"] = _("Choose from the list.")
        return field
    made = field_for(column)
    assert made is not None  # a column is of a kind that is typed
    return made
