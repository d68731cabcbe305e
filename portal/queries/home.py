"""The first page: the open calls, the year, the fund. Four queries at most, whatever there is."""

from typing import Any

from core import clock
from funds.queries.progress import pace_of, with_totals
from funds.statuses import VERDICT_TONE, VERDICT_WORDS
from grants.models import Call
from portal.queries.grants import calls_to_show, year_with_totals

CALLS_SHOWN = 4


def calls_now() -> dict[str, list[Call]]:
    """What can be applied for, now or soon: one query, by the server clock."""
    calls = list(calls_to_show().defer("rules_kk", "rules_ru", "rules_en").order_by("closes_at")[:CALLS_SHOWN])
    return {
        "open_calls": [call for call in calls if call.is_open],
        "upcoming_calls": [call for call in calls if call.is_upcoming],
    }


def figures() -> dict[str, Any]:
    """Where the year and the fund stand: three queries."""
    today = clock.today()
    fund = with_totals(today).prefetch_related("investors").first()
    verdict = pace_of(fund, fund.projects_done, today).verdict if fund else None
    return {
        "year": year_with_totals(),
        "fund": fund,
        "invested": -(fund.paid or 0) if fund else None,
        "verdict": VERDICT_WORDS[verdict][0] if verdict else "",
        "tone": VERDICT_TONE[verdict] if verdict else "",
        "founders": [one for one in fund.investors.all() if one.is_founder] if fund else [],
    }
