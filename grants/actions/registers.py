"""The files of a checked register for the bank, written once by a worker that claims it."""

from typing import Any

from django.db import transaction
from django.utils import translation

from core import clock
from core.audit import record
from core.refusals import Refused
from core.workflow import lock
from documents.actions.store import atomic_with_files, store_bytes
from documents.formulas.sniffing import XLSX
from documents.formulas.tables import write_csv, write_table
from grants.models import PaymentBatch
from grants.queries.payments import head, lines, payments_in, wrong_accounts

LANGUAGE = "ru"  # banks and the treasury read payment orders in Russian; names stand as they are written


def write_register(batch_id: int) -> PaymentBatch | None:
    """Writes the XLSX and the CSV of one checked register; None where another worker has it, or it is written.

    Safe to run twice and to be killed anywhere: the claim is a conditional update that is free again after PATIENCE,
    and both files come into their places in one transaction. Raises Refused where an account number or a BIC is wrong.
    """
    if not PaymentBatch.objects.free().filter(pk=batch_id).update(claimed_at=clock.now()):
        return None
    batch = PaymentBatch.objects.get(pk=batch_id)
    payments = list(payments_in(batch).live())
    wrong = wrong_accounts(payments)
    if wrong:
        raise Refused(f"{batch}: {len(wrong)}", code="wrong_account", items=[one.public_id for one in wrong])
    with translation.override(LANGUAGE):
        columns, rows = head(), list(lines(batch, payments))
    files = {
        "register_xlsx": (write_table(columns, rows, title=batch.number), "xlsx", XLSX.media_type),
        "register_csv": (write_csv(columns, rows), "csv", "text/csv"),
    }
    return _keep(batch, files)


@atomic_with_files()
def _keep(batch: PaymentBatch, files: dict[str, tuple[bytes, str, str]]) -> PaymentBatch | None:
    batch = lock(batch)
    if not PaymentBatch.objects.unwritten().filter(pk=batch.pk).exists():
        return None  # cancelled meanwhile, or written by a worker that was thought to be dead
    kept = {}
    for name, (content, ending, media_type) in files.items():
        document = store_bytes(content, name=f"{batch.number}.{ending}", media_type=media_type, by=None)
        setattr(batch, name, document)
        kept[ending] = document.sha256
    batch.claimed_at = None
    batch.save(update_fields=[*files, "claimed_at"])
    record("payment_batch.write", batch, by=None, data=kept)
    return batch


def unwritten_registers() -> list[int]:
    """Keys of registers that no living worker is writing; claims of dead ones are given up, and the trail says so."""
    for batch in PaymentBatch.objects.stuck():
        _release(batch)
    return list(PaymentBatch.objects.free().values_list("pk", flat=True))


@transaction.atomic
def _release(batch: PaymentBatch) -> None:
    claimed_at: Any = batch.claimed_at
    if PaymentBatch.objects.stuck().filter(pk=batch.pk, claimed_at=claimed_at).update(claimed_at=None):
        record("payment_batch.release", batch, by=None, data={"claimed_at": claimed_at.isoformat()})
