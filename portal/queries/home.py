"""The first page: the open calls, the year, the fund. Four queries for a visitor, whatever there is."""

from typing import Any

from core import clock
from funds.formulas.pace import Pace
from funds.models import Fund
from funds.queries.progress import pace_of, with_totals
from portal.queries.city import INDICATORS, SOURCE
from portal.queries.grants import calls_to_show, year_with_totals

CALLS_SHOWN = 4


def first_page() -> dict[str, Any]:
    """What the first page shows."""
    calls = list(calls_to_show().order_by("closes_at")[:CALLS_SHOWN])
    fund = with_totals(clock.today()).prefetch_related("investors").first()
    return {
        "open_calls": [call for call in calls if call.is_open],
        "upcoming_calls": [call for call in calls if call.is_upcoming],
        "year": year_with_totals(),
        "fund": fund,
        "pace": fund_pace(fund),
        "indicators": INDICATORS,
        "source": SOURCE,
    }


def fund_pace(fund: Fund | None) -> Pace | None:
    """The fund's pace, where there is a fund."""
    return pace_of(fund, fund.projects_done, clock.today()) if fund else None  # type: ignore[attr-defined]
