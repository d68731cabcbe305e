"""Tables as XLSX and CSV: written so that no cell is ever a formula, read back as plain text. No Django."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

import xlsxwriter
from openpyxl import load_workbook

ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet may take for a formula, also after «save as CSV»
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST = 32_767  # letters that a cell holds
MOST_ROWS, MOST_COLUMNS = 20_000, 40
DAY = datetime(2026, 1, 1)  # noqa: DTZ001 (what every file says of its making: the same rows give the same bytes)


class NotATable(ValueError):
    """The file is no table that can be read."""


def write_table(
    head: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str, choices: dict[int, Sequence[str]] | None = None
) -> bytes:
    """A book of one sheet with a bold first line that stays in sight.

    Numbers stay numbers, everything else is text; text that a spreadsheet would take for a formula carries the mark of
    text (the apostrophe of Excel), its letters stay. `choices`: column -> what may be chosen in it.
    """
    made = BytesIO()
    with xlsxwriter.Workbook(made, OPTIONS) as book:
        book.set_properties({"title": title, "created": DAY})
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [str(one) for one in head], book.add_format({"bold": True, "text_wrap": True}))
        plain, marked, widths = book.add_format(), book.add_format({"quote_prefix": True}), [len(h) for h in head]
        count = 0
        for count, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, count, column, value, plain, marked)
                widths[column] = max(widths[column], len(str(value or "")))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(max(width + 2, 8), 60))
        for column, offered in (choices or {}).items():
            sheet.data_validation(1, column, max(count, 1), column, {"validate": "list", "source": list(offered)})
    return made.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, plain: Any, marked: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, plain)
        return
    text = str(value)[:LONGEST]
    sheet.write_string(row, column, text, marked if text.startswith(ACTIVE) else plain)


def read_table(content: bytes) -> list[list[str]]:
    """The rows of the first sheet as text without blanks around it and empty cells after it, the first line too.

    Raises NotATable for what is no XLSX, and for more than MOST_ROWS.
    """
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        found = [_without_end([_text(cell) for cell in row]) for row in rows]
    except (BadZipFile, KeyError, IndexError, ValueError, OSError, SyntaxError) as error:
        raise NotATable(str(error)) from error
    if len(found) > MOST_ROWS:
        raise NotATable("too many rows")
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.strftime("%d.%m.%Y")
    return str(value).strip()


def write_csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The same table as text, with semicolons and the mark by which spreadsheets know UTF-8.

    Text that a spreadsheet would take for a formula gets the apostrophe of Excel before it.
    """
    made = StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _harmless(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(ACTIVE) else text


def read_csv(content: bytes) -> list[list[str]]:
    """Rows of a CSV in UTF-8 or Windows-1251, parted by semicolons, tabs or commas, as `read_table` gives them.

    Raises NotATable for what is no text, and for more than MOST_ROWS.
    """
    try:
        text = _decoded(content)
        first = text.split("\n", 1)[0]
        delimiter = max(";\t,", key=first.count)
        found = [
            _without_end([cell.strip() for cell in row]) for row in csv.reader(StringIO(text), delimiter=delimiter)
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise NotATable(str(error)) from error
    if "\0" in text or len(found) > MOST_ROWS:
        raise NotATable("no text, or too many rows")
    return found


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251")


def _without_end(row: list[str]) -> list[str]:
    """Without the empty cells after the last one."""
    last = max((place for place, text in enumerate(row, start=1) if text), default=0)
    return row[:last]
