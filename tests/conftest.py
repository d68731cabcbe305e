"""What every test may ask for. `core.triggers.suspended` is called here and nowhere else."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation
from whitenoise.middleware import WhiteNoiseMiddleware

from core import clock, triggers
from tests import shared

_flush = TransactionTestCase._fixture_teardown
_list_static_files = WhiteNoiseMiddleware.add_files_from_finders
_static_files: dict[str, Any] = {}
_migrated: list[str] = []  # rows of data migrations, as JSON; a browser test has another connection object


def _flush_without_triggers(self: TransactionTestCase) -> None:
    """A transactional test empties its tables at the end, append-only ones too; rows of data migrations come back."""
    self.serialized_rollback = True
    connection._test_serialized_contents = _migrated[0]
    with triggers.suspended():
        _flush(self)
        connection.creation.deserialize_db_from_string(_migrated[0])


TransactionTestCase._fixture_teardown = _flush_without_triggers


def _list_static_files_once(self: WhiteNoiseMiddleware) -> None:
    """Each test browser loads the middleware, which reads every static file; what it found the first time stays."""
    if not _static_files:
        _list_static_files(self)
        _static_files.update(self.files)
    self.files.update(_static_files)


WhiteNoiseMiddleware.add_files_from_finders = _list_static_files_once


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Remembers the rows of data migrations (roles, sectors, texts), for after a transactional test."""
    with django_db_blocker.unblock():
        _migrated.append(connection.creation.serialize_db_to_string())
    yield
    with django_db_blocker.unblock():
        shared.take_back_all()


@pytest.fixture
def _shared_rows(request, django_db_setup, django_db_blocker, _first_language, _fast_passwords) -> dict[str, Any]:
    """What the functions under `@shared` made for this test (tests/shared.py)."""
    with django_db_blocker.unblock():
        return shared.stand_for(request.node)


@pytest.fixture
def _django_db_helper(_shared_rows, _django_db_helper) -> None:
    """pytest-django's own, which begins the test's transaction: after the shared rows stand, inside of theirs."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no worker waits for the other's at the end; tests with the same rows side by side."""
    items[:] = shared.side_by_side(items)
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Rate limits and the like never reach from one test into the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def _first_language(settings) -> None:
    """Each test begins in Kazakh; the language of a page asked for before stays with the thread."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _fast_passwords(settings) -> None:
    """Argon2 costs 0.2 s on purpose; tests that are not about it use a quick hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch):
    """Moves the server clock: `at(datetime)`."""

    def move(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


@pytest.fixture
def is_postgres() -> bool:
    """Whether this run stands on PostgreSQL."""
    return connection.vendor == "postgresql"
