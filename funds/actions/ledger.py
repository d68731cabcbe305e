"""Money in the fund's book. Locks are taken in one order everywhere: the fund first, then the investment."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from funds import policy
from funds.models import Fund, Investment, LedgerEntry
from funds.statuses import EntryKind, InvestmentStatus


@transaction.atomic
def post_disbursement(
    investment: Investment, *, amount: Decimal, value_on: date, by: Any, seen_paid: Decimal | None = None
) -> LedgerEntry:
    """Books money paid to a project; `amount` is positive, in the fund's currency, `value_on` the bank's date.

    `seen_paid` is what the page showed as paid so far: a second press of the same form finds another sum, and is
    refused. Raises NotAllowed, or Refused where the payment exceeds the approved amount or the fund's capital, where
    the date cannot be, or where the investment is no longer active.
    """
    _must_post(by)
    fund = lock(investment.project.fund)
    investment = lock(investment)
    paid = paid_of(investment)
    _check_state(investment, amount, paid, seen_paid)
    _check_date(fund, investment, value_on)
    if paid + amount > investment.amount:
        raise Refused(
            _("This is more than was approved for the project. Lower the amount; nothing was booked."),
            code="over_approved",
        )
    if paid_from(fund) + amount > fund.capital:
        raise Refused(_("This is more than the fund has. Lower the amount; nothing was booked."), code="over_capital")
    entry = LedgerEntry.objects.create(
        fund=fund,
        investment=investment,
        kind=EntryKind.DISBURSEMENT,
        amount=-amount,
        currency=fund.currency,
        value_on=value_on,
        posted_at=clock.now(),
        posted_by=by,
    )
    data = {"investment": investment.public_id, "amount": amount, "currency": fund.currency, "value_on": value_on}
    record("ledger.post_disbursement", entry, by=by, data=data)
    return entry


@transaction.atomic
def reverse_entry(entry: LedgerEntry, *, by: Any) -> LedgerEntry:
    """Corrects a row by repeating it with the opposite sign, on the same value date; each row is reversed once.

    Raises NotAllowed, or Refused for a row that is a reversal or is reversed already.
    """
    _must_post(by)
    fund = lock(entry.fund)
    if entry.reverses_id or LedgerEntry.objects.filter(reverses=entry).exists():
        raise Refused(
            _("This row is a correction or was corrected already. Nothing was booked: reload the page."),
            code="reversed_already",
        )
    reversal = LedgerEntry.objects.create(
        fund=fund,
        investment=entry.investment,
        kind=entry.kind,
        amount=-entry.amount,
        currency=entry.currency,
        value_on=entry.value_on,
        reverses=entry,
        posted_at=clock.now(),
        posted_by=by,
    )
    record("ledger.reverse_entry", reversal, by=by, data={"reverses": entry.pk, "amount": reversal.amount})
    return reversal


def paid_of(investment: Investment) -> Decimal:
    """What the project has been paid on this investment; corrected rows cancel out."""
    return _paid(LedgerEntry.objects.filter(investment=investment))


def paid_from(fund: Fund) -> Decimal:
    """What the fund has paid to all its projects."""
    return _paid(LedgerEntry.objects.filter(fund=fund))


def _paid(rows: Any) -> Decimal:
    total = rows.filter(kind=EntryKind.DISBURSEMENT).aggregate(sum=Sum("amount"))["sum"]
    return -(total or Decimal(0))


def _must_post(by: Any) -> None:
    if not policy.may_post_ledger(by):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")


def _check_state(investment: Investment, amount: Decimal, paid: Decimal, seen_paid: Decimal | None) -> None:
    """Refuses a payment that is none, a second press, and a payment into an investment that is over."""
    if amount <= 0:
        raise Refused(_("Enter an amount above zero. Nothing was booked."), code="not_positive")
    if seen_paid is not None and seen_paid != paid:
        raise Refused(
            _("A payment was booked since you opened this page. Check the payments before you book another one."),
            code="seen_too_early",
        )
    if investment.status != InvestmentStatus.ACTIVE:
        raise Refused(_("The investment is no longer active. Nothing was booked."), code="not_active")


def _check_date(fund: Fund, investment: Investment, value_on: date) -> None:
    """The bank's date lies between the approval and today, inside the fund's life."""
    if not max(fund.started_on, investment.approved_on) <= value_on <= min(clock.today(), fund.ends_on):
        raise Refused(
            _("The payment cannot be before the approval or after today. Correct the date; nothing was booked."),
            code="date_outside",
        )
