"""The audit trail that the actions would have left: rows with right hashes, in the order of time."""

from datetime import datetime
from typing import Any

from django.db import models

from core.canonical import plain, sha256_of
from core.models import AuditEvent

BATCH = 2_000
PLAIN = (str, int, bool, type(None))  # as JSON keeps them already


class History:
    """Collects what happened; `write` inserts it sorted by time, so that the chain is sealed in the order of events."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self.events: list[tuple[datetime, int | None, str, str, str, dict[str, Any]]] = []

    def add(self, at: datetime, verb: str, about: models.Model, *, by: Any, **data: Any) -> None:
        """One event, as `core.audit.record` writes it; `about` is stored already, so that it has a key."""
        object_id = str(getattr(about, "public_id", "") or about.pk)
        self.events.append((at, by.pk if by else None, verb, about._meta.label_lower, object_id, data))

    def move(
        self, at: datetime, table: str, verb: str, row: models.Model, between: tuple[str, str], *, by: Any, **data: Any
    ) -> None:
        """One move of a workflow, as `core.workflow.apply_move` records it."""
        self.add(at, f"{table}.{verb}", row, by=by, **{"from": between[0], "to": between[1]}, **data)

    def write(self) -> int:
        """Inserts everything; returns how many events there are."""
        self.events.sort(key=lambda event: event[0])
        for start in range(0, len(self.events), BATCH):
            AuditEvent.objects.bulk_create([_row(*event) for event in self.events[start : start + BATCH]])
        return len(self.events)


def _row(
    at: datetime, actor_id: int | None, verb: str, object_type: str, object_id: str, data: dict[str, Any]
) -> AuditEvent:
    kept = data if all(type(value) in PLAIN for value in data.values()) else plain(data)
    event = AuditEvent(at=at, actor_id=actor_id, verb=verb, object_type=object_type, object_id=object_id, data=kept)
    event.sha256 = sha256_of(event.content())
    return event
