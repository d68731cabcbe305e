"""A small HTTP client over one kept connection: sessions, forms, files, and what each answer says of itself."""

import http.client
import json
import re
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

CSRF = "b" * 32
FOUND = 302


@dataclass(frozen=True)
class Answer:
    """Status, body, where it leads, how many SQL statements it took (when asked to count)."""

    status: int
    body: str
    location: str
    statements: int
    size: int


class Browser:
    """One person's browser."""

    def __init__(self, port: int, session: str = "", *, counts: bool = False) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        cookie = f"csrftoken={CSRF}; django_language=ru" + (f"; sessionid={session}" if session else "")
        self.headers = {"Cookie": cookie, "Accept-Language": "ru", **({"X-Count": "1"} if counts else {})}

    def get(self, path: str, *, compressed: bool = False) -> Answer:
        """One GET; with `compressed` the size is what a browser receives."""
        headers = {**self.headers, **({"Accept-Encoding": "gzip"} if compressed else {})}
        return self._send("GET", path, None, headers)

    def post(self, path: str, fields: dict[str, str], upload: tuple[str, bytes] | None = None) -> Answer:
        """One POST of a form, with a file where given as (field name, bytes)."""
        fields = {"csrfmiddlewaretoken": CSRF, **fields}
        if upload is None:
            body, kind = urlencode(fields).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = _multipart(fields, *upload)
        return self._send("POST", path, body, {**self.headers, "Content-Type": kind})

    def post_json(self, path: str, content: dict[str, Any]) -> Answer:
        """One POST of a script."""
        headers = {**self.headers, "Content-Type": "application/json", "X-CSRFToken": CSRF}
        return self._send("POST", path, json.dumps(content).encode(), headers)

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {content[:300]!r}")
        return Answer(
            answer.status,
            content.decode(errors="replace"),
            answer.headers.get("Location", ""),
            int(answer.headers.get("X-Statements", 0)),
            len(content),
        )


def _multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="deck.pdf"\r\n'
    parts.append(head.encode() + b"Content-Type: application/pdf\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def hidden(body: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', body)
    return found.group(1) if found else ""
