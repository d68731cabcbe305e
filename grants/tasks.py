"""The clock's doorway to the grants app: reminders, late corrections. Every task is safe to run twice."""

from celery import shared_task

from grants.actions import corrections, reminders


@shared_task
def remind_deadlines() -> int:
    """Drafts whose call closes soon, reviews that are due soon."""
    return reminders.remind_drafts() + reminders.remind_reviews()


@shared_task
def close_late_corrections() -> int:
    """Corrections that nobody answered in time go back to the officer as they were sent."""
    return sum(corrections.close_late_correction(pk) for pk in corrections.late_corrections())
