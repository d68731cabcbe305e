"""Moments around the day of seeding. Everything that has happened, happened before that day began."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from core.working_days import add_working_days, days_off, is_working


class Days:
    """The calendar of one season: day 0 is the day of seeding, day -1 is the day before it."""

    def __init__(self, today: date) -> None:
        """Reads the days off once."""
        self.today = today
        self.kept = days_off()
        self.midnight = self.at(0)

    def at(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        """A moment in Almaty."""
        return timezone.make_aware(
            datetime.combine(self.today + timedelta(days=day), time(hour, minute)), timezone.get_default_timezone()
        )

    def day_of(self, moment: datetime) -> int:
        """The day on which a moment lies."""
        return (timezone.localtime(moment, timezone.get_default_timezone()).date() - self.today).days

    def office(self, day: int, rng: Random) -> datetime:
        """A moment in office hours of the first working day from `day` on; the last day before seeding may be any."""
        day = min(day, -1)
        while day < -1 and not is_working(self.today + timedelta(days=day), self.kept):
            day += 1
        return self.at(day, 9) + timedelta(seconds=rng.randrange(9 * 3600))

    def any_time(self, day: int, rng: Random) -> datetime:
        """A moment between eight in the morning and eleven at night."""
        return self.at(day, 8) + timedelta(seconds=rng.randrange(15 * 3600))

    def after(self, moment: datetime, day: int, rng: Random) -> datetime:
        """A moment in office hours, on `day` at the earliest and always after `moment`."""
        chosen = self.office(max(day, self.day_of(moment)), rng)
        return chosen if chosen > moment else self.later(moment, rng)

    def later(self, moment: datetime, rng: Random, hours: int = 6) -> datetime:
        """Some minutes or hours after a moment, and still before the day of seeding."""
        room = min(timedelta(hours=hours), (self.midnight - moment) / 2)
        return moment + timedelta(seconds=rng.randrange(1, max(int(room.total_seconds()), 2)))

    def working_days_after(self, moment: datetime, count: int) -> date:
        """The last day of a term of working days that begins the day after a moment."""
        return add_working_days(self.today + timedelta(days=self.day_of(moment)), count, self.kept)
