"""What an outside body writes into a list of checks, in any of the three languages. Pure data; no Django."""

PASSED, FAILED, UNCLEAR = "passed", "failed", "unclear"  # values of grants.statuses.CheckResult

# Offered in the column of the list that goes out, in the language of who made it.
OFFERED = {
    PASSED: {"kk": "Қарыз жоқ", "ru": "Долга нет", "en": "No debt"},
    FAILED: {"kk": "Қарыз бар", "ru": "Долг есть", "en": "Debt"},
    UNCLEAR: {"kk": "Анық емес", "ru": "Неясно", "en": "Unclear"},
}
# What people write instead.
ALSO = {
    PASSED: ("жоқ", "берешек жоқ", "берешегі жоқ", "қарызы жоқ", "нет", "задолженности нет", "нет долга", "no", "0"),
    FAILED: ("бар", "берешек бар", "берешегі бар", "қарызы бар", "есть", "задолженность есть", "есть долг", "yes"),
    UNCLEAR: ("?",),
}


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").strip(" .!").split())


_READ = {_folded(word): result for result in OFFERED for word in (*OFFERED[result].values(), *ALSO[result])}


def read_answer(text: str) -> str | None:
    """The result that a cell says, or None where nobody can tell."""
    return _READ.get(_folded(text))


def full_identifier(text: str) -> str:
    """Twelve digits: a spreadsheet takes an IIN for a number and drops the zeros before it."""
    digits = "".join(c for c in text if c.isdigit())
    return digits.zfill(12) if digits else ""
