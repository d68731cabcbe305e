"""Start-up checks: zone data of this machine, and what production must not be without."""

from typing import Any

from django.conf import settings
from django.core import checks

from core import clock


def time_zone(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Deadlines are wrong on a machine whose zone data is older than 2024a (Almaty left UTC+6 on 2024-03-01)."""
    if clock.almaty_is_utc5():
        return []
    return [
        checks.Error("This machine believes that Almaty is not UTC+5. Update tzdata to 2024a or later.", id="core.E002")
    ]


def demo_is_not_production(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """DEMO opens doors without a second factor: never beside HTTPS production settings."""
    if settings.DEMO and settings.HTTPS:
        return [checks.Error("DEMO=true and HTTPS=true together: the demo is not a production.", id="core.E003")]
    return []


def register_all() -> None:
    """Called once by CoreConfig."""
    checks.register(time_zone)
    checks.register(demo_is_not_production, deploy=True)
