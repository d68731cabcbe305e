"""Registers of payments: one person makes them, a second checks, a third takes them to the bank."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import BankAccount
from core import clock
from core.audit import record
from core.counters import next_number
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.ledger import lock_awards
from grants.models import Payment, PaymentBatch, ProgrammeYear, Tranche
from grants.queries.payments import payments_in
from grants.queries.tranches import conditions_of
from grants.statuses import BatchStatus, TrancheStatus
from grants.workflow import PAYMENT_BATCH

IN_REGISTER = ("award__application__organisation", "award__decision")


@transaction.atomic
def make_batch(year: ProgrammeYear, *, tranches: Sequence[Tranche], purpose_code: str = "", by: Any) -> PaymentBatch:
    """A register of approved tranches of one programme year, each to the checked account as it stands now.

    Raises Refused with the reasons where one of them may not be paid: nothing is made then.
    """
    if not policy.may_approve_tranches(by):
        raise NotAllowed(_("Only officers and finance make registers."), code="not_allowed")
    if not tranches:
        raise Refused(_("Choose what is to be paid."), code="nothing")
    lock_awards(tranche.award_id for tranche in tranches)
    keys = [tranche.pk for tranche in tranches]
    rows = list(Tranche.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related(*IN_REGISTER))
    _refuse_unpayable(rows, year)
    accounts = _accounts(rows)
    number = next_number(f"payments-{year.year}")
    batch = PaymentBatch.objects.create(
        programme_year=year, number=f"PAY-{year.year}-{number:04d}", purpose_code=purpose_code, made_by=by
    )
    Payment.objects.bulk_create(
        Payment(batch=batch, tranche=row, bank_account=accounts[row.pk], amount=row.amount, currency=row.currency)
        for row in sorted(rows, key=lambda row: row.pk)
    )
    record("payment_batch.make", batch, by=by, data={"tranches": sorted(row.public_id for row in rows)})
    return batch


def _refuse_unpayable(rows: list[Tranche], year: ProgrammeYear) -> None:
    conditions = conditions_of(rows)
    taken = set(Payment.objects.live().filter(tranche__in=rows).values_list("tranche", flat=True))
    faults = []
    for row in rows:
        missing = [f"{one.label}: {one.missing}" for one in conditions[row.pk] if not one.holds]
        if row.award.decision.programme_year_id != year.pk:
            missing.append(_("it is of another programme year."))
        if row.status != TrancheStatus.APPROVED or row.pk in taken:
            missing.append(_("it is not approved, or stands in a register already."))
        faults += [f"{row}: {one}" for one in missing]
    _refuse(faults)


def _refuse(faults: list[str]) -> None:
    if faults:
        sentence = _("Not everything may be paid, so nothing was done: %(faults)s")
        raise Refused(sentence % {"faults": " ".join(faults)}, code="unpayable", items=faults)


def _accounts(rows: list[Tranche]) -> dict[int, BankAccount]:
    """The open account of each tranche's organisation; the conditions have said that there is one."""
    organisations = {row.award.application.organisation_id for row in rows}
    found = {account.organisation_id: account for account in BankAccount.objects.open().filter(
        organisation__in=organisations
    )}  # fmt: skip
    return {row.pk: found[row.award.application.organisation_id] for row in rows}


@transaction.atomic
def take_out(payment: Payment, *, by: Any) -> Payment:
    """Takes one payment out of a register that nobody has checked yet; the tranche stays approved. Twice is once."""
    batch = _locked(payment.batch)
    payment = lock(payment)
    if payment.cancelled_at is not None:
        return payment
    if not policy.may_cancel_batch(by, batch):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    if batch.status != BatchStatus.MADE:
        raise Refused(
            _("The register is checked already. Cancel it and make another one without this payment."), code="checked"
        )
    if batch.payments.live().count() == 1:
        raise Refused(_("It is the only payment. Cancel the whole register."), code="the_only_one")
    _cancel([payment], by)
    return payment


@transaction.atomic
def check_batch(batch: PaymentBatch, *, by: Any) -> PaymentBatch:
    """The second person: everything is read once more, then a worker writes the files for the bank.

    Raises NotAllowed for its maker and for who approved one of its tranches, Refused with what may not be paid.
    """
    batch = _locked(batch)
    _refuse_approvers(batch, by)
    _refuse_changed(batch)
    return apply_move(PAYMENT_BATCH, batch, "check", by=by, checked_at=clock.now(), checked_by=by)


@transaction.atomic
def send_batch(batch: PaymentBatch, *, by: Any) -> PaymentBatch:
    """The third person has taken the files to the bank. Raises Refused while they are not written, and with what may
    no longer be paid (a hold, another account): such a register is cancelled and made anew."""
    batch = _locked(batch)
    _refuse_approvers(batch, by)
    if batch.status == BatchStatus.CHECKED:
        if batch.register_xlsx_id is None:
            raise Refused(_("The files for the bank are being written. Try in a minute."), code="unwritten")
        _refuse_changed(batch)
    return apply_move(PAYMENT_BATCH, batch, "send", by=by, sent_at=clock.now(), sent_by=by)


@transaction.atomic
def cancel_batch(batch: PaymentBatch, *, by: Any) -> PaymentBatch:
    """Before it goes to the bank: the tranches stay approved and may stand in another register."""
    batch = _locked(batch)
    if policy.may_cancel_batch(by, batch) and batch.status in (BatchStatus.MADE, BatchStatus.CHECKED):
        _cancel(list(batch.payments.live()), by)
    return apply_move(PAYMENT_BATCH, batch, "cancel", by=by, cancelled_at=clock.now())


@transaction.atomic
def note_register_taken(batch: PaymentBatch, file_format: str, *, by: Any) -> None:
    """The trail says who took a file with account numbers."""
    record("payment_batch.take", batch, by=by, data={"format": file_format})


def _cancel(payments: list[Payment], by: Any) -> None:
    for payment in payments:
        payment.cancelled_at = clock.now()
        payment.save(update_fields=["cancelled_at"])
        record("payment.cancel", payment, by=by, data={"amount": payment.amount})


def _locked(batch: PaymentBatch) -> PaymentBatch:
    """The awards of its payments first, then its own row."""
    lock_awards(batch.payments.values_list("tranche__award", flat=True))
    return lock(batch)


def _refuse_approvers(batch: PaymentBatch, by: Any) -> None:
    if batch.payments.live().filter(tranche__approved_by=by).exists():
        sentence = _("You approved one of these tranches yourself. Another person checks and pays.")
        raise NotAllowed(sentence, code="same_person")


def _refuse_changed(batch: PaymentBatch) -> None:
    """What held when it was made holds still: conditions, and the account that stands in the register."""
    rows = list(payments_in(batch).live())
    conditions = conditions_of([row.tranche for row in rows])
    faults = [
        f"{row.tranche}: {one.label}: {one.missing}"
        for row in rows
        for one in conditions[row.tranche_id]
        if not one.holds
    ]
    other = _("the account in the register is no longer the open one.")
    faults += [f"{row.tranche}: {other}" for row in rows if row.bank_account.closed_at is not None]
    _refuse(faults)
