"""Search that forgives keyboards, and text that marks the language it fell back to."""

import pytest
from django.utils import translation

from core.text import Localized, pick, search_fold

TEXTS = {"kk": "Қазақша", "ru": "По-русски", "en": "In English"}


class Row:
    """Three columns of one title."""

    title = Localized()

    def __init__(self, **columns):
        for language in TEXTS:
            setattr(self, f"title_{language}", columns.get(language, ""))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("казак", "Қазақ"),
        ("ОНЕР", "Өнер"),
        ("жулдыз", "Жұлдыз"),
        ("гылым", "Ғылым"),
        ("ані", "Әні"),
        ("ёлка", "ЕЛКА"),
        ("Шахан", "Шаһан"),
        ("iнi", "Іні"),  # Latin i inside Cyrillic words
        ("и\u0306од", "ЙОД"),  # a letter and its sign, typed apart
    ],
)
def test_what_a_russian_keyboard_types_finds_what_a_kazakh_one_wrote(typed, written):
    assert search_fold(typed) == search_fold(written)


@pytest.mark.parametrize("typed", ["higgsfield", "Higgs", "imanbek@mail.kz", "GR-2026-00042"])
def test_latin_words_stay_latin_beside_kazakh_ones(typed):
    folded = search_fold(f"ТОО «Қазақ {typed} студиясы»")

    assert search_fold(typed) in folded


def test_a_text_is_read_in_the_readers_language():
    with translation.override("ru"):
        text = Row(**TEXTS).title

    assert (text, text.lang) == ("По-русски", "ru")


@pytest.mark.parametrize(
    ("reader", "there", "got"),
    [
        ("en", ("kk", "ru"), "ru"),
        ("en", ("kk",), "kk"),
        ("kk", ("ru", "en"), "ru"),
        ("ru", ("kk", "en"), "kk"),
        ("kk", ("en",), "en"),
        ("ru-kz", ("kk", "ru"), "ru"),
    ],
)
def test_a_missing_text_falls_back_and_says_in_which_language(reader, there, got):
    text = pick({language: TEXTS[language] for language in there}, reader)

    assert (text, text.lang) == (TEXTS[got], got)


def test_no_text_at_all_is_an_empty_text_of_the_reader():
    text = pick({"kk": "", "ru": ""}, "en")

    assert (text, text.lang) == ("", "en")
