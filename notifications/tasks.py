"""The clock's doorway to the outbox."""

from celery import shared_task

from notifications.actions import deliver


@shared_task
def sweep_outbox() -> int:
    """Hands each due message to a worker; returns how many. The woken sweep and the clock's sweep are the same."""
    ids = deliver.due_ids()
    for message_id in ids:
        deliver_message.delay(message_id)
    return len(ids)


@shared_task
def deliver_message(message_id: int) -> bool:
    """Sends one message, if it is still due."""
    return deliver.deliver(message_id)
