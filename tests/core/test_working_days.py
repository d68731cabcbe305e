"""Working days of Kazakhstan. Source of the dates: the project's reference for Kazakhstan (kz_reference.py)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.models import DayOff
from core.working_days import add_working_days, days_off, is_working, working_day_before

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 3, 20), 1, date(2026, 3, 26)),  # Nauryz
        (date(2025, 12, 12), 3, date(2025, 12, 18)),  # over Independence Day
        (date(2026, 11, 20), 3, date(2026, 11, 25)),  # over a weekend
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_a_term_is_counted_from_the_day_after_over_days_off(start, count, end):
    assert add_working_days(start, count) == end


@pytest.mark.parametrize(
    ("on", "worked"),
    [
        (date(2025, 1, 5), True),  # a Sunday moved to work
        (date(2026, 8, 31), True),  # Constitution Day has left August
        (date(2027, 3, 15), False),  # and came to March
        (date(2026, 5, 11), False),  # Victory Day fell on a Saturday
        (date(2026, 11, 22), False),  # a plain Sunday
    ],
)
def test_a_day_is_worked_as_the_calendar_says(on, worked):
    assert is_working(on, days_off()) is worked


def test_days_off_that_the_government_has_not_published_are_marked():
    assert set(DayOff.objects.filter(is_confirmed=False).values_list("on__year", flat=True)) == {2027}


def test_a_day_off_that_staff_add_counts_at_once():
    DayOff.objects.create(on=date(2026, 11, 23), name="Тест")

    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 24)


@given(st.dates(date(2025, 1, 1), date(2027, 6, 1)), st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_holds_as_many_as_it_says(start, count):
    kept = {date(2026, 1, 1): False, date(2025, 1, 5): True}

    end = add_working_days(start, count, kept)

    between = [date.fromordinal(n) for n in range(start.toordinal() + 1, end.toordinal() + 1)]
    assert (is_working(end, kept), sum(is_working(on, kept) for on in between)) == (True, count)


@pytest.mark.parametrize(
    ("on", "before"),
    [
        (date(2026, 10, 6), date(2026, 10, 5)),
        (date(2026, 10, 5), date(2026, 10, 2)),
        (date(2026, 10, 4), date(2026, 10, 2)),
    ],
)
def test_the_working_day_before_skips_weekends(on: date, before: date):
    assert working_day_before(on, {}) == before


def test_the_working_day_before_skips_a_holiday_and_takes_a_worked_saturday():
    assert working_day_before(date(2026, 10, 6), {date(2026, 10, 5): False}) == date(2026, 10, 2)
    assert working_day_before(date(2026, 10, 5), {date(2026, 10, 3): True}) == date(2026, 10, 3)
