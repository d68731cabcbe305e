"""The pace towards a target, as pure numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds.formulas.pace import Verdict, counted_by, end_of_term, month_ends, pace, years_between

START = date(2025, 10, 1)
days = st.dates(date(2020, 1, 1), date(2050, 12, 31))
years = st.integers(1, 20)
counts = st.integers(0, 120)


def stand(done, on, target=50, term=10):
    return pace(done=done, target=target, started_on=START, term_years=term, on=on)


def test_after_two_of_ten_years_an_even_pace_has_ten_of_fifty():
    after_two_years = stand(12, date(2027, 10, 1))

    assert after_two_years.expected.quantize(Decimal("0.1")) == Decimal("10.0")
    assert after_two_years.so_far.quantize(Decimal("0.1")) == Decimal("6.0")
    assert after_two_years.needed.quantize(Decimal("0.01")) == Decimal("4.75")
    assert after_two_years.projected == 60
    assert after_two_years.verdict == Verdict.AHEAD


@pytest.mark.parametrize(
    ("done", "on", "verdict"),
    [
        (0, date(2025, 9, 1), Verdict.NOT_BEGUN),
        (0, date(2025, 10, 1), Verdict.NOT_BEGUN),
        (0, date(2025, 11, 1), Verdict.ON_PACE),
        (5, date(2026, 10, 1), Verdict.ON_PACE),
        (4, date(2026, 12, 1), Verdict.BEHIND),
        (7, date(2026, 10, 1), Verdict.AHEAD),
        (50, date(2031, 1, 1), Verdict.REACHED),
        (49, date(2035, 10, 1), Verdict.MISSED),
        (50, date(2036, 1, 1), Verdict.REACHED),
    ],
)
def test_the_verdict_follows_an_even_pace(done, on, verdict):
    assert stand(done, on).verdict == verdict


def test_on_the_first_day_there_is_no_pace_so_far_and_on_the_last_none_needed():
    assert stand(0, START).so_far is None
    assert stand(0, START).needed == Decimal(5)
    assert stand(10, date(2035, 10, 1)).needed is None
    assert stand(10, date(2035, 10, 1)).so_far == Decimal(1)


def test_a_term_that_began_on_a_leap_day_ends():
    assert end_of_term(date(2024, 2, 29), 10) == date(2034, 3, 1)
    assert end_of_term(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(started_on=days, term=years, on=days)
def test_years_gone_stay_within_the_term(started_on, term, on):
    gone = years_between(started_on, on, term)

    assert 0 <= gone <= term
    assert years_between(started_on, end_of_term(started_on, term), term) == term


@given(started_on=days, term=years, on=days, target=st.integers(1, 200), done=counts)
def test_the_needed_pace_kept_to_the_end_reaches_the_target(started_on, term, on, target, done):
    found = pace(done=done, target=target, started_on=started_on, term_years=term, on=on)

    if found.needed is not None:
        reached = found.done + found.needed * found.years_left
        assert abs(reached - max(target, done)) < Decimal("1e-9")
    assert abs(found.years_gone + found.years_left - term) < Decimal("1e-9")
    assert 0 <= found.expected <= target


@given(on=days, done=counts)
def test_one_project_more_never_makes_the_verdict_worse(on, done):
    order = [Verdict.MISSED, Verdict.BEHIND, Verdict.NOT_BEGUN, Verdict.ON_PACE, Verdict.AHEAD, Verdict.REACHED]

    now, then = stand(done, on).verdict, stand(done + 1, on).verdict

    assert order.index(now) <= order.index(then)


@given(first_days=st.lists(days), on=days)
def test_projects_counted_by_a_day_only_grow(first_days, on):
    assert counted_by(first_days, on) <= counted_by(first_days, on + timedelta(days=1)) <= len(first_days)


@given(started_on=days, months=st.integers(0, 60))
def test_months_follow_each_other_and_end_today(started_on, months):
    on = started_on + timedelta(days=months * 30)

    ends = month_ends(started_on, on)

    assert ends == sorted(set(ends))
    assert ends[-1] == on
    assert len({(day.year, day.month) for day in ends}) == len(ends)
