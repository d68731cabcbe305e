"""The first page: the open calls, the year, the fund. Four queries for a visitor, whatever there is."""

from typing import Any

from core import clock
from funds.queries.progress import pace_of, with_totals
from funds.statuses import VERDICT_TONE, VERDICT_WORDS
from portal.queries.city import INDICATORS, SOURCE
from portal.queries.grants import calls_to_show, year_with_totals

CALLS_SHOWN = 4


def first_page() -> dict[str, Any]:
    """What the first page shows."""
    calls = list(calls_to_show().order_by("closes_at")[:CALLS_SHOWN])
    today = clock.today()
    fund = with_totals(today).prefetch_related("investors").first()
    verdict = pace_of(fund, fund.projects_done, today).verdict if fund else None
    return {
        "open_calls": [call for call in calls if call.is_open],
        "upcoming_calls": [call for call in calls if call.is_upcoming],
        "year": year_with_totals(),
        "fund": fund,
        "invested": -(fund.paid or 0) if fund else None,
        "verdict": VERDICT_WORDS[verdict][0] if verdict else "",
        "tone": VERDICT_TONE[verdict] if verdict else "",
        "founders": [one for one in fund.investors.all() if one.is_founder] if fund else [],
        "indicators": INDICATORS,
        "source": SOURCE,
    }
