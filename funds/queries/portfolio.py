"""The portfolio as a table, for those who work with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Min, Sum

from funds.models import Fund, Investment, LedgerEntry, Project


@dataclass(frozen=True, slots=True)
class PortfolioRow:
    """One project: what was approved, what was paid, since when it counts."""

    project: Project
    investments: list[Investment]
    approved: Decimal
    paid: Decimal
    first_paid_on: date | None

    @property
    def instruments(self) -> str:
        """The instruments, each once."""
        return ", ".join(dict.fromkeys(str(one.get_instrument_display()) for one in self.investments))


def portfolio_of(fund: Fund, on: date) -> list[PortfolioRow]:
    """Every project of the fund, the latest paid first, those without a payment on top; three queries."""
    projects = Project.objects.filter(fund=fund).select_related("organisation", "sector")
    nothing = (None, Decimal(0))
    totals = {
        row["investment__project"]: (row["first"], -row["total"])
        for row in LedgerEntry.objects.filter(fund=fund)
        .settled_disbursements(on)
        .values("investment__project")
        .annotate(first=Min("value_on"), total=Sum("amount"))
    }
    rows = [_row(one, *totals.get(one.pk, nothing)) for one in projects.prefetch_related("investments")]
    return sorted(rows, key=lambda row: (row.first_paid_on or date.max, row.project.pk), reverse=True)


def _row(project: Project, first_paid_on: date | None, paid: Decimal) -> PortfolioRow:
    investments = list(project.investments.all())
    approved = sum((Decimal(one.amount) for one in investments), Decimal(0))
    return PortfolioRow(project, investments, approved, paid, first_paid_on)
