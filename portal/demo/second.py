"""Offers of the season that were accepted."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from grants.models import Award
from portal.demo import plan
from portal.demo.season import Season

ACCEPTED_AFTER = timedelta(hours=26)  # the first winner; each later one a little later
LAST_MINUTE = time(23, 59)


def accept(season: Season, awards: list[Award]) -> None:
    """Every winner of the finished call said yes in time; the rows are stored by the caller."""
    working_days = season.calls[plan.FINISHED].call.offer_working_days
    for place, award in enumerate(awards):
        award.answer_due_at = term(season, award.offered_at, working_days)
        award.accepted_at = award.offered_at + ACCEPTED_AFTER + timedelta(minutes=11 * place)
        award.accepted_by = award.application.created_by


def note_accepted(season: Season, awards: list[Award]) -> None:
    """Their trail, once the rows have keys."""
    for award in awards:
        if award.accepted_at:
            season.history.add(award.accepted_at, "award.accept", award, by=award.accepted_by, amount=award.amount)


def term(season: Season, at: datetime, working_days: int) -> datetime:
    return timezone.make_aware(datetime.combine(season.days.working_days_after(at, working_days), LAST_MINUTE))
