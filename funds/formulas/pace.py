"""The way to a target number of projects: what is done, what an even pace would have brought, what is still needed.

Years are shares of the term (days gone / days of the term x years of the term), so that the whole term is exactly its
number of years, leap years or not. Pace needed = (target - done) / years left. Pace so far = done / years gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """How the count stands against an even pace; words for each stand in `funds.statuses`."""

    REACHED = "reached"
    MISSED = "missed"
    NOT_BEGUN = "not_begun"
    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"


@dataclass(frozen=True, slots=True)
class Pace:
    """Where the count of projects stands on one day. Rates are projects a year; None where there is no such number."""

    done: int
    target: int
    years_gone: Decimal
    years_left: Decimal
    expected: Decimal
    needed: Decimal | None
    so_far: Decimal | None
    projected: int | None
    verdict: Verdict


def end_of_term(started_on: date, years: int) -> date:
    """The same day so many years later; a term that began on 29 February ends on 1 March of a common year."""
    try:
        return started_on.replace(year=started_on.year + years)
    except ValueError:
        return date(started_on.year + years, 3, 1)


def years_between(started_on: date, on: date, term_years: int) -> Decimal:
    """Years of the term gone by `on`, between 0 and the whole term."""
    whole = (end_of_term(started_on, term_years) - started_on).days
    gone = min(max((on - started_on).days, 0), whole)
    return Decimal(gone * term_years) / whole


def pace(*, done: int, target: int, started_on: date, term_years: int, on: date) -> Pace:
    """The pace on a day: `done` projects count by then, `target` are wanted by the end of the term."""
    gone = years_between(started_on, on, term_years)
    left = term_years - gone
    expected = target * gone / term_years
    so_far = done / gone if gone else None
    return Pace(
        done=done,
        target=target,
        years_gone=gone,
        years_left=left,
        expected=expected,
        needed=max(target - done, 0) / left if left else None,
        so_far=so_far,
        projected=None if so_far is None else int((so_far * term_years).to_integral_value(ROUND_FLOOR)),
        verdict=_verdict(done, target, gone, left, expected),
    )


def _verdict(done: int, target: int, gone: Decimal, left: Decimal, expected: Decimal) -> Verdict:
    """Projects are whole: less than one project away from the even pace is on pace."""
    if done >= target:
        return Verdict.REACHED
    if not left:
        return Verdict.MISSED
    if not gone:
        return Verdict.NOT_BEGUN
    if abs(done - expected) < 1:
        return Verdict.ON_PACE
    return Verdict.AHEAD if done > expected else Verdict.BEHIND


def counted_by(first_paid_on: Iterable[date], on: date) -> int:
    """How many projects count on a day: those whose first payment settled by then."""
    return sum(1 for day in first_paid_on if day <= on)


def month_ends(started_on: date, on: date) -> list[date]:
    """The last day of each month from the start, and `on` itself in the place of its month's end."""
    days, month = [], started_on.replace(day=1)
    while month <= on:
        following = (month + timedelta(days=32)).replace(day=1)
        days.append(min(following - timedelta(days=1), on))
        month = following
    return days
