"""The clock's doorway to the accounts app."""

from celery import shared_task

from accounts import parking


@shared_task
def forget_parked_posts() -> int:
    """Deletes parked posts that nobody came back for."""
    return parking.forget_old()
