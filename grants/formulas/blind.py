"""Blind reading: an applicant's name, numbers, addresses and people are taken out of a text.

What stands inside a file, in a picture or behind a link cannot be taken out: the page says so.
"""

import re
from collections.abc import Iterable

SHORTEST = 4  # letters; a shorter part of a name hides too much beside it
PHONE_DIGITS = 10  # without the country's prefix, which is written in several ways
EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
QUOTED = re.compile(r"[«\"“„](.+?)[»\"”“]")
ENDING = re.compile(r"[аеёиоуыэюяйьәіөүұ]$", re.IGNORECASE)  # of a word, which changes with the case in Russian
FORMS = re.compile(r"^(?:ТОО|ЖШС|ИП|ЖК|АО|АҚ|ОО|ҚБ|LLP|LLC|JSC)\s+", re.IGNORECASE)


def names_of(name: str) -> set[str]:
    """A name as others may write it: whole, without its legal form and quotes, what stands inside the quotes."""
    bare = FORMS.sub("", name.strip()).strip('«»"“”„ ')
    return {part for part in (name.strip(), bare, *QUOTED.findall(name)) if len(part) >= SHORTEST}


def people_of(name: str) -> set[str]:
    """A person's whole name and each longer part of it: a surname alone names them too."""
    return {part for part in (name.strip(), *name.split()) if len(part) >= SHORTEST}


def without(text: str, secrets: Iterable[str], phones: Iterable[str], mask: str) -> str:
    """The text with `mask` in the place of every secret, phone and e-mail address; letter case does not matter.

    A secret is looked for from the beginning of a word, and its ending goes with it: Kazakh adds endings, Russian
    changes them («Сапарова», «Сапаровой»).
    """
    stems = [ENDING.sub("", secret) if len(secret) > SHORTEST else secret for secret in secrets]
    words = [r"\s+".join(map(re.escape, stem.split())) for stem in sorted(stems, key=len, reverse=True)]
    numbers = [re.sub(r"\D", "", phone)[-PHONE_DIGITS:] for phone in phones]
    digits = [r"\W{0,3}".join(number) for number in numbers if len(number) == PHONE_DIGITS]
    rules = [EMAIL, *(rf"(?:\+7|\b8)?\W{{0,3}}{one}" for one in digits), *(rf"(?<!\w){word}\w*" for word in words)]
    return re.sub("|".join(rules), mask, text, flags=re.IGNORECASE)
