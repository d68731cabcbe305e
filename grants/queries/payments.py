"""What stands in registers of payments, and what may stand in the next one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Bank
from accounts.queries.banks import code_of
from core.identifiers import check_bic, check_iban
from grants.formulas.registers import beneficiary_code
from grants.models import Payment, PaymentBatch, ProgrammeYear, Tranche
from grants.models.payment import PaymentQuerySet
from grants.models.tranche import TrancheQuerySet
from grants.queries.tranches import Condition, conditions_of
from grants.statuses import BatchStatus, TrancheStatus

WITH = ("tranche__award__application__organisation", "bank_account")


@dataclass(frozen=True)
class Choice:
    """A tranche with its conditions."""

    tranche: Tranche
    conditions: list[Condition]

    @property
    def is_payable(self) -> bool:
        """Whether all of them hold."""
        return all(one.holds for one in self.conditions)

    @property
    def missing(self) -> list[Condition]:
        """Those that do not."""
        return [one for one in self.conditions if not one.holds]


def payments_in(batch: PaymentBatch) -> PaymentQuerySet:
    """The payments of a register with all that is read of them."""
    return Payment.objects.filter(batch=batch).select_related(*WITH).order_by("pk")


@dataclass(frozen=True)
class Line:
    """A payment on the page of its register."""

    payment: Payment
    label: Any
    tone: str
    shape: str
    is_doubtful: bool
    missing: list[Condition]


def batch_page(batch: PaymentBatch) -> dict[str, Any]:
    """The payments of a register with what speaks against them now, their sum, and what the bank answered."""
    rows = list(payments_in(batch))
    is_waiting = batch.status in (BatchStatus.MADE, BatchStatus.CHECKED)
    conditions = conditions_of([row.tranche for row in rows]) if is_waiting else {}
    differing = {row.pk for row in doubtful_accounts(rows)} if is_waiting else set()
    live = [row for row in rows if row.cancelled_at is None and row.failed_at is None]
    lines = [
        Line(row, *_state(row), row.pk in differing, [c for c in conditions.get(row.tranche_id, []) if not c.holds])
        for row in rows
    ]
    answers = batch.answers.select_related("read_by", "document")
    return {"lines": lines, "total": sum((row.amount for row in live), Decimal(0)), "answers": list(answers)}


def _state(payment: Payment) -> tuple[Any, str, str]:
    if payment.failed_at:
        return _("Came back") if payment.paid_at else _("Not paid"), "bad", "back"
    if payment.cancelled_at:
        return _("Taken out"), "neutral", "dash"
    if payment.paid_at:
        return _("Paid"), "good", "check"
    return _("Waits"), "wait", "clock"


def approved_tranches(year: ProgrammeYear) -> TrancheQuerySet:
    """Approved, of one programme year, in no register."""
    live = Payment.objects.live().filter(tranche=OuterRef("pk"))
    rows = Tranche.objects.filter(status=TrancheStatus.APPROVED, award__decision__programme_year=year)
    return rows.filter(~Exists(live)).select_related("award__application__organisation").order_by("approved_at", "pk")


def choices(rows: QuerySet[Tranche]) -> list[Choice]:
    """Each with its conditions as they stand now."""
    tranches = list(rows)
    conditions = conditions_of(tranches)
    return [Choice(tranche, conditions[tranche.pk]) for tranche in tranches]


def head() -> list[str]:
    """The columns of a register; the last three are filled by the bank's answer (queries/bank_answers.py)."""
    return [
        "№", _("Payment"), _("Recipient"), _("IIN or BIN"), _("KBe"), _("Account (IBAN)"), _("BIC"), _("Bank"),
        _("Amount"), _("Currency"), _("KNP"), _("Purpose"), _("Paid on"), _("Payment order"), _("Why it was not paid"),
    ]  # fmt: skip


def lines(batch: PaymentBatch, payments: Sequence[Payment]) -> Iterator[tuple]:
    """One line of the register for each payment."""
    for place, payment in enumerate(payments, start=1):
        organisation, account = payment.tranche.award.application.organisation, payment.bank_account
        yield (
            str(place), payment.public_id, organisation.name, organisation.identifier or "",
            beneficiary_code(organisation.kind, organisation.country), account.iban, account.bic, account.bank_name,
            payment.amount, payment.currency, batch.purpose_code, purpose(payment), "", "", "",
        )  # fmt: skip


def purpose(payment: Payment) -> str:
    """What stands in the payment order as its purpose."""
    tranche = payment.tranche
    told = {"number": tranche.award.application.number, "tranche": tranche.number, "payment": payment.public_id}
    return _("Grant %(number)s, tranche %(tranche)s. Payment %(payment)s") % told


def wrong_accounts(payments: Sequence[Payment]) -> list[Payment]:
    """Payments whose account number or BIC is no right one."""
    return [one for one in payments if not _is_right(one)]


def _is_right(payment: Payment) -> bool:
    return check_iban(payment.bank_account.iban).ok and check_bic(payment.bank_account.bic).ok


def doubtful_accounts(payments: Sequence[Payment]) -> list[Payment]:
    """Payments whose BIC is another than the list of banks has for the number: worth a second look, no refusal."""
    known = dict(Bank.objects.values_list("code", "bic"))
    pairs = [(one, known.get(code_of(one.bank_account.iban), "")) for one in payments]
    return [one for one, bic in pairs if bic and bic != one.bank_account.bic]
