"""JSON that never changes once it is written: published questions, frozen rules.

Its row carries the SHA-256 of it, so a process that has seen the content once need not read it again.
"""

import json
from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

KEPT = 128  # contents: more versions than are read at one time
HASH_LENGTH = 64  # hexadecimal digits of SHA-256


class FrozenContent(DeferredAttribute):
    """What a row read without its content (`defer`) has of it: what this process knows by the row's `sha256`.

    A content that the process has not met yet is read from the database, once.
    """

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None or self.field.attname in instance.__dict__:
            return super().__get__(instance, cls)
        kept = _place_of(instance)
        if not kept:
            kept.append(super().__get__(instance, cls))
        instance.__dict__[self.field.attname] = kept[0]
        return kept[0]


class FrozenJSONField(models.JSONField):
    """The JSON of an append-only row with a `sha256`: parsed once for a process, and its rows share what came out.

    So nobody changes what they read; who needs another content makes one (`{**row.content, "key": value}`).
    """

    descriptor_class = FrozenContent

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """As JSONField; what is no text (a number that SQLite took out of it) needs no parsing."""
        return _parsed(value) if isinstance(value, str) else super().from_db_value(value, expression, connection)

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """Keeps what is written as it will be read: nobody in this process has to ask for it."""
        value = super().pre_save(model_instance, add)
        keep(getattr(model_instance, "sha256", ""), json.loads(json.dumps(value, cls=self.encoder)))
        return value

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """To migrations and the database it is a JSONField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


def keep(sha256: str, content: Any) -> None:
    """Keeps a content that was read or written whole: rows of this hash are then read without it."""
    if len(sha256) == HASH_LENGTH and not place(sha256):
        place(sha256).append(content)


def _place_of(row: Any) -> list[Any]:
    """Where this process keeps the content of a row: empty, or holding it. What has no true hash is not kept."""
    sha256 = getattr(row, "sha256", "")
    return place(sha256) if len(sha256) == HASH_LENGTH else []


@lru_cache(maxsize=KEPT)
def place(sha256: str) -> list[Any]:
    """The one list in which this process keeps the content of this hash."""
    return []


@lru_cache(maxsize=KEPT)
def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:  # a plain word that SQLite took out of it
        return text
