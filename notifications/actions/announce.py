"""Writing a message in the transaction that causes it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core import clock
from notifications import wake
from notifications.models import Message


def announce(
    event: str,
    *,
    address: str,
    language: str,
    context: dict[str, Any],
    dedupe_key: str,
    user: Any = None,
    due_at: datetime | None = None,
    about: str = "",
    term_ends_at: datetime | None = None,
) -> Message:
    """Writes one message; the same `dedupe_key` twice is one message. Sent after commit (`due_at`: not before).

    `context` is plain JSON in the reader's language; templates stand in `templates/mail/<event>.*`. A message that
    starts a term names its end and what it is `about` (a public_id): `mark_opened` finds it by that.
    """
    message = Message(
        dedupe_key=dedupe_key,
        event=event,
        address=address,
        language=language,
        context=context,
        user=user,
        due_at=due_at or clock.now(),
        about=about,
        term_ends_at=term_ends_at,
    )
    one = ["dedupe_key"]  # where the key is there already, its row stays as it is and gives its primary key
    Message.objects.bulk_create([message], update_conflicts=True, unique_fields=one, update_fields=one)
    if message.due_at <= clock.now():
        _wake_after_commit()
    return message


def _wake_after_commit() -> None:
    """Once for a transaction, however many messages it writes: without a broker each try costs 0.2 s."""
    waiting = transaction.get_connection().run_on_commit
    if not any(call is wake.wake_worker for _savepoints, call, _robust in waiting):
        transaction.on_commit(wake.wake_worker, robust=True)


def announce_to(
    user: Any, event: str, *, context: dict[str, Any], dedupe_key: str, due_at: datetime | None = None, **term: Any
) -> Message:
    """The same for a person who has an account: their address and language; `term` is `about` and `term_ends_at`."""
    return announce(
        event,
        address=user.email,
        language=user.language,
        context=context,
        dedupe_key=dedupe_key,
        user=user,
        due_at=due_at,
        **term,
    )


def cancel(*, key_prefix: str) -> int:
    """Cancels pending messages whose key begins so: a reminder that is no longer true. Returns how many."""
    pending = Message.objects.pending().filter(dedupe_key__startswith=key_prefix, claimed_at=None)
    return pending.update(cancelled_at=clock.now())


def mark_opened(*, about: str, by: Any) -> int:
    """The person has opened the page of what their message was about: its term is known to them from now on.

    Only the first opening is kept. Returns how many messages that was.
    """
    unopened = Message.objects.filter(user=by, about=about, term_ends_at__isnull=False, opened_at=None)
    return unopened.update(opened_at=clock.now())


def announce_each(messages: list[Message]) -> None:
    """Writes several messages in one statement: how long it takes does not tell how many there are."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    _wake_after_commit()
