"""The server clock, asked in one place so that tests can move it."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """This instant, aware, UTC."""
    return timezone.now()


def today() -> date:
    """Today's date in Almaty (Asia/Almaty, UTC+5 since 1 March 2024)."""
    return timezone.localtime(now()).date()


def almaty_is_utc5() -> bool:
    """Whether this machine's zone data knows that Almaty keeps UTC+5 (tzdata >= 2024a)."""
    offset = timezone.localtime(datetime(2026, 7, 1, tzinfo=timezone.get_fixed_timezone(0))).utcoffset()
    return offset is not None and offset.total_seconds() == 5 * 3600


def day_of(moment: datetime) -> date:
    """The date of an instant in Almaty."""
    return timezone.localtime(moment).date()
