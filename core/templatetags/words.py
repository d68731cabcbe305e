"""Filters for words, money and dates; built into every template."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from core import calendar_words
from core.identifiers import readable_iban, readable_phone
from core.money import Currency
from core.text import LocalText

register = template.Library()
NBSP = "\u00a0"


@register.filter
def in_lang(text: str) -> SafeString | str:
    """Marks a text that fell back to another language: <span lang="ru">…</span>."""
    if isinstance(text, LocalText) and text.lang != (get_language() or "")[:2]:
        return format_html('<span lang="{}">{}</span>', text.lang, str(text))
    return text


@register.filter
def money(amount: Decimal | int | None, currency: str = Currency.KZT) -> str:
    """«2 500 000 ₸», with tiyn only where there are any; «KZT 2,500,000» in English; dollars as «39 000 000 $»."""
    if amount is None:
        return "—"
    value = Decimal(amount)
    digits = f"{value:,.2f}" if value != value.to_integral_value() else f"{value:,.0f}"
    if (get_language() or "")[:2] == "en":
        return f"{currency}{NBSP}{digits}"
    digits = digits.replace(",", NBSP).replace(".", ",")
    return f"{digits}{NBSP}{'₸' if currency == Currency.KZT else '$'}"


@register.filter
def number(value: int | Decimal | None) -> str:
    """A count with grouped digits in the reader's way."""
    if value is None:
        return "—"
    digits = f"{value:,}"
    if (get_language() or "")[:2] == "en":
        return digits
    return digits.replace(",", NBSP).replace(".", ",")


@register.filter
def long_date(on: date | datetime | None) -> str:
    """«2025 жылғы 14 желтоқсан», «14 декабря 2025 г.», «14 December 2025», in Almaty's calendar."""
    if on is None:
        return "—"
    if isinstance(on, datetime):
        on = timezone.localtime(on).date()
    return calendar_words.long_date(on, (get_language() or "kk")[:2])


@register.filter
def moment(at: datetime | None) -> str:
    """A date with the time of Almaty: «14 декабря 2025 г., 18:00 (Алматы, UTC+5)»."""
    if at is None:
        return "—"
    local = timezone.localtime(at)
    place = {"kk": "Алматы", "ru": "Алматы"}.get((get_language() or "kk")[:2], "Almaty")
    return f"{long_date(at)}, {local:%H:%M} ({place}, UTC+5)"


@register.filter
def epoch(at: datetime) -> int:
    """Whole seconds since 1970, for clocks that count from the server's time."""
    return int(at.timestamp())


@register.filter
def phone(number: str) -> str:
    """A kept phone as people read it: «+7 701 123 45 67»."""
    return readable_phone(number) if number else "—"


@register.filter
def iban(number: str) -> str:
    """An account number in groups of four: «KZ86 125K ZT50 0410 0100»."""
    return readable_iban(number)


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key) if mapping else None
