"""Dates in words. Source: the project's reference for Kazakhstan (kz_reference.py)."""

from datetime import date

import pytest

from core.calendar_words import long_date, until

DAY = date(2025, 12, 14)


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "2025 жылғы 14 желтоқсан"), ("ru", "14 декабря 2025\u00a0г."), ("en", "14 December 2025")],
)
def test_a_date_is_written_as_its_language_writes_it(language, words):
    assert long_date(DAY, language) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("kk", "2025 жылғы 14 желтоқсанға дейін"),
        ("ru", "до 14 декабря 2025\u00a0г."),
        ("en", "until 14 December 2025"),
    ],
)
def test_a_deadline_takes_the_case_of_its_language(language, words):
    assert until(DAY, language) == words


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (1, "2026 жылғы 1 қаңтарға дейін"),
        (4, "2026 жылғы 1 сәуірге дейін"),
        (6, "2026 жылғы 1 маусымға дейін"),
        (9, "2026 жылғы 1 қыркүйекке дейін"),
    ],
)
def test_a_kazakh_month_takes_the_ending_of_its_vowels(month, words):
    assert until(date(2026, month, 1), "kk") == words
