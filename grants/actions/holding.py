"""A call may hold back a share of the year's budget until its appeals are answered."""

from typing import Any

from django.db import transaction

from core import clock
from core.audit import record
from core.workflow import lock
from grants.models import Call, ProgrammeYear
from grants.queries.holding import appeals_are_over, holding_calls


@transaction.atomic
def free_held_back(call_id: int, *, by: Any = None) -> bool:
    """The clock frees what one call held back, once its term to appeal has passed and every appeal is answered."""
    call = Call.objects.get(pk=call_id)
    lock(ProgrammeYear.objects.get(pk=call.programme_year_id))
    call = lock(call)
    if call.held_back_freed_at is not None or not appeals_are_over(call):
        return False
    Call.objects.filter(pk=call.pk).update(held_back_freed_at=clock.now())
    record("call.free_held_back", call, by=by, data={"percent": call.held_back_percent})
    return True


def free_all_held_back() -> int:
    """Every call whose appeals are over; returns how many. Safe to run twice."""
    return sum(free_held_back(pk) for pk in holding_calls().values_list("pk", flat=True))
