"""A file's name as it is shown and given back: it never becomes a stored name or a path."""

import re
import unicodedata

LONGEST = 120  # characters; in Kazakh 240 bytes, which every file system takes
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, right-to-left override, zero width, surrogates
NOT_IN_NAMES = re.compile(r'[<>:"|?*]')  # no file name on Windows, and nothing that looks like HTML


def shown_name(name: str) -> str:
    """The last part of a path, without what cannot be seen or could deceive."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in UNSEEN)
    return " ".join(NOT_IN_NAMES.sub("_", seen).split()).strip(" .")


def extension(name: str) -> str:
    """The extension in lower case, with its dot; empty where there is none («Договор от 01.11.2026», «Смета v.2»)."""
    found = re.search(r"\.[a-z]{2,4}$", name.lower())
    return found[0] if found else ""


def with_extension(name: str, right: str, *, instead_of: str = "") -> str:
    """`name` with the extension `right` (in the place of `instead_of`), cut to LONGEST; a nameless file gets a name."""
    stem = name[: len(name) - len(instead_of)] if instead_of else name
    return f"{stem[: LONGEST - len(right)].rstrip(' .') or 'document'}{right}"
