"""What is held back of a year's budget for appeals. The database holds the same (grants/triggers.py)."""

from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils import timezone

from core import clock
from core.working_days import add_working_days
from grants.models import Appeal, Call, Decision, ProgrammeYear
from grants.statuses import AppealOutcome, CallStatus, Outcome


def holding_calls() -> QuerySet[Call]:
    """Calls that hold a share back now."""
    running = [CallStatus.PUBLISHED, CallStatus.DECIDED]
    return Call.objects.filter(status__in=running, held_back_percent__gt=0, held_back_freed_at=None)


def held_back(year: ProgrammeYear) -> Decimal:
    """What decisions other than those after an upheld appeal may not spend now: whole tenge, rounded down."""
    percents = holding_calls().filter(programme_year=year).values_list("held_back_percent", flat=True)
    held = sum((Decimal(int(year.budget * percent / 100)) for percent in percents), Decimal(0))
    if not held:
        return held
    live = Decision.objects.live().filter(programme_year=year, outcome=Outcome.AWARD)
    used = live.filter(application__appeals__outcome=AppealOutcome.UPHELD).distinct()
    spent = Decision.objects.filter(pk__in=used.values("pk")).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return max(held - spent, Decimal(0))


def has_won_an_appeal(application_id: int) -> bool:
    """Whether the held-back share is there for this application."""
    return Appeal.objects.filter(application=application_id, outcome=AppealOutcome.UPHELD).exists()


def appeals_are_over(call: Call) -> bool:
    """Released, the days to appeal have passed, nothing waits for an answer, and what was returned is decided."""
    if call.status != CallStatus.DECIDED or call.released_at is None:
        return False
    last = add_working_days(timezone.localdate(call.released_at), call.appeal_working_days)
    waiting = Appeal.objects.waiting().filter(application__call=call).exists()
    returned = call.applications.filter(status="eligible").exists()
    return last < clock.today() and not waiting and not returned
