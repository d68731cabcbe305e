"""Rows that several tests of a file begin from, made once: `@shared` in place of `@pytest.fixture`.

    @shared
    def call() -> Call: ...

    @shared
    def four(call) -> list[Application]: ...

The rows stand in a transaction that stays open while the next tests ask for them; each test works in a savepoint of
it and is taken back alone, as with Django's `setUpTestData`. A test that does not ask for them never sees them: they
are rolled back before it begins. What a test gets are copies of the objects, so that it may change them.

The arguments of a shared function are other shared functions of its file and parameters of the test, nothing else:
what lives as long as one test (`settings`, `monkeypatch`, `at`) cannot stand below rows that outlive it.
"""

import copy
import inspect
from collections.abc import Callable
from contextlib import ExitStack
from itertools import groupby
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Key = tuple[str, str, str]  # the file, the function, its parameters of the test
Make = Callable[..., Any]

_makers: dict[tuple[str, str], Make] = {}
_standing: dict[Key, tuple[Any, ExitStack]] = {}  # what stands in the database now, one transaction inside the other
_stands_in: list[BaseDatabaseWrapper] = []  # the one connection of these transactions, while any stands


def shared(make: Make) -> Any:
    """A fixture of the same name whose rows are made once for the tests in a row that ask for them."""
    _makers[make.__module__, make.__name__] = make

    def copied(_shared_rows: dict[str, Any]) -> Any:
        return _shared_rows[make.__name__]

    return pytest.fixture(name=make.__name__)(copied)


def stand_for(test: pytest.Function) -> dict[str, Any]:
    """Exactly the rows that the test asks for stand in the database; returns copies of what was made, by name."""
    wanted = _keys(test)
    if _stands_in and _stands_in[0] is not connections[DEFAULT_DB_ALIAS]:
        take_back_all()
    while list(_standing) != wanted[: len(_standing)]:
        _take_back_last()
    for key in wanted[len(_standing) :]:
        _make(key, _parameters(test))
    return copy.deepcopy(_made())


def take_back_all() -> None:
    """Nothing stands any more. It is taken back where it stands: with Playwright's event loop in the thread, Django
    looks its connection up elsewhere than without."""
    here = connections[DEFAULT_DB_ALIAS]
    while _standing:
        connections[DEFAULT_DB_ALIAS] = _stands_in[0]
        _take_back_last()
    connections[DEFAULT_DB_ALIAS] = here


def side_by_side(tests: list[pytest.Function]) -> list[pytest.Function]:
    """The tests of each file in such an order that those with the same rows follow each other."""
    return [test for _file, run in groupby(tests, lambda test: test.path) for test in sorted(run, key=_keys)]


def _make(key: Key, parameters: dict[str, Any]) -> None:
    make, given = _makers[key[:2]], parameters | copy.deepcopy(_made())
    cache.clear()
    with ExitStack() as stack:
        stack.enter_context(transaction.atomic())
        stack.callback(transaction.set_rollback, True)
        made = make(**{name: given[name] for name in inspect.signature(make).parameters})
        connection.check_constraints()
        _standing[key] = made, stack.pop_all()
        _stands_in[:] = [connections[DEFAULT_DB_ALIAS]]
    cache.clear()  # the test that found these rows missing begins as the others do


def _made() -> dict[str, Any]:
    return {name: made for (_file, name, _with), (made, _stack) in _standing.items()}


def _take_back_last() -> None:
    _key, (_made, stack) = _standing.popitem()
    stack.close()
    if not _standing:
        _stands_in.clear()


def _keys(test: pytest.Function) -> list[Key]:
    """What the test asks for and what that begins from, in the order of the file."""
    file, parameters = test.module.__name__, _parameters(test)
    names = set(test.fixturenames)
    for where, name in reversed(_makers):
        if where == file and name in names:
            names |= _arguments(_makers[where, name])
    return [
        (file, name, repr([parameters[one] for one in sorted(_arguments(make)) if one in parameters]))
        for (where, name), make in _makers.items()
        if where == file and name in names
    ]


def _arguments(make: Make) -> set[str]:
    return set(inspect.signature(make).parameters)


def _parameters(test: pytest.Function) -> dict[str, Any]:
    callspec = getattr(test, "callspec", None)
    return callspec.params if callspec else {}
