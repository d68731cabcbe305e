"""What every test may ask for. `core.triggers.suspended` is called here and nowhere else."""

from datetime import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from core import clock, triggers, words_catalogue

_flush = TransactionTestCase._fixture_teardown
_migrated: list[str] = []  # rows of data migrations, as JSON; a browser test has another connection object


def _flush_without_triggers(self: TransactionTestCase) -> None:
    """A transactional test empties its tables at the end, append-only ones too; rows of data migrations come back."""
    self.serialized_rollback = True
    connection._test_serialized_contents = _migrated[0]
    with triggers.suspended():
        _flush(self)
        connection.creation.deserialize_db_from_string(_migrated[0])


TransactionTestCase._fixture_teardown = _flush_without_triggers


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Remembers the rows of data migrations (roles, sectors, texts), for after a transactional test."""
    with django_db_blocker.unblock():
        _migrated.append(connection.creation.serialize_db_to_string())


@pytest.fixture(scope="session", autouse=True)
def _messages() -> None:
    """The catalogues are compiled once, as the demo does."""
    words_catalogue.compile_all()


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
