"""Writing the audit trail: one append-only row in the acting transaction, sealed later by one locked task."""

from typing import Any

from django.db import models, transaction

from core import clock
from core.canonical import plain, sha256_of
from core.models import AuditEvent


def record(verb: str, about: models.Model, *, by: Any, data: dict[str, Any] | None = None) -> None:
    """Writes one AuditEvent in the current transaction.

    `data` holds ids, statuses, amounts and hashes: never names, e-mails, IIN or addresses. `by` is the acting
    person, or None for the clock.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an audit event belongs to the transaction of what it describes")
    event = AuditEvent(
        at=clock.now(),
        actor_id=getattr(by, "pk", None),
        verb=verb,
        object_type=about._meta.label_lower,
        object_id=str(getattr(about, "public_id", "") or about.pk),
        data=plain(data or {}),
    )
    event.sha256 = sha256_of(event.content())
    event.save(force_insert=True)
