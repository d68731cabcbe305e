"""What the ledger of grant money says: of one award, of many, of programme years."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum

from grants.models import Award, Contract, Expense, LedgerEntry, ProgrammeYear
from grants.statuses import AWARDS_OVER, ContractKind, EntryKind

ZERO = Decimal(0)
PAID, RETURNED = Q(kind=EntryKind.PAID), Q(kind=EntryKind.RETURNED)


@dataclass(frozen=True)
class Sums:
    """Paid and returned, reversals taken off."""

    paid: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """What stands with the grantee."""
        return self.paid - self.returned


@dataclass(frozen=True)
class YearTotals:
    """A programme year: what was decided, signed, paid, spent by receipts, returned."""

    year: ProgrammeYear
    contracted: Decimal
    sums: Sums
    spent: Decimal

    @property
    def to_pay(self) -> Decimal:
        """Of what was signed, what is not paid yet."""
        return self.contracted - self.sums.paid


def sums_by(entries: QuerySet[LedgerEntry], key: str) -> dict[int, Sums]:
    """Sums of standing entries under each value of a column. One query."""
    rows = entries.filter(kind__in=[EntryKind.PAID, EntryKind.RETURNED], reversed_by=None).order_by()
    found = rows.values(group=F(key)).annotate(paid=Sum("amount", filter=PAID), returned=Sum("amount", filter=RETURNED))
    return {row["group"]: Sums(row["paid"] or ZERO, row["returned"] or ZERO) for row in found}


def sums_of(awards: Iterable[int]) -> dict[int, Sums]:
    """Sums by the award's key; an award without an entry is not there."""
    return sums_by(LedgerEntry.objects.filter(award__in=awards), "award")


def with_grantee(award: Award) -> Decimal:
    """What was paid and has not come back."""
    return sums_of([award.pk]).get(award.pk, Sums()).left


def year_totals() -> list[YearTotals]:
    """Every programme year with its sums, the newest first; four queries."""
    signed = Contract.objects.live().filter(kind=ContractKind.CONTRACT, signed_at__isnull=False)
    contracted = _by_year(Award.objects.filter(pk__in=signed.values("award")).exclude(status__in=AWARDS_OVER), "")
    spent = _by_year(Expense.objects.confirmed(), "award__")
    sums = sums_by(LedgerEntry.objects.all(), "award__decision__programme_year")
    return [
        YearTotals(year, contracted.get(year.pk, ZERO), sums.get(year.pk, Sums()), spent.get(year.pk, ZERO))
        for year in ProgrammeYear.objects.select_related("programme")
    ]


def _by_year(rows: QuerySet, path: str) -> dict[int, Decimal]:
    found = rows.order_by().values(group=F(f"{path}decision__programme_year")).annotate(total=Sum("amount"))
    return {row["group"]: row["total"] or ZERO for row in found}
