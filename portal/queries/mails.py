"""Mails of the demo, readable on a page."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.template import TemplateDoesNotExist

from notifications.letters import Letter, render_letter
from notifications.models import Message


@dataclass(frozen=True, slots=True)
class Mail:
    """A message and its letter; None where nothing is left to render it from."""

    message: Message
    letter: Letter | None


def sent_mails() -> QuerySet[Message]:
    """What was written and not cancelled, the newest first."""
    return Message.objects.filter(cancelled_at=None).order_by("-created_at", "-pk")


def readable(message: Message) -> Mail:
    """Renders the letter in its reader's language."""
    try:
        return Mail(message, render_letter(message))
    except TemplateDoesNotExist:
        return Mail(message, None)
