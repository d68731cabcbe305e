"""The services that the tests run on: PostgreSQL, a Redis-protocol broker, a Celery worker, Chromium.

`plugin.py` starts the first two before Django reads its settings; DATABASE_URL and REDIS_URL are used where set.
Tests import from here: `database_url()`, `worker_environment()`, `start_worker(log)`, `start_broker()`,
`chromium.launch_args()` and `skip_or_fail(sentence)`.
"""

import os
from pathlib import Path
from urllib.parse import quote

import pytest

from config.launch import valkey
from tests.services import chromium, worker

__all__ = ["chromium", "database_url", "skip_or_fail", "start_broker", "start_worker", "worker_environment"]


def skip_or_fail(sentence: str) -> None:
    """A missing service skips the test, in CI it fails: there everything is there or the run proves less."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def database_url() -> str:
    """DATABASE_URL of the test database itself, for a process that shall read and write what the test does."""
    from django.db import connection  # Django is not ready when the plugin imports this package

    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    secret = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    port = f":{database['PORT']}" if database["PORT"] else ""
    host = quote(database["HOST"], safe="")
    return f"postgres://{quote(database['USER'], safe='')}{secret}@{host}{port}/{database['NAME']}"


def worker_environment(**changes: str) -> dict[str, str]:
    """The environment of a process beside the test: same settings, the test's own database, plus `changes`."""
    return {**os.environ, "DATABASE_URL": database_url(), **changes}


def start_worker(log: Path, **changes: str) -> worker.Worker:
    """A real worker on the test's database and broker; the caller stops it. Needs `transaction=True` tests."""
    return worker.Worker(worker_environment(**changes), log=log)


def start_broker(log: Path | None = None) -> valkey.Valkey:
    """A broker of the test's own, which it may stop and start again; the caller stops it."""
    return valkey.launch(log)
