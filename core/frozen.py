"""JSON that never changes once it is written: published questions, frozen rules."""

import json
from functools import lru_cache
from typing import Any

from django.db import models

KEPT = 64  # texts: more versions than are read at one time


class FrozenJSONField(models.JSONField):
    """The JSON of an append-only row: one process parses the same text once, and its rows share what came out.

    So nobody changes what they read; who needs another content makes one (`{**row.content, "key": value}`).
    """

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """As JSONField; what is no text (a number that SQLite took out of it) needs no parsing."""
        return _parsed(value) if isinstance(value, str) else super().from_db_value(value, expression, connection)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To migrations and the database it is a JSONField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


@lru_cache(maxsize=KEPT)
def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:  # a plain word that SQLite took out of it
        return text
