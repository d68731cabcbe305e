"""What every page knows: the person's roles, the server's time, whether this is the demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core import clock


def person(request: HttpRequest) -> dict[str, Any]:
    """`roles` is read once per request; anonymous pages ask the database nothing."""
    user = getattr(request, "user", None)
    return {
        "roles": user.roles if user and user.is_authenticated else frozenset(),
        "DEMO": settings.DEMO,
        "NOW": clock.now(),
    }
