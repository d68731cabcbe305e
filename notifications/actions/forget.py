"""Forgetting what messages said and to whom: the rows stay, so that nothing is sent twice."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from core import clock
from notifications.models import Message

BLANK: dict[str, Any] = {"address": "", "context": {}, "last_error": ""}


def forget_messages_of(user: Any) -> int:
    """Address and context of every message to a person; what was still to be sent is cancelled. Returns how many."""
    theirs = Message.objects.filter(Q(user=user) | Q(address__iexact=user.email))
    theirs.pending().update(cancelled_at=clock.now())
    return theirs.update(**BLANK)


def finished_before(moment: datetime) -> QuerySet[Message]:
    """Sent, given up or cancelled before then, and still holding words or an address."""
    ended = Message.objects.annotate(ended_at=Coalesce("sent_at", "failed_at", "cancelled_at"))
    return ended.filter(ended_at__lt=moment).exclude(address="")


def forget_finished(moment: datetime, *, spare: set[int]) -> int:
    """The same for old messages of everybody but these people. Returns how many."""
    keys = finished_before(moment).exclude(user__in=spare).values_list("pk", flat=True)
    return Message.objects.filter(pk__in=list(keys)).update(**BLANK)
