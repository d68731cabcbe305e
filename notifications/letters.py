"""A message's event and context become a subject, a plain text and an HTML letter in its language."""

import hashlib
from dataclasses import dataclass
from functools import cache

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


@cache
def template_sha256(event: str) -> str:
    """Of the letter's templates and of the parts that letters share: the same context under another one is another
    letter."""
    folder, digest = settings.BASE_DIR / "templates" / "mail", hashlib.sha256()
    for path in sorted([*folder.glob(f"{event}.*"), *folder.glob("_*")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
