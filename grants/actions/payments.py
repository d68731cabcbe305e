"""What the bank did with a payment: it paid, it did not, or the money came back; each is written down once."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.refusals import Refused
from core.templatetags.words import long_date, money
from core.workflow import apply_move, lock
from grants.actions.ledger import lock_awards, refuse_who_does_not_pay, reverse_entry
from grants.actions.letters import tell_owners
from grants.actions.tranches import NOT_APPROVED
from grants.models import LedgerEntry, Payment, PaymentBatch
from grants.statuses import AwardStatus, BatchStatus, EntryKind
from grants.workflow import AWARD, PAYMENT_BATCH, TRANCHE


@transaction.atomic
def record_paid(payment: Payment, *, paid_on: date, order_number: str, by: Any) -> Payment:
    """The bank paid: the ledger gets its entry, the tranche is paid, the grantee is told. The same twice is once.

    Raises Refused for another day or order than was entered before, for what is no longer in the register, and for a
    day before the register was sent or to come.
    """
    refuse_who_does_not_pay(by)
    _batch, rows = lock_batch(payment.batch)
    paid = enter_paid(rows[payment.pk], paid_on=paid_on, order_number=order_number, by=by)
    settle(rows[payment.pk].batch, by)
    return paid


@transaction.atomic
def payment_came_back(payment: Payment, *, reason: str, returned_on: date, reference: str = "", by: Any) -> Payment:
    """The bank did not pay it, or paid and the money is here again: the tranche is planned anew. Twice is once.

    What had been entered as paid gets a reversal in the ledger. Raises Refused without a reason, for a payment that is
    not with the bank, and where the grantee has returned part of it.
    """
    refuse_who_does_not_pay(by)
    _batch, rows = lock_batch(payment.batch)
    payment = rows[payment.pk]
    enter_failed(payment, reason=reason, returned_on=returned_on, reference=reference, by=by)
    settle(payment.batch, by)
    return payment


def lock_batch(batch: PaymentBatch) -> tuple[PaymentBatch, dict[int, Payment]]:
    """The awards of a register, its row, and its payments, all locked in this order: payments by key."""
    awards = lock_awards(batch.payments.values_list("tranche__award", flat=True))
    batch = lock(batch)
    rows = {row.pk: row for row in Payment.objects.select_for_update(of=("self",)).filter(batch=batch).select_related(
        "tranche__award__application__call"
    )}  # fmt: skip
    for row in rows.values():
        row.batch, row.tranche.award = batch, awards[row.tranche.award_id]
    return batch, rows


def enter_paid(payment: Payment, *, paid_on: date, order_number: str, by: Any) -> Payment:
    """Part of an action that has locked the register (`lock_batch`)."""
    order = order_number.strip()
    if payment.paid_at is not None and payment.failed_at is None and _is_same(payment, paid_on, order):
        return payment
    _refuse_settled(payment)
    _refuse_wrong_order(payment, paid_on, order)
    award, now = payment.tranche.award, clock.now()
    payment.paid_at, payment.paid_on, payment.order_number = now, paid_on, order
    payment.save(update_fields=["paid_at", "paid_on", "order_number"])
    record("payment.pay", payment, by=by, data={"amount": payment.amount, "paid_on": paid_on})
    entry = LedgerEntry.objects.create(
        award=award,
        kind=EntryKind.PAID,
        amount=payment.amount,
        currency=payment.currency,
        value_on=paid_on,
        reference=order,
        payment=payment,
        posted_by=by,
    )
    record("ledger.pay", entry, by=by, data={"award": award.public_id, "amount": entry.amount})
    apply_move(TRANCHE, payment.tranche, "pay", by=by, data={"payment": payment.public_id})
    if award.status == AwardStatus.SIGNED:
        apply_move(AWARD, award, "begin", by=by)
    _tell(payment, "tranche_paid", paid_on)
    return payment


def enter_failed(payment: Payment, *, reason: str, returned_on: date, reference: str = "", by: Any) -> Payment:
    """Part of an action that has locked the register (`lock_batch`)."""
    if payment.failed_at is not None:
        return payment
    if not reason.strip() or returned_on > clock.today():
        raise Refused(_("Say why it came back and when, not later than today. Nothing was changed."), code="no_reason")
    _refuse_not_sent(payment)
    entry = LedgerEntry.objects.standing().filter(payment=payment).first()
    if entry is not None:
        award = payment.tranche.award
        reverse_entry(entry, award, value_on=returned_on, reference=reference, reason=reason, by=by)
    payment.failed_at, payment.fail_reason = clock.now(), reason.strip()[:300]
    payment.save(update_fields=["failed_at", "fail_reason"])
    record("payment.come_back", payment, by=by, data={"amount": payment.amount, "was_paid": entry is not None})
    verb = "return" if entry is None else "reopen"
    apply_move(TRANCHE, payment.tranche, verb, by=by, data={"payment": payment.public_id}, **NOT_APPROVED)
    _tell(payment, "payment_back", returned_on)
    return payment


def settle(batch: PaymentBatch, by: Any) -> None:
    """A register of which the bank has answered every payment is settled."""
    if batch.status == BatchStatus.SENT and not batch.payments.waiting().exists():
        apply_move(PAYMENT_BATCH, batch, "settle", by=by, settled_at=clock.now())


def _is_same(payment: Payment, paid_on: date, order: str) -> bool:
    return (payment.paid_on, payment.order_number) == (paid_on, order)


def _refuse_settled(payment: Payment) -> None:
    """Waiting with the bank, and nothing else."""
    if payment.failed_at is not None:
        raise Refused(_("It is entered as not paid. Nothing was changed."), code="failed")
    if payment.paid_at is not None:
        raise Refused(_("It is entered as paid with another day or order. Nothing was changed."), code="paid_otherwise")
    _refuse_not_sent(payment)


def _refuse_not_sent(payment: Payment) -> None:
    if payment.cancelled_at is not None or payment.batch.sent_at is None:
        raise Refused(_("It is not with the bank. Nothing was changed."), code="not_sent")


def _refuse_wrong_order(payment: Payment, paid_on: date, order: str) -> None:
    sent_at: Any = payment.batch.sent_at
    if not order:
        raise Refused(_("Give the number of the payment order. Nothing was entered."), code="no_order")
    if not clock.day_of(sent_at) <= paid_on <= clock.today():
        sentence = _("The day is not before %(day)s, when the register went to the bank, and not later than today.")
        raise Refused(sentence % {"day": long_date(clock.day_of(sent_at))}, code="wrong_day")
    if Payment.objects.live().filter(order_number=order, paid_on=paid_on).exclude(pk=payment.pk).exists():
        raise Refused(_("Another payment has this order of this day. Nothing was entered."), code="order_used")


def _tell(payment: Payment, event: str, day: date) -> None:
    """The owners: which tranche, how much, which day."""
    tranche = payment.tranche
    tell_owners(
        tranche.award.application,
        event,
        key=f"{event}:{payment.public_id}",
        context=lambda: {
            "amount": money(payment.amount, payment.currency),
            "tranche": tranche.number,
            "day": long_date(day),
        },
    )
