"""How a fund stands against its promise: projects, money, time. Aggregates only, fit for a public page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum

from accounts.models import Sector
from funds.formulas.pace import Pace, counted_by, month_ends, pace, years_between
from funds.models import Fund, LedgerEntry
from funds.statuses import VERDICT_TONE, VERDICT_WORDS, EntryKind


@dataclass(frozen=True, slots=True)
class SectorRow:
    """One sector: how many projects, how much money."""

    sector: Sector
    projects: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One month: projects that counted by its end, and what an even pace would have brought."""

    on: date
    projects: int
    even_pace: Decimal


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole answer for one fund on one day."""

    fund: Fund
    on: date
    pace: Pace
    invested: Decimal
    sectors: list[SectorRow]
    months: list[MonthRow]
    first_paid_on: dict[int, date]

    @property
    def verdict(self) -> Any:
        """A short word and a sentence."""
        return VERDICT_WORDS[self.pace.verdict]

    @property
    def tone(self) -> str:
        """The tone of the status that shows the verdict."""
        return VERDICT_TONE[self.pace.verdict]

    @property
    def left_to_invest(self) -> Decimal:
        """Capital that has not gone to projects."""
        return self.fund.capital - self.invested


def with_totals(on: date) -> QuerySet[Fund, Any]:
    """Funds with `projects_done` and `paid` (negative, as the book has it): one query for the first page."""
    settled = Q(
        ledger__kind=EntryKind.DISBURSEMENT,
        ledger__reverses=None,
        ledger__reversed_by=None,
        ledger__value_on__lte=on,
    )
    return Fund.objects.order_by("pk").annotate(
        projects_done=Count("ledger__investment__project", filter=settled, distinct=True),
        paid=Sum("ledger__amount", filter=settled),
    )


def pace_of(fund: Fund, done: int, on: date) -> Pace:
    """The pace of a fund with so many counted projects."""
    return pace(done=done, target=fund.target_projects, started_on=fund.started_on, term_years=fund.term_years, on=on)


def progress_of(fund: Fund, on: date) -> Progress:
    """Counts distinct projects with a settled first disbursement; two queries, however many projects there are."""
    rows = list(
        LedgerEntry.objects.filter(fund=fund)
        .settled_disbursements(on)
        .values("investment__project", "investment__project__sector")
        .annotate(first=Min("value_on"), total=Sum("amount"))
        .order_by("first", "investment__project")
    )
    first_paid_on = {row["investment__project"]: row["first"] for row in rows}
    return Progress(
        fund=fund,
        on=on,
        pace=pace_of(fund, len(first_paid_on), on),
        invested=-sum((row["total"] for row in rows), Decimal(0)),
        sectors=_sectors(fund, rows),
        months=_months(fund, first_paid_on.values(), on),
        first_paid_on=first_paid_on,
    )


def _sectors(fund: Fund, rows: Sequence[Mapping[str, Any]]) -> list[SectorRow]:
    """The fund's sectors, those without a project too, most projects first."""
    used = [row["investment__project__sector"] for row in rows]
    sectors = Sector.objects.filter(Q(funds=fund) | Q(pk__in=used)).distinct()
    made = [
        SectorRow(
            sector,
            used.count(sector.pk),
            -sum((r["total"] for r in rows if r["investment__project__sector"] == sector.pk), Decimal(0)),
        )
        for sector in sectors
    ]
    return sorted(made, key=lambda row: (-row.projects, -row.amount, row.sector.position))


def _months(fund: Fund, days: Iterable[date], on: date) -> list[MonthRow]:
    """From the fund's first month to this one."""
    dates = list(days)
    return [
        MonthRow(
            day,
            counted_by(dates, day),
            fund.target_projects * years_between(fund.started_on, day, fund.term_years) / fund.term_years,
        )
        for day in month_ends(fund.started_on, min(on, fund.ends_on))
    ]
