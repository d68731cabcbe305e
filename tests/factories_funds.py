"""The fund for tests."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Sector
from funds.actions import ledger, portfolio
from funds.models import Fund, Investment, LedgerEntry, Project
from funds.statuses import Instrument
from tests.factories_people import counter, make_organisation, make_user


def make_fund(**fields: Any) -> Fund:
    """The Creative Capital Fund with its published figures and the seven sectors."""
    defaults: dict[str, Any] = {
        "code": f"fund{next(counter)}",
        "name_kk": "Creative Capital Fund",
        "name_ru": "Creative Capital Fund",
        "capital": Decimal(39_000_000),
        "started_on": date(2025, 10, 1),
        "term_years": 10,
        "target_projects": 50,
    }
    fund = Fund.objects.create(**{**defaults, **fields})
    fund.sectors.set(Sector.objects.filter(of_fund=True))
    return fund


def make_project(fund: Fund | None = None, *, sector: str = "it", title: str = "", **how: Any) -> Project:
    """A project of a new organisation, added by a manager."""
    title = title or f"Жоба {next(counter)}"
    return portfolio.add_project(
        fund or make_fund(),
        organisation=make_organisation(),
        sector=Sector.objects.get(code=sector),
        texts={"title_kk": title, "title_ru": title},
        by=make_user(roles=["manager"]),
        **how,
    )


def make_investment(project: Project | None = None, *, amount: Decimal | int = 100_000) -> Investment:
    """An approved investment."""
    return portfolio.record_investment(
        project or make_project(),
        instrument=Instrument.EQUITY,
        amount=Decimal(amount),
        approved_on=date(2025, 11, 3),
        by=make_user(roles=["manager"]),
    )


def pay(
    investment: Investment, amount: Decimal | int = 50_000, *, on: date = date(2025, 12, 1), **how: Any
) -> LedgerEntry:
    """A payment booked by a manager."""
    by = make_user(roles=["manager"])
    return ledger.post_disbursement(investment, amount=Decimal(amount), value_on=on, by=by, **how)
