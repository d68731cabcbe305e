"""The money of one award as staff and grantee read it: tranches with their conditions, sums, and what happened."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from grants import policy
from grants.models import Award, Hold, LedgerEntry, Payment, Tranche
from grants.queries.ledger import Sums, sums_of
from grants.queries.payments import Choice, choices
from grants.statuses import TRANCHE_MARKS, EntryKind, TrancheStatus


@dataclass(frozen=True)
class Happened:
    """One thing that happened to the money."""

    at: datetime
    on: date
    title: str
    amount: Decimal | None = None
    text: str = ""


@dataclass(frozen=True)
class Part:
    """A tranche as it stands: its conditions are shown until it is paid or cancelled."""

    choice: Choice
    tone: str
    shape: str
    paid_on: date | None

    @property
    def tranche(self) -> Tranche:
        """The row."""
        return self.choice.tranche

    @property
    def shows_conditions(self) -> bool:
        """While it waits."""
        return self.tranche.status in (TrancheStatus.PLANNED, TrancheStatus.APPROVED)


@dataclass(frozen=True)
class AwardMoney:
    """Everything the pages of an award's money print."""

    award: Award
    parts: list[Part]
    sums: Sums
    holds: list[Hold]
    timeline: list[Happened]

    @property
    def to_pay(self) -> Decimal:
        """Of the award, what is not paid."""
        return self.award.amount - self.sums.paid


def awards_with_money(user: Any) -> QuerySet[Award]:
    """Whose money a person follows: staff of contracts all, members their own organisation's."""
    rows = Award.objects.select_related("application__organisation", "application__call")
    if policy.may_see_contracts(user):
        return rows
    return rows.filter(application__organisation__memberships__user=user)


def money_of(award: Award) -> AwardMoney:
    """A dozen queries, however much has happened."""
    payments = list(Payment.objects.filter(tranche__award=award).select_related("tranche", "batch").order_by("pk"))
    holds = list(Hold.objects.filter(award=award).select_related("placed_by"))
    paid_on = {row.tranche_id: row.paid_on for row in payments if row.paid_on and row.failed_at is None}
    parts = [
        Part(choice, *TRANCHE_MARKS[TrancheStatus(choice.tranche.status)], paid_on.get(choice.tranche.pk))
        for choice in choices(award.tranches.select_related("award__application"))
    ]
    return AwardMoney(
        award=award,
        parts=parts,
        sums=sums_of([award.pk]).get(award.pk, Sums()),
        holds=[one for one in holds if one.lifted_at is None],
        timeline=_timeline(award, payments, holds),
    )


def _timeline(award: Award, payments: list[Payment], holds: list[Hold]) -> list[Happened]:
    """The newest first."""
    entries = LedgerEntry.objects.filter(award=award).select_related("payment__tranche", "reverses")
    found = [_entry(one) for one in entries]
    for row in payments:
        named = {"number": row.tranche.number}
        if row.batch.sent_at and row.cancelled_at is None:
            found.append(_at(row.batch.sent_at, _("Tranche %(number)s went to the bank") % named, row.amount))
        if row.failed_at and row.paid_at is None:
            title = _("Tranche %(number)s was not paid by the bank") % named
            found.append(_at(row.failed_at, title, row.amount, row.fail_reason))
    for hold in holds:
        found.append(_at(hold.placed_at, _("Money is held back"), text=f"{hold.get_kind_display()}. {hold.reason}"))
        if hold.lifted_at:
            found.append(_at(hold.lifted_at, _("The hold is lifted")))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _at(at: datetime, title: str, amount: Decimal | None = None, text: str = "") -> Happened:
    return Happened(at, clock.day_of(at), title, amount, text)


def _entry(entry: LedgerEntry) -> Happened:
    order = _("Payment order %(number)s") % {"number": entry.reference} if entry.reference else ""
    text = " · ".join(part for part in (order, entry.reason) if part)
    if entry.kind == EntryKind.PAID and entry.payment:
        title = _("Tranche %(number)s is paid") % {"number": entry.payment.tranche.number}
    elif entry.kind == EntryKind.RETURNED:
        title = _("Returned by the grantee")
    elif entry.reverses and entry.reverses.kind == EntryKind.PAID:
        title = _("A payment came back")
    else:
        title = _("A wrong entry was taken back")
    return Happened(entry.posted_at, entry.value_on, title, entry.amount, text)
