"""Claiming a message by a conditional update, sending it, marking it sent."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db.models import F

from core import clock
from notifications.letters import render_letter
from notifications.models import MAX_ATTEMPTS, Message

logger = logging.getLogger(__name__)
# Events whose context holds a code or a link that opens an account: forgotten once it cannot be needed again.
SENSITIVE = ("account_", "invited")


def due_ids(limit: int = 200) -> list[int]:
    """Keys of messages whose time has come, oldest first."""
    return list(Message.objects.due().order_by("due_at", "pk").values_list("pk", flat=True)[:limit])


def deliver(message_id: int) -> bool:
    """Sends one due message; returns whether this call sent it. Safe to run twice and by two workers at once.

    A copy is doubled only where a worker dies between the server's OK and our mark, and then under the same
    Message-ID. A server's refusal is tried again with growing pauses, MAX_ATTEMPTS times.
    """
    claimed = Message.objects.due().filter(pk=message_id).update(claimed_at=clock.now(), attempts=F("attempts") + 1)
    if not claimed:
        return False
    message = Message.objects.get(pk=message_id)
    try:
        _send(message)
    except (SMTPException, OSError) as error:
        _put_back(message, error)
        return False
    Message.objects.filter(pk=message_id).update(sent_at=clock.now(), last_error="", **_forget(message))
    return True


def _send(message: Message) -> None:
    letter = render_letter(message)
    mail = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[message.address],
        headers={"Message-ID": message.message_id, "Content-Language": message.language},
    )
    mail.attach_alternative(letter.html, "text/html")
    mail.send()


def _put_back(message: Message, error: Exception) -> None:
    """Back into the outbox with a growing pause (10 s, 20 s, ... up to an hour), or given up."""
    logger.warning("message %s was not sent: %s", message.public_id, type(error).__name__)
    given_up = message.attempts >= MAX_ATTEMPTS
    pause = timedelta(seconds=min(10 * 2 ** (message.attempts - 1), 3600))
    Message.objects.filter(pk=message.pk).update(
        claimed_at=None,
        due_at=clock.now() + pause,
        failed_at=clock.now() if given_up else None,
        last_error=type(error).__name__,
        **(_forget(message) if given_up else {}),
    )


def _forget(message: Message) -> dict[str, Any]:
    """The column to blank: a finished message of a sensitive event keeps no secret."""
    return {"context": {}} if message.event.startswith(SENSITIVE) else {}
