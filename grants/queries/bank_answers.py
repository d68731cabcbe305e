"""Reading what the bank answered to a register: the register itself with its last three columns filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from documents.formulas.tables import read_csv, read_table
from grants.formulas.registers import read_day, read_sum
from grants.models import Payment

CODE, AMOUNT, PAID_ON, ORDER, REASON = 1, 8, 12, 13, 14  # columns of queries/payments.py
WIDTH = 15
XLSX_BEGINS = b"PK"


@dataclass(frozen=True)
class Line:
    """One line that says something: paid on a day by an order, or a reason why not."""

    payment: Payment
    paid_on: date | None
    order_number: str
    reason: str


@dataclass
class Answer:
    """Lines to write down, and faults that stop all of them."""

    lines: list[Line] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def rows_of(content: bytes) -> list[list[str]]:
    """The lines of an XLSX or a CSV without its head, each of full width. Raises NotATable."""
    rows = (read_table if content.startswith(XLSX_BEGINS) else read_csv)(content)[1:]
    return [[*row, *[""] * WIDTH][:WIDTH] for row in rows if any(row)]


def read_lines(rows: list[list[str]], payments: Mapping[str, Payment]) -> Answer:
    """What the rows say of these payments (by their codes); a row without an answer is left out."""
    answer, seen = Answer(), set[str]()
    for number, row in enumerate(rows, start=2):
        if not any(row[PAID_ON:]):
            continue
        fault = _fault(row, payments, seen)
        if fault:
            answer.faults.append(_("Line %(line)s: %(fault)s") % {"line": number, "fault": fault})
            continue
        seen.add(row[CODE])
        answer.lines.append(Line(payments[row[CODE]], read_day(row[PAID_ON]), row[ORDER], row[REASON]))
    return answer


def _fault(row: list[str], payments: Mapping[str, Payment], seen: set[str]) -> str:
    code = row[CODE]
    if code not in payments:
        return _("«%(code)s» is no payment of this register.") % {"code": code[:40]}
    if code in seen:
        return _("%(code)s stands there twice.") % {"code": code}
    if read_sum(row[AMOUNT]) != payments[code].amount:
        return _("the sum of %(code)s is another one than in the register.") % {"code": code}
    if row[REASON]:
        return _("%(code)s is paid and not paid at once.") % {"code": code} if row[ORDER] or row[PAID_ON] else ""
    if read_day(row[PAID_ON]) is None or not row[ORDER]:
        return _("the day or the payment order of %(code)s is missing.") % {"code": code}
    return ""
