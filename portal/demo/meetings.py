"""Three meetings of the commission: one closed, one in session that waits for the door's vote, one to come."""

from core.models import Counter
from grants.statuses import Outcome
from portal.demo import plan
from portal.demo.agenda import convene, plan_meeting
from portal.demo.minutes import store_minutes
from portal.demo.papers import Store
from portal.demo.season import Season
from portal.demo.voting import Room, close, hold, write_dissent

FIRST = Room(absent="bekzhanov", alternate="abisheva", remote="hvan")
SECOND = Room(absent="rakhmanov", remote="tleubaeva", leaves_open=Outcome.AWARD)
PLANNED_ON, PLANNED, STARTS = -4, 48, 10  # days from the day of seeding: when it was planned, when it will be


def hold_first(season: Season, store: Store) -> None:
    """The finished call is voted on; minutes are made and signed."""
    convened = convene(season, plan.FINISHED)
    hold(season, convened, FIRST, 1)
    write_dissent(season, convened.points)
    close(season, convened)
    if season.size <= plan.LARGE:
        store_minutes(season, store, convened.meeting, FIRST)


def hold_second(season: Season) -> None:
    """The small call: everything is voted on but the awards, whose vote is open."""
    held = 1
    if season.size <= plan.LARGE:
        held += 1
        hold(season, convene(season, plan.DECIDING), SECOND, held)
    Counter.objects.create(key=f"meeting:{season.committee.pk}", value=held)


def plan_third(season: Season) -> None:
    """For the open call, once it has closed and its experts have read: no agenda yet, no notice."""
    starts_at, at = season.days.at(PLANNED, STARTS), season.days.at(PLANNED_ON, 16, 20)
    plan_meeting(season, starts_at, at)
