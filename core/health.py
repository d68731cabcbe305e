"""Is this process alive, and is everything it needs there?"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from kombu import Connection
from kombu.exceptions import KombuError

from core import clock, triggers


def database_answers() -> bool:
    """One SELECT."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_applied() -> bool:
    """No migration of the code is missing in the database."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def triggers_present() -> bool:
    """The database has exactly the triggers that the code lists."""
    return triggers.present() == triggers.expected()


def database_says_utc5() -> bool:
    """PostgreSQL's own zone data agrees that Almaty is UTC+5 (SQLite has none)."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXTRACT(hour FROM TIMESTAMPTZ '2026-07-01 00:00+00' AT TIME ZONE 'Asia/Almaty')")
        return int(cursor.fetchone()[0]) == 5


def broker_answers() -> bool:
    """The broker takes a connection within 0.2 s."""
    with Connection(settings.CELERY_BROKER_URL, transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS) as link:
        link.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
        return True


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_applied,
    "triggers": triggers_present,
    "time_zone": clock.almaty_is_utc5,
    "database_time_zone": database_says_utc5,
    "broker": broker_answers,
}


def passes(check: Callable[[], bool]) -> bool:
    """The check's answer; what it needs being unreachable is an answer too."""
    try:
        return check()
    except (Error, OSError, KombuError):
        return False


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Live: this process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: every part answers; 503 names the one that does not. The broker down is reported, pages still work."""
    found = {name: passes(check) for name, check in CHECKS.items()}
    ready = all(ok for name, ok in found.items() if name != "broker")
    return JsonResponse({"ready": ready, **found}, status=200 if ready else 503)
