"""Forgetting who watched a meeting: the minutes name them, the row with their address is kept for some years."""

from typing import Any

from django.db import transaction

from committees.models import Observer
from core.audit import record

NOBODY = "—"  # the name of an observer who is forgotten


@transaction.atomic
def forget_observer(observer: Observer, *, by: Any) -> None:
    """Name, body, address and the way to the live page go; that somebody watched stays, counted. Safe to run twice."""
    observer.name, observer.body, observer.email, observer.live_token_hash = NOBODY, "", "", ""
    observer.save(update_fields=["name", "body", "email", "live_token_hash"])
    record("observer.forget", observer.meeting, by=by, data={"observer": observer.pk})
