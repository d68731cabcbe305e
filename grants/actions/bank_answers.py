"""Reading in what the bank answered to a register: all lines or none, and the same file twice pays once."""

from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.refusals import Refused
from documents.actions.store import atomic_with_files, store_bytes
from documents.formulas.names import shown_name
from documents.formulas.sniffing import XLSX
from documents.formulas.tables import NotATable
from grants.actions.ledger import refuse_who_does_not_pay
from grants.actions.payments import enter_failed, enter_paid, lock_batch, settle
from grants.models import BankAnswer, PaymentBatch
from grants.queries.bank_answers import XLSX_BEGINS, Answer, read_lines, rows_of
from grants.statuses import BatchStatus

LARGEST = 5 * 1024 * 1024
ENDED = frozenset({BatchStatus.SENT, BatchStatus.SETTLED})


@atomic_with_files()
def read_answer(batch: PaymentBatch, *, upload: File, by: Any) -> BankAnswer:
    """Writes down every line of the file in one transaction and keeps the file; what stands there already stays.

    Raises Refused with the faults, for a file that is no table, and for a register that is not with the bank.
    """
    refuse_who_does_not_pay(by)
    content = _content(upload)
    batch, rows = lock_batch(batch)
    if batch.status not in ENDED:
        raise Refused(_("This register is not with the bank. Nothing was read in."), code="not_sent")
    answer = _read(content, {row.public_id: row for row in rows.values()})
    paid, failed = _enter(answer, by)
    settle(batch, by)
    is_xlsx = content.startswith(XLSX_BEGINS)
    document = store_bytes(
        content, name=shown_name(upload.name or ""), media_type=XLSX.media_type if is_xlsx else "text/csv", by=None
    )
    made = BankAnswer.objects.create(batch=batch, document=document, paid=paid, failed=failed, read_by=by)
    record("bank_answer.read", made, by=by, data={"sha256": document.sha256, "paid": paid, "failed": failed})
    return made


def _content(upload: File) -> bytes:
    if upload.size > LARGEST:
        raise Refused(_("This file is larger than 5 MB. An answer of the bank is a small table."), code="too_large")
    return upload.read()


def _read(content: bytes, payments: dict[str, Any]) -> Answer:
    try:
        answer = read_lines(rows_of(content), payments)
    except NotATable as error:
        raise Refused(
            _("This file is no XLSX or CSV that we can read. Nothing was read in."), code="no_table"
        ) from error
    if answer.faults:
        sentence = _("Some lines do not fit the register, so nothing was read in: %(faults)s")
        raise Refused(sentence % {"faults": " ".join(answer.faults)}, code="faults", items=answer.faults)
    if not answer.lines:
        raise Refused(_("No line of the file says that anything was paid or not paid."), code="nothing")
    return answer


def _enter(answer: Answer, by: Any) -> tuple[int, int]:
    """How many were paid, how many were not; those that stand so already are not counted."""
    paid = failed = 0
    for line in answer.lines:
        payment = line.payment
        is_new = payment.paid_at is None and payment.failed_at is None
        if line.paid_on is not None:
            enter_paid(payment, paid_on=line.paid_on, order_number=line.order_number, by=by)
            paid += is_new
        else:
            was_failed = payment.failed_at is not None
            enter_failed(payment, reason=line.reason, returned_on=clock.today(), by=by)
            failed += not was_failed
    return paid, failed
