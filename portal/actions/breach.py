"""The list of people that a breach touched: made by an administrator, with a line in the trail."""

import csv
import hashlib
import io
from dataclasses import asdict
from typing import Any

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.policy import may_hold
from core.audit import record
from core.refusals import NotAllowed
from portal.queries.breach import Filters, as_rows, touched_people

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@transaction.atomic
def export_touched(filters: Filters, *, kind: str, by: Any) -> tuple[bytes, int]:
    """The file (`xlsx` or `csv`) and how many people are in it. Raises NotAllowed for anybody but administrators.

    The trail keeps the filters, the count and the hash of the file: never a name.
    """
    if not may_hold(by):
        raise NotAllowed(_("Only an administrator may do this."), code="not_allowed")
    people = touched_people(filters)
    content = {"xlsx": _xlsx, "csv": _csv}[kind](as_rows(people))
    digest = hashlib.sha256(content).hexdigest()
    named = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(filters).items()}
    named["organisations"] = len(filters.organisations)  # one may be typed as an IIN
    named["taken_by"] = len(filters.taken_by)  # e-mails
    record("breach.export", by, by=by, data={**named, "people": len(people), "sha256": digest})
    return content, len(people)


def _csv(rows: list[list[Any]]) -> bytes:
    """With the mark by which Excel knows UTF-8; a cell that Excel would compute is text."""
    out = io.StringIO()
    csv.writer(out).writerows([[_as_text(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _as_text(cell: str) -> str:
    is_phone = cell[:1] == "+" and cell[1:].isdecimal()
    return f"'{cell}" if cell[:1] in FORMULA and not is_phone else cell


def _xlsx(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        sheet.set_column(0, 5, 28)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, str(cell))
    return out.getvalue()
