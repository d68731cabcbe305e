"""SQLite's LIKE folds ASCII only: without this, a search for «қазақ» finds nothing in the embedded demo."""

import re
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=256)
def _pattern(like: str, escape: str) -> re.Pattern[str]:
    out, i = [], 0
    while i < len(like):
        if like[i] == escape and i + 1 < len(like):
            i += 1
            out.append(re.escape(like[i]))
        else:
            out.append({"%": ".*", "_": "."}.get(like[i]) or re.escape(like[i]))
        i += 1
    return re.compile("".join(out), re.IGNORECASE | re.DOTALL)


def unicode_like(pattern: str | None, text: str | None, escape: str = "\\") -> bool | None:
    """LIKE as SQL means it, with letters of every alphabet folded."""
    if pattern is None or text is None:
        return None
    return _pattern(str(pattern), escape).fullmatch(str(text)) is not None


def teach_unicode(sender: Any, connection: Any, **kwargs: Any) -> None:
    """On each new SQLite connection: our LIKE in the place of the built-in one."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("like", 2, unicode_like, deterministic=True)
        connection.connection.create_function("like", 3, unicode_like, deterministic=True)
