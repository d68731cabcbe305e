"""The clock's doorway to the core app."""

from celery import shared_task

from core import heads, seals


@shared_task
def seal_audit() -> int:
    """Seals what the audit trail has committed since the last run."""
    return seals.seal_pending()


@shared_task
def keep_audit_heads() -> int:
    """Keeps the head of each day that is over; returns how many."""
    return len(heads.keep_heads())
