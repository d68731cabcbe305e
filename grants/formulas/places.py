"""Where in a dossier a score finds its proof: a place is written «kind:key», as scores store it.

`fact` a column of the application, `answer` a question's key, `line` a budget line, `step` a milestone, `file` a
document, the last three by their public id.
"""

FACT, ANSWER, LINE, STEP, FILE = "fact", "answer", "line", "step", "file"
KINDS = frozenset({FACT, ANSWER, LINE, STEP, FILE})
FACTS = frozenset({"summary", "amount_requested"})  # what every application has


def place(kind: str, key: str) -> str:
    """A place as it is stored."""
    return f"{kind}:{key}"


def split(written: str) -> tuple[str, str]:
    """(kind, key); two empty texts for what is no place."""
    kind, _colon, key = written.partition(":")
    return (kind, key) if kind in KINDS and key else ("", "")
