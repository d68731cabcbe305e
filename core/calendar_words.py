"""Dates in words. Kazakh month names in the nominative and the dative («14 желтоқсанға дейін»)."""

from datetime import date

NBSP = "\u00a0"
KK_MONTH = [
    "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
    "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
]  # fmt: skip
KK_DATIVE = [
    "қаңтарға", "ақпанға", "наурызға", "сәуірге", "мамырға", "маусымға",
    "шілдеге", "тамызға", "қыркүйекке", "қазанға", "қарашаға", "желтоқсанға",
]  # fmt: skip
RU_MONTH = [
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
]  # fmt: skip
EN_MONTH = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


def long_date(on: date, language: str) -> str:
    """A date as each language writes it in a document."""
    if language == "kk":
        return f"{on.year} жылғы {on.day} {KK_MONTH[on.month - 1]}"
    if language == "ru":
        return f"{on.day} {RU_MONTH[on.month - 1]} {on.year}{NBSP}г."
    return f"{on.day} {EN_MONTH[on.month - 1]} {on.year}"


def until(on: date, language: str) -> str:
    """«2025 жылғы 14 желтоқсанға дейін», «до 14 декабря 2025 г.», «until 14 December 2025»."""
    if language == "kk":
        return f"{on.year} жылғы {on.day} {KK_DATIVE[on.month - 1]} дейін"
    if language == "ru":
        return f"до {long_date(on, 'ru')}"
    return f"until {long_date(on, 'en')}"
