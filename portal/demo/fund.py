"""The Creative Capital Fund: published figures and founders; twelve invented projects with their payments."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import District, Organisation, Sector
from accounts.statuses import OrganisationKind
from core.money import round_money
from funds.models import Fund, Investment, Investor, LedgerEntry, Project
from funds.statuses import EntryKind
from portal.demo.invention import data
from portal.demo.season import Season

FIRST_APPROVAL = timedelta(days=24)  # after the fund began
LAST_APPROVAL = 16  # days before today
EARLIEST = 30  # days of a fund's life that the portfolio needs


def make_fund(season: Season) -> None:
    """The fund, its founders, its portfolio."""
    texts = data("fund")
    fund = Fund.objects.create(**{**texts["fund"], **_typed(texts["fund"])})
    fund.sectors.set(Sector.objects.filter(of_fund=True))
    Investor.objects.bulk_create(
        [Investor(fund=fund, position=place, **founder) for place, founder in enumerate(texts["founders"], start=1)]
    )
    projects = texts["projects"]
    rng = season.stream("fund")
    order = rng.sample(projects, len(projects))
    last = season.today - timedelta(days=LAST_APPROVAL)
    first = min(fund.started_on + FIRST_APPROVAL, last)
    for place, written in enumerate(order):
        approved_on = first + (last - first) * place / (len(order) - 1)
        _make_project(season, fund, written, approved_on)


def _typed(written: dict[str, Any]) -> dict[str, Any]:
    return {"capital": Decimal(written["capital"]), "started_on": date.fromisoformat(written["started_on"])}


def _make_project(season: Season, fund: Fund, written: dict[str, Any], approved_on: date) -> None:
    """A project of an invented firm, its approved investment, what has been paid of it."""
    sector = Sector.objects.get(code=written["sector"])
    project = Project.objects.create(
        public_id=season.invent.public_id(),
        fund=fund,
        organisation=_make_firm(season, written["company"], sector),
        sector=sector,
        is_example=True,
        created_at=_moment(season, approved_on, 9),
        **{name: text for name, text in written.items() if name.startswith(("title_", "summary_"))},
    )
    by = season.accounts["analyst"]
    season.history.add(project.created_at, "project.add", project, by=by, fund=fund.code, sector=sector.code)
    investment = Investment.objects.create(
        public_id=season.invent.public_id(),
        project=project,
        instrument=written["instrument"],
        amount=Decimal(written["amount"]),
        currency=fund.currency,
        approved_on=approved_on,
    )
    facts = {"project": project.public_id, "amount": investment.amount, "instrument": investment.instrument}
    at = _moment(season, approved_on, 10)
    season.history.add(at, "investment.record", investment, by=by, **facts, currency=str(fund.currency))
    _pay(season, fund, investment, written["paid"])


def _make_firm(season: Season, name: str, sector: Sector) -> Organisation:
    person = season.invent.person("ru")
    return Organisation.objects.create(
        public_id=season.invent.public_id(),
        kind=OrganisationKind.LLP,
        name=name,
        identifier=season.invent.bin(),
        district=District.objects.order_by("kato")[len(name) % 8],
        sector=sector,
        head_name=person.name,
        head_iin=person.iin,
        phone=person.phone,
        created_at=season.days.at(-200, 10),
    )


def _pay(season: Season, fund: Fund, investment: Investment, parts: list[int]) -> None:
    """The first part within days of the approval, a later one half a year on where that has come."""
    for place, percent in enumerate(parts):
        value_on = investment.approved_on + timedelta(days=9 + 170 * place)
        if value_on >= season.today:
            return
        amount = round_money(investment.amount * percent / 100)
        entry = LedgerEntry.objects.create(
            fund=fund,
            investment=investment,
            kind=EntryKind.DISBURSEMENT,
            amount=-amount,
            currency=fund.currency,
            value_on=value_on,
            posted_at=_moment(season, value_on, 15),
            posted_by=season.accounts["manager"],
        )
        facts = {"investment": investment.public_id, "amount": amount, "value_on": value_on}
        by, currency = season.accounts["manager"], str(fund.currency)
        season.history.add(entry.posted_at, "ledger.post_disbursement", entry, by=by, **facts, currency=currency)


def _moment(season: Season, on: date, hour: int) -> Any:
    return season.days.at((on - season.today).days, hour)
