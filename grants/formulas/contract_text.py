"""The text of a contract: named placeholders in braces, from a closed list, filled with data that stay text."""

import re
from collections.abc import Iterable, Mapping

NAMED = re.compile(r"\{([a-z_]*)\}")
BRACES = re.compile(r"[{}]")


def placeholders_in(text: str) -> set[str]:
    """The names in braces."""
    return set(NAMED.findall(text))


def unknown_in(text: str, known: Iterable[str]) -> list[str]:
    """What stands in braces and is no placeholder, in order; a lone brace comes as itself."""
    wrong = [f"{{{name}}}" for name in NAMED.findall(text) if name not in set(known)]
    return [*dict.fromkeys(wrong), *dict.fromkeys(BRACES.findall(NAMED.sub("", text)))]


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder in place of its value; what a value says in braces is not read again.

    Raises KeyError for a name that has no value.
    """
    return NAMED.sub(lambda found: values[found[1]], text)
