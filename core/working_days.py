"""Working days of Kazakhstan: days off are rows that staff edit, seeded in a migration.

A term is counted from the day after the event; a term that ends on a day off ends on the next working day
(Civil Code). Days off of 2027 are computed and marked unconfirmed until the Government publishes its calendar.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from core.models import DayOff


def days_off() -> dict[date, bool]:
    """Every kept day: date -> whether it is worked (a weekend day moved to work)."""
    return dict(DayOff.objects.values_list("on", "is_worked"))


def is_working(on: date, kept: Mapping[date, bool]) -> bool:
    """Whether `on` is worked: a kept row decides, else Monday to Friday."""
    return kept[on] if on in kept else on.weekday() < 5


def add_working_days(start: date, count: int, kept: Mapping[date, bool] | None = None) -> date:
    """The last day of a term of `count` working days that starts the day after `start`."""
    kept = days_off() if kept is None else kept
    on = start
    while count:
        on += timedelta(days=1)
        count -= is_working(on, kept)
    return on


def working_day_before(on: date, kept: Mapping[date, bool] | None = None) -> date:
    """The last working day before `on`."""
    kept = days_off() if kept is None else kept
    on -= timedelta(days=1)
    while not is_working(on, kept):
        on -= timedelta(days=1)
    return on
