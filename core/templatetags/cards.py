"""Cells of the admin's tables that know the name of their column: for the cards of a phone and for screen readers."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def labelled(cells: Iterable[SafeString], headers: Sequence[dict[str, Any]]) -> list[SafeString]:
    """The `<td …>` and `<th …>` of a row as Django's admin made them, each with its column's name as data-label.

    The admin's cells are finished HTML; the attribute is set in right after the tag's name. A list that may be
    edited in place can have a cell more than columns (its key), which stays as it is.
    """
    row = list(cells)
    named = [_labelled(cell, header) for cell, header in zip(row, headers, strict=False)]
    return named + row[len(named) :]


def _labelled(cell: SafeString, header: dict[str, Any]) -> SafeString:
    """One cell with its name; a heading without words (the tick box) gives none."""
    label = _attribute(str(header["text"]))
    if not label or cell[:3] not in ("<td", "<th"):
        return cell
    return mark_safe(f'{cell[:3]} data-label="{label}"{cell[3:]}')  # noqa: S308  Django's own cell, our escaped label


@lru_cache(maxsize=256)
def _attribute(text: str) -> str:
    """The words of a heading, escaped: the same for each row."""
    label = strip_tags(text).strip()
    return escape(label[:1].upper() + label[1:])


@register.filter
def named(field: BoundField) -> SafeString:
    """The input of a form field without a label of its own, named for screen readers by `aria-label`."""
    return field.as_widget(attrs={"aria-label": str(field.label)})
