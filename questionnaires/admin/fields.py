"""What staff type where a question needs more than one value: choices, columns, conditions, a formula, names of fields.

Everything is typed in plain boxes and works without JavaScript; a few empty rows stand ready for what is new.
"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import LANGUAGES
from questionnaires.formulas import calculated, conditions
from questionnaires.formulas.shape import COLUMN_KINDS
from questionnaires.statuses import QuestionKind

SEPARATOR = "|"
EMPTY_ROWS = 2
NOTHING = ("", "—")
CONDITION_WORDS = {
    "is": gettext_lazy("is"),
    "is_not": gettext_lazy("is another than"),
    "has": gettext_lazy("has among the chosen"),
    "at_least": gettext_lazy("is at least"),
    "at_most": gettext_lazy("is at most"),
    "answered": gettext_lazy("is answered"),
}
FORMULA_WORDS = {
    "sum": gettext_lazy("sum of all"),
    "difference": gettext_lazy("the first less the others"),
    "product": gettext_lazy("product (columns: row by row)"),
    "share": gettext_lazy("the first in percent of the second"),
}
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class ChoicesField(forms.CharField):
    """Choices as lines «code | Kazakh | Russian | English»; English may be left out."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """The kept list as lines."""
        if not isinstance(value, list):
            return value
        return "\n".join(f" {SEPARATOR} ".join([c["value"], *(c.get(lang, "") for lang in LANGUAGES)]) for c in value)

    def clean(self, value: Any) -> list[dict[str, str]]:
        """The lines as the list that a version keeps."""
        lines = [line for line in str(super().clean(value) or "").splitlines() if line.strip()]
        return [self._choice(line) for line in lines]

    def _choice(self, line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.split(SEPARATOR)]
        if len(parts) not in (3, 4) or not all(parts[:3]):
            sentence = _("Write each choice as: code | Kazakh | Russian | English. Check the line: %(line)s")
            raise ValidationError(sentence % {"line": line})
        return dict(zip(("value", *LANGUAGES), [*parts, ""], strict=False))


class NamesField(forms.CharField):
    """Keys of questions with commas between them; a column of a table is written `table.column`."""

    def prepare_value(self, value: Any) -> Any:
        """The kept list as one line."""
        return ", ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The line as the list that a version keeps."""
        return [name for part in str(super().clean(value) or "").split(",") if (name := part.strip())]


class RowsWidget(forms.Widget):
    """A small table of inputs: a row for each kept item, and empty ones for new items."""

    template_name = "admin/questionnaires/widgets/rows.html"

    def __init__(self, columns: Sequence[tuple[str, Any, forms.Widget]]) -> None:
        super().__init__()
        self.columns = list(columns)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Adds `heads` and `rows`: cells as (heading, input)."""
        context = super().get_context(name, value, attrs)
        kept = list(value or [])
        rows = [*kept, *([{}] * EMPTY_ROWS)]
        context["heads"] = [label for _key, label, _widget in self.columns]
        context["count"] = len(rows)
        context["rows"] = [self._cells(name, number, row) for number, row in enumerate(rows)]
        return context

    def _cells(self, name: str, number: int, row: dict[str, Any]) -> list[tuple[Any, str]]:
        return [
            (label, widget.render(f"{name}-{number}-{key}", row.get(key), {"aria-label": f"{label} {number + 1}"}))
            for key, label, widget in self.columns
        ]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        """The rows in which something was typed."""
        count = int(data.get(f"{name}-count") or 0) if str(data.get(f"{name}-count") or "0").isdigit() else 0
        rows = (
            {key: widget.value_from_datadict(data, files, f"{name}-{n}-{key}") for key, _label, widget in self.columns}
            for n in range(min(count, 100))
        )
        return [row for row in rows if any(value and str(value).strip() for value in row.values())]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """A page without these boxes leaves the kept value as it is."""
        return f"{name}-count" not in data


def text_box(size: int) -> forms.TextInput:
    """A narrow box."""
    return forms.TextInput(attrs={"size": size})


class ColumnsField(forms.Field):
    """The columns of a table: key, kind, the three labels, required, limit, and choices where the kind has them."""

    def __init__(self, **kwargs: Any) -> None:
        kinds = [NOTHING, *((kind, QuestionKind(kind).label) for kind in COLUMN_KINDS)]
        columns = [
            ("key", gettext_lazy("key"), text_box(10)),
            ("kind", gettext_lazy("kind"), forms.Select(choices=kinds)),
            ("kk", gettext_lazy("in Kazakh"), text_box(18)),
            ("ru", gettext_lazy("in Russian"), text_box(18)),
            ("en", gettext_lazy("in English"), text_box(18)),
            ("is_required", gettext_lazy("required"), forms.CheckboxInput()),
            ("limit", gettext_lazy("limit"), text_box(5)),
            ("choices", gettext_lazy("choices"), forms.Textarea(attrs={"rows": 2, "cols": 24})),
        ]
        super().__init__(widget=RowsWidget(columns), required=False, **kwargs)
        self.choices_field = ChoicesField(required=False)

    def prepare_value(self, value: Any) -> Any:
        """The kept columns as rows of boxes; what was typed stays as it was typed."""
        if not isinstance(value, list) or any("label" not in row for row in value):
            return value
        return [
            {**row, **row["label"], "choices": self.choices_field.prepare_value(list(row.get("choices") or []))}
            for row in value
        ]

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """The rows as a version keeps them."""
        return [self._column(row) for row in value or []]

    def _column(self, row: dict[str, Any]) -> dict[str, Any]:
        if not (row.get("key") and row.get("kind") and row.get("kk") and row.get("ru")):
            raise ValidationError(_("A column needs its key, its kind, and its name in Kazakh and in Russian."))
        limit = str(row.get("limit") or "").strip()
        if limit and not limit.isdigit():
            raise ValidationError(_("The limit of a column is a whole number. Check: %(typed)s") % {"typed": limit})
        return {
            "key": row["key"].strip(),
            "kind": row["kind"],
            "label": {language: (row.get(language) or "").strip() for language in LANGUAGES},
            "is_required": bool(row.get("is_required")),
            "limit": int(limit) if limit else None,
            "choices": self.choices_field.clean(row.get("choices")),
        }


class ConditionsField(forms.Field):
    """«Shown if»: key of an earlier question, what is asked about it, and the value; all must hold."""

    def __init__(self, **kwargs: Any) -> None:
        ops = [NOTHING, *((op, CONDITION_WORDS[op]) for op in conditions.OPS)]
        columns = [
            ("key", gettext_lazy("question"), text_box(20)),
            ("op", gettext_lazy("condition"), forms.Select(choices=ops)),
            ("value", gettext_lazy("value"), text_box(20)),
        ]
        super().__init__(widget=RowsWidget(columns), required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Yes and no in words."""
        words = {True: "yes", False: "no"}
        return [{**row, "value": words.get(row.get("value"), row.get("value"))} for row in value or []]

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """The rows as a version keeps them: yes/no as truth, whole numbers as numbers, the rest as text."""
        return [self._condition(row) for row in value or []]

    def _condition(self, row: dict[str, Any]) -> dict[str, Any]:
        if not (row.get("key") and row.get("op")):
            raise ValidationError(_("A condition needs the key of a question and what is asked about it."))
        typed = str(row.get("value") or "").strip()
        if row["op"] != "answered" and not typed:
            raise ValidationError(_("A condition on %(key)s needs a value.") % {"key": row["key"]})
        value: Any = YES_NO.get(typed.lower(), int(typed) if typed.isdigit() else typed or True)
        return {"key": row["key"].strip(), "op": row["op"], "value": value}


class FormulaField(forms.MultiValueField):
    """A calculated field: the operation, and the keys that it counts with."""

    def __init__(self, **kwargs: Any) -> None:
        ops = [NOTHING, *((op, FORMULA_WORDS[op]) for op in calculated.OPS)]
        fields = (forms.ChoiceField(choices=ops, required=False), NamesField(required=False))
        widget = FormulaWidget([forms.Select(choices=ops), text_box(40)])
        super().__init__(fields=fields, widget=widget, required=False, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> dict[str, Any]:
        """`{"op", "of"}`, or nothing."""
        op, of = data_list or ("", [])
        if bool(op) != bool(of):
            raise ValidationError(_("A formula needs its operation and the keys that it counts with."))
        return {"op": op, "of": of} if op else {}


class FormulaWidget(forms.MultiWidget):
    """Two boxes side by side, each with its name for a screen reader."""

    def decompress(self, value: Any) -> list[Any]:
        """The kept formula in its boxes."""
        return [value.get("op", ""), ", ".join(value.get("of", ()))] if value else ["", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Names the boxes."""
        context = super().get_context(name, value, attrs)
        for box, label in zip(context["widget"]["subwidgets"], (_("operation"), _("fields")), strict=True):
            box["attrs"]["aria-label"] = label
        return context
