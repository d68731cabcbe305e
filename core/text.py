"""Text in three languages: explicit columns `_kk/_ru/_en`, read in the reader's language with a marked fallback."""

import re
import unicodedata
from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("kk", "ru", "en")
FALLBACK = {"en": ("ru", "kk"), "kk": ("ru", "en"), "ru": ("kk", "en")}
# Letters that a Russian keyboard lacks, and Latin i/h that slip into Cyrillic words.
FOLD = str.maketrans("әғқңөұүһіёih", "агкноуухиеих")


class LocalText(str):
    """A text that knows its own language, so that a fallback is marked `lang` (see the `in_lang` filter)."""

    lang: str

    def __new__(cls, value: str, lang: str) -> "LocalText":
        text = super().__new__(cls, value)
        text.lang = lang
        return text


def pick(values: dict[str, str], language: str | None = None) -> LocalText:
    """The text in `language` (the current one by default), else the fallback: en falls back to ru, then kk."""
    wanted = (language or get_language() or "kk")[:2]
    for lang in (wanted, *FALLBACK.get(wanted, ("ru", "en"))):
        if values.get(lang):
            return LocalText(values[lang], lang)
    return LocalText("", wanted)


class Localized:
    """A read-only attribute over three columns: `title = Localized()` reads title_kk, title_ru, title_en.

    `short_description` heads the admin's column, which has no other way to a translated word.
    """

    def __init__(self, short_description: Any = "") -> None:
        if short_description:
            self.short_description = short_description

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        return self if row is None else self.read(row, self.name)

    @staticmethod
    def read(row: Any, name: str) -> LocalText:
        """The text of the columns `name_kk`, `name_ru`, `name_en` of a row."""
        return pick({lang: getattr(row, f"{name}_{lang}", "") for lang in LANGUAGES})


def search_fold(text: str) -> str:
    """Folds case and Kazakh letters, so that «Казак» typed on a Russian layout finds «Қазақ»."""
    return re.sub(r"\w+", _fold_word, unicodedata.normalize("NFC", text).casefold())


def _fold_word(word: re.Match[str]) -> str:
    """A Latin word keeps its i and h, also beside Kazakh ones: «ТОО Higgsfield» is found by «higgs»."""
    return word[0].translate(FOLD) if re.search("[а-яёәғқңөұүһі]", word[0]) else word[0]
