"""Canonical JSON and its SHA-256: the same content always gives the same hash."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def canonical_json(content: Any) -> str:
    """Sorted keys, no spaces, real letters; dates and Decimals as text (never floats)."""
    return json.dumps(
        content, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sha256_of(content: Any) -> str:
    """Hex SHA-256 of the canonical JSON of `content`."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def plain(content: Any) -> Any:
    """`content` as JSON columns keep it: Decimals and dates as text. Its hash is that of `content`."""
    return json.loads(canonical_json(content))
