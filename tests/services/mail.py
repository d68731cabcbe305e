"""A real SMTP server on loopback that keeps what it received and may hold a delivery in the middle."""

import threading
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller

from config.launch.process import free_port


class MailServer:
    """Received mails in `received`; `before` and `after` are called around the moment a mail is taken in."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.before: Callable[[], None] = lambda: None
        self.after: Callable[[], None] = lambda: None
        self.arrived = threading.Event()
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    @property
    def url(self) -> str:
        """The address for EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # the library's name
        """One mail: hold, keep, hold, answer OK."""
        self.before()
        self.received.append(message_from_bytes(envelope.content))
        self.arrived.set()
        self.after()
        return "250 OK"

    def stop(self) -> None:
        """Close the door."""
        self.controller.stop()
