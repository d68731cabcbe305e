"""The language that a text is written in, told by its letters."""

import re

KAZAKH = frozenset("әғқңөұүһі")
CYRILLIC = re.compile("[а-яёәғқңөұүһі]")
LATIN = re.compile("[a-z]")
SHARE = 50  # one letter in so many: about one in six letters of Kazakh prose is its own


def language_of(text: str) -> str:
    """kk, ru or en. Kazakh letters that Russian lacks make it Kazakh, unless they are names inside Russian prose."""
    letters = text.casefold()
    cyrillic, latin = len(CYRILLIC.findall(letters)), len(LATIN.findall(letters))
    if latin > cyrillic:
        return "en"
    own = sum(letter in KAZAKH for letter in letters)
    return "kk" if own and own * SHARE >= cyrillic else "ru"
