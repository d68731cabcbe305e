"""Pytest plugin (`-p tests.services.plugin`): starts the services before Django reads its settings, stops them after.

pytest-xdist's workers inherit the addresses from the first process; each takes a Redis database of its own, and
pytest-django gives each a test database of its own.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from config.launch import valkey
from tests.services import chromium, postgres, skip_or_fail

# Settings are read from the environment once; tests do not depend on what the machine's shell or .env says.
ENVIRONMENT = {
    "SECRET_KEY": "only-for-tests-and-long-enough-for-the-deploy-check-4f1c9a7e",
    "DEBUG": "false",
    "DEMO": "false",
    "HTTPS": "false",
    "STATIC_FROM_FINDERS": "true",
    "FILE_SERVING": "disk",
    "SITE_URL": "http://testserver",
    "EMAIL_URL": "smtp://localhost:1",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright's synchronous interface keeps an event loop in the thread
}
notes: list[str] = []


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before pytest-django loads the settings."""
    number = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if number:
        _take_redis_database(int(number) + 1)
        return
    os.environ.update(ENVIRONMENT)
    folder = Path(tempfile.mkdtemp(prefix="almaty-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "static").mkdir()  # WhiteNoise looks there, though tests serve files from their sources
    os.environ["DATA_DIR"] = str(folder)
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(folder / "hypothesis"))
    _provide("DATABASE_URL", _postgres_url, instead=f"sqlite:///{folder / 'portal.sqlite3'}")
    _provide("REDIS_URL", _valkey_url, instead="")


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """SQLite's test database is a file, as in the demo: other threads and a worker process open it too.

    The catalogues of texts are compiled here, as the demo does: before any test module is imported, since what asks for
    a text earlier than that would find none for the rest of the run. Hypothesis tries few examples at a desk and many
    in CI, the same ones for the same code.
    """
    from django.db import connection

    from core import words_catalogue

    words_catalogue.compile_all()
    many = os.environ.get("CI") == "true"
    hypothesis.settings.register_profile("ours", max_examples=300 if many else 25, deadline=None, derandomize=True)
    hypothesis.settings.load_profile("ours")
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(Path(os.environ["DATA_DIR"]) / "test.sqlite3")


def pytest_report_header() -> list[str]:
    """What the run stands on."""
    return notes


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A test that needs what this machine lacks is skipped with one line, and fails in CI."""
    from django.db import connection

    if item.get_closest_marker("browser") and chromium.path() is None:
        skip_or_fail(chromium.NO_CHROMIUM)
    if item.get_closest_marker("worker") and not os.environ["REDIS_URL"]:
        skip_or_fail(valkey.NO_BROKER)
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        if os.environ.get("POSTGRES_MISSING"):
            skip_or_fail(postgres.NO_POSTGRES)
        pytest.skip("PostgreSQL alone; this run was asked to be on SQLite.")


def _provide(name: str, launch: Callable[[], str], *, instead: str) -> None:
    """Set the variable `name` unless the machine set it; where nothing starts, say so and go on with `instead`."""
    if os.environ.get(name):
        notes.append(f"{name}: the machine's own")
        return
    try:
        os.environ[name] = launch()
        notes.append(f"{name}: started for this run")
    except (postgres.PostgresMissing, valkey.BrokerMissing) as missing:
        os.environ[name] = instead
        if name == "DATABASE_URL":
            os.environ["POSTGRES_MISSING"] = "true"
        notes.append(str(missing))


def _postgres_url() -> str:
    server = postgres.launch()
    atexit.register(server.stop)
    return server.url


def _valkey_url() -> str:
    server = valkey.launch()
    atexit.register(server.stop)
    return server.url


def _take_redis_database(number: int) -> None:
    """redis://host:port/0 -> redis://host:port/<number>."""
    base, _slash, _number = os.environ["REDIS_URL"].rpartition("/")
    if base.startswith("redis"):
        os.environ["REDIS_URL"] = f"{base}/{number}"
