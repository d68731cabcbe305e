"""Random public identifiers: addresses never show a key or a running number."""

import secrets

from django.db import models

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: people read them over the phone
LENGTH = 14  # 31^14 is about 2^69: not guessable, short enough for an address


def make_public_id() -> str:
    """A fresh random identifier."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class PublicIdField(models.CharField):
    """A unique random identifier, made when the row is made, never edited."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("max_length", LENGTH)
        kwargs.setdefault("unique", True)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", make_public_id)
        super().__init__(**kwargs)  # type: ignore[arg-type]
