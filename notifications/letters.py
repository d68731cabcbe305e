"""A message's event and context become a subject, a plain text and an HTML letter in its language."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from notifications.models import Message


@dataclass(frozen=True)
class Letter:
    """What is sent."""

    subject: str
    text: str
    html: str


def render_letter(message: Message) -> Letter:
    """Renders `mail/<event>.subject.txt`, `.txt` and `.html`."""
    context = {**message.context, "site_url": settings.SITE_URL, "language": message.language}
    with override(message.language):
        subject = render_to_string(f"mail/{message.event}.subject.txt", context)
        text = render_to_string(f"mail/{message.event}.txt", context)
        html = render_to_string(f"mail/{message.event}.html", context)
    return Letter(subject=" ".join(subject.split()), text=text.strip() + "\n", html=html)
