"""Terms in working days that start with a letter: until the last minute of the last day, in Almaty."""

from datetime import date, datetime, time

from django.utils import timezone

from core import clock
from core.working_days import add_working_days

LAST_MINUTE = time(23, 59)


def term_of(working_days: int, since: date | None = None) -> datetime:
    """The last minute of a term of so many working days, counted from the day after `since` (today)."""
    last = add_working_days(since or clock.today(), working_days)
    return timezone.make_aware(datetime.combine(last, LAST_MINUTE))
