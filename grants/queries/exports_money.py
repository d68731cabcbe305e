"""The money of awards as a table: decided, signed, paid, spent by receipts, returned."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from grants.models import Award, Contract, Expense
from grants.queries.ledger import Sums, sums_of
from grants.statuses import ContractKind

STEP = 200  # awards read at a time


def money_head() -> list[str]:
    """The columns."""
    return [
        _("Number"), _("Project"), _("Applicant"), _("Programme year"), _("Status"), _("Awarded"), _("Contract"),
        _("Signed"), _("Paid"), _("Not paid yet"), _("Spent, by receipts"), _("Returned"), _("With the grantee"),
        _("Currency"),
    ]  # fmt: skip


def money_lines(keys: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """One line for each award in the order of the keys; four queries for each two hundred."""
    for start in range(0, len(keys), STEP):
        part = keys[start : start + STEP]
        rows = Award.objects.select_related("application__organisation", "decision__programme_year__programme")
        awards, sums = rows.in_bulk(part), sums_of(part)
        contracts = {
            contract.award_id: contract
            for contract in Contract.objects.live().filter(award__in=part, kind=ContractKind.CONTRACT)
        }
        expenses = Expense.objects.confirmed().filter(award__in=part).order_by()
        spent = dict(expenses.values_list("award").annotate(total=Sum("amount")))
        for key in part:
            if key in awards:
                yield _line(awards[key], contracts.get(key), sums.get(key, Sums()), spent.get(key, Decimal(0)))


def _line(award: Award, contract: Contract | None, sums: Sums, spent: Decimal) -> tuple[Any, ...]:
    application = award.application
    signed = f"{contract.signed_at:%Y-%m-%d}" if contract and contract.signed_at else ""
    return (
        application.number, application.title, application.organisation.name, str(award.decision.programme_year),
        award.get_status_display(), award.amount, contract.number if contract else "", signed, sums.paid,
        award.amount - sums.paid, spent, sums.returned, sums.left, award.currency,
    )  # fmt: skip
