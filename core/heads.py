"""The head of the audit chain, kept and shown to everybody once a day: who wrote one down can prove a later change.

The head of a day in Almaty is the last link sealed before its midnight. An event that is sealed at night belongs to
the next day, so that a day's head never changes after it was shown.
"""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from core import clock
from core.models import AuditHead, AuditSeal, Counter
from core.seals import LOCK_KEY, seal_pending

MOST_AT_ONCE = 400  # days; after a longer pause the next run goes on


def midnight_after(day: date) -> datetime:
    """The end of a day in Almaty."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


@transaction.atomic
def keep_heads() -> list[AuditHead]:
    """Keeps the head of every day that is over and has none yet, from the first sealed day on; safe to run twice."""
    seal_pending()
    Counter.objects.select_for_update().filter(key=LOCK_KEY).first()
    last = AuditHead.objects.order_by("-day").first()
    first = AuditSeal.objects.order_by("position").first()
    if first is None:
        return []
    day = last.day + timedelta(days=1) if last else clock.day_of(first.sealed_at)
    made: list[AuditHead] = []
    while day < clock.today() and len(made) < MOST_AT_ONCE:
        made.append(_head_of(day, made[-1] if made else last))
        day += timedelta(days=1)
    return AuditHead.objects.bulk_create(made)


def _head_of(day: date, before: AuditHead | None) -> AuditHead:
    """`events` are those that were sealed on that day."""
    seal = AuditSeal.objects.filter(sealed_at__lt=midnight_after(day)).order_by("-position").first()
    assert seal is not None  # days begin with the first seal
    sealed = seal.position - (before.position if before else 0)
    return AuditHead(day=day, position=seal.position, sha256=seal.sha256, events=sealed)
