"""What the public may know of the grant programme: released awards, counts, sums. Staged decisions stay unseen.

`ProgrammeYear.committed` counts money from staging on, so it never stands on a public page: figures here come from
awards, which exist only once their decisions are released.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import District, Sector
from core import clock
from core.money import MoneyField
from core.templatetags.words import NBSP, money, number
from grants.models import Application, Award, Call, ProgrammeYear
from grants.statuses import SENT, CallStatus, ProgrammeKind

NOTHING = Decimal(0)
Row = Mapping[str, Any]


def public_awards() -> QuerySet[Award]:
    """Awards that everybody may see and that count: their decision is released and stands."""
    return Award.objects.counting().filter(decision__released_at__isnull=False, decision__voided_at=None)


def grant_years() -> QuerySet[ProgrammeYear]:
    """Years of the grant programme, this year first, then the latest; a year being prepared comes last."""
    begun = Case(When(year__lte=clock.today().year, then=0), default=1, output_field=IntegerField())
    return (
        ProgrammeYear.objects.filter(programme__kind=ProgrammeKind.GRANT)
        .select_related("programme")
        .order_by(begun, "-year", "pk")
    )


def year_with_totals() -> ProgrammeYear | None:
    """The year that stands on the first page, with `awarded_projects` and `awarded_amount`: one query."""
    year = "application__call__programme_year"
    awards = public_awards().filter(**{year: OuterRef("pk")}).order_by().values(year)
    return (
        grant_years()
        .annotate(
            awarded_projects=Coalesce(Subquery(awards.annotate(n=Count("pk")).values("n")), 0),
            awarded_amount=Coalesce(
                Subquery(awards.annotate(sum=Sum("amount")).values("sum")), Value(NOTHING, output_field=MoneyField())
            ),
        )
        .first()
    )


def calls_to_show() -> QuerySet[Call]:
    """Calls that are open or about to open, the one that closes first on top."""
    return Call.objects.filter(status=CallStatus.PUBLISHED, closes_at__gte=clock.now())


@dataclass(frozen=True, slots=True)
class Tally:
    """Applications received and awards released for one thing (a sector, a district, a call)."""

    name: Any
    applications: int
    awards: int
    amount: Decimal

    @property
    def success(self) -> int | None:
        """Awards of a hundred applications, a whole number; None while there is nothing to divide."""
        return round(100 * self.awards / self.applications) if self.applications else None


@dataclass(frozen=True, slots=True)
class YearProgress:
    """Where a programme year stands, for everybody."""

    year: ProgrammeYear
    total: Tally
    decided: Tally
    calls: list[tuple[Call, Tally]]
    sectors: list[Tally]
    districts: list[Tally]

    @property
    def money_facts(self) -> list[tuple[str, str]]:
        """What is not awarded yet, and an award on average, in whole units of the currency."""
        currency, total = self.year.currency, self.total
        facts = [(_("Not awarded yet"), money(self.year.budget - total.amount, currency))]
        if total.awards:
            average = (total.amount / total.awards).quantize(Decimal(1))
            facts.append((_("A grant on average"), money(average, currency)))
        return facts

    @property
    def project_facts(self) -> list[tuple[str, str]]:
        """Applications received, and how many of a hundred were awarded where calls are decided."""
        facts = [(_("Applications received"), number(self.total.applications))]
        if self.decided.success is not None:
            facts.append((_("Awarded, of the applications to decided calls"), f"{self.decided.success}{NBSP}%"))
        return facts


def year_progress(year: ProgrammeYear) -> YearProgress:
    """The whole answer in five queries, however many applications and calls there are."""
    by = ("call", "sector", "district")
    received = list(
        Application.objects.filter(call__programme_year=year, status__in=SENT, number__isnull=False)
        .order_by()
        .values(*by)
        .annotate(n=Count("pk"))
    )
    awarded = list(
        public_awards()
        .filter(application__call__programme_year=year)
        .order_by()
        .values(*(f"application__{column}" for column in by))
        .annotate(n=Count("pk"), sum=Sum("amount"))
    )
    awarded = [{key.removeprefix("application__"): value for key, value in row.items()} for row in awarded]
    calls = list(Call.objects.public().filter(programme_year=year).order_by("-opens_at"))
    released = [call.pk for call in calls if call.released_at]
    return YearProgress(
        year=year,
        total=_tally(year, received, awarded),
        decided=_tally(year, _of(received, "call", *released), _of(awarded, "call", *released)),
        calls=[(one, _tally(one, _of(received, "call", one.pk), _of(awarded, "call", one.pk))) for one in calls],
        sectors=_tallies(Sector.objects.all(), "sector", received, awarded),
        districts=_tallies(District.objects.all(), "district", received, awarded),
    )


def _tallies(names: Any, column: str, received: Sequence[Row], awarded: Sequence[Row]) -> list[Tally]:
    """One tally for each row of a reference table, those with most money first; rows with nothing are left out."""
    made = [_tally(name, _of(received, column, name.pk), _of(awarded, column, name.pk)) for name in names]
    return sorted((t for t in made if t.applications), key=lambda t: (-t.amount, -t.applications))


def _of(rows: Sequence[Row], column: str, *keys: int) -> list[Row]:
    return [row for row in rows if row[column] in keys]


def _tally(name: Any, received: Sequence[Row], awarded: Sequence[Row]) -> Tally:
    return Tally(
        name,
        sum(row["n"] for row in received),
        sum(row["n"] for row in awarded),
        sum((row["sum"] for row in awarded), NOTHING),
    )


def award_list(year: ProgrammeYear) -> QuerySet[Award]:
    """The public list: recipient, project, sum, date."""
    return (
        public_awards()
        .filter(application__call__programme_year=year)
        .select_related("application__organisation", "application__sector", "application__call")
        .order_by("-offered_at", "-pk")
    )
