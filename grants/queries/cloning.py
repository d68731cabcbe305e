"""Days of a call once more, in another year. Asks the database nothing."""

from datetime import datetime

from django.utils import timezone

from core import clock
from grants.models import Call, ProgrammeYear


def moved_dates(call: Call, programme_year: ProgrammeYear) -> tuple[datetime, datetime]:
    """Opening and closing moved by as many whole years as lie between the two; by more where that is over already."""
    years = programme_year.year - call.programme_year.year
    while in_another_year(call.opens_at, years) <= clock.now():
        years += 1
    return in_another_year(call.opens_at, years), in_another_year(call.closes_at, years)


def in_another_year(moment: datetime, years: int) -> datetime:
    """The same day and hour in Almaty; 29 February is the 28th where there is none."""
    local = timezone.localtime(moment)
    try:
        return local.replace(year=local.year + years)
    except ValueError:
        return local.replace(year=local.year + years, day=28)
