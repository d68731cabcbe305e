"""How much an expert has done, how long the rest will take, until when: «12 of 40, about 5 hours, due: Friday»."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.templatetags.words import long_date
from grants.formulas.pace import minutes_each

WEEK = timedelta(days=7)
HOUR = 60  # minutes


@dataclass(frozen=True)
class Pace:
    """`each` minutes for one review: the median of the own ones, or a stated guess while there are too few."""

    done: int
    asked: int
    each: int
    is_own: bool
    due_on: date

    @property
    def words(self) -> str:
        """The whole sentence."""
        minutes = self.each * (self.asked - self.done)
        hours = round(minutes / HOUR)
        long = ngettext("about %(count)s hour", "about %(count)s hours", hours) % {"count": hours}
        short = ngettext("about %(count)s minute", "about %(count)s minutes", minutes) % {"count": minutes}
        parts = {"done": self.done, "asked": self.asked, "time": long if hours else short, "day": self.day}
        return _("%(done)s of %(asked)s · %(time)s · due: %(day)s") % parts

    @property
    def why(self) -> str:
        """What the time is reckoned from."""
        if self.is_own:
            return _("Reckoned by your own pace: %(minutes)s minutes for one review.") % {"minutes": self.each}
        guessed = _("Reckoned at %(minutes)s minutes for one review, until your own pace is known.")
        return guessed % {"minutes": self.each}

    @property
    def day(self) -> str:
        """The day of the week where it is near, the date always."""
        is_near = timedelta(0) <= self.due_on - clock.today() < WEEK
        return f"{date_format(self.due_on, 'l')}, {long_date(self.due_on)}" if is_near else long_date(self.due_on)


def pace_of(to_do: int, done: int, seconds: Sequence[int], due_on: date | None) -> Pace | None:
    """None where nothing is left; `seconds` are those of the finished reviews, `due_on` the earliest day."""
    if due_on is None:
        return None
    each, is_own = minutes_each(seconds)
    return Pace(done, done + to_do, each, is_own, due_on)
