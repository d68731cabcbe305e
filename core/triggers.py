"""The last referee: triggers that raw SQL, `update()` and `bulk_create` cannot pass, on SQLite and PostgreSQL.

Each app lists its own in `triggers.py` as `TRIGGERS`. They are dropped before a migration and made again after it,
because a table rebuild on SQLite drops triggers without a word. `/readyz` and a test compare list and database.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils.module_loading import module_has_submodule

PREFIX = "ac_"


@dataclass(frozen=True)
class Trigger:
    """One trigger: `name` (with PREFIX), its table, and the statements that make it on each database."""

    name: str
    table: str
    sqlite: str
    postgresql: tuple[str, ...]


def rule(name: str, table: str, *, when: str, sqlite: str, postgresql: str, condition: str = "") -> Trigger:
    """A row trigger of our own. `when` is like «BEFORE UPDATE»; the bodies are statements of each dialect.

    On PostgreSQL the body stands in a function that returns NEW (OLD for a delete).
    """
    full, back = PREFIX + name, "OLD" if "DELETE" in when else "NEW"
    guard = f" WHEN ({condition})" if condition else ""
    return Trigger(
        full,
        table,
        f"CREATE TRIGGER {full} {when} ON {table} FOR EACH ROW{guard} BEGIN {sqlite} END",
        (
            (
                f"CREATE OR REPLACE FUNCTION {full}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT "
                f"AS $$ BEGIN {postgresql} RETURN {back}; END $$"
            ),
            f"CREATE TRIGGER {full} {when} ON {table} FOR EACH ROW{guard} EXECUTE FUNCTION {full}()",
        ),
    )


def refusal(name: str, table: str, *, when: str, message: str, condition: str = "", exists: str = "") -> Trigger:
    """A row trigger that refuses: always, when `condition` on OLD/NEW holds, or when `exists` selects a row."""
    message = message.replace("'", "''")
    lite = f"SELECT RAISE(ABORT, '{message}')" + (f" WHERE EXISTS ({exists});" if exists else ";")
    raise_pg = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
    pg = f"IF EXISTS ({exists}) THEN {raise_pg} END IF;" if exists else raise_pg
    return rule(name, table, when=when, sqlite=lite, postgresql=pg, condition=condition)


def append_only(table: str, *, unique: tuple[tuple[str, ...], ...] = ()) -> list[Trigger]:
    """Refuses update, delete, truncate, and SQLite's REPLACE over the key or over a `unique` set of columns."""
    no_update = refusal(f"{table}_no_update", table, when="BEFORE UPDATE", message=f"{table} is append-only")
    return [no_update, *_stay(table, unique)]


def kept(table: str, *, unique: tuple[tuple[str, ...], ...] = ()) -> list[Trigger]:
    """Rows that stay but may change under rules of their own: refuses delete, truncate, and SQLite's REPLACE."""
    no_update_over = (_no_replace(table, f"u{n}", columns, update=True) for n, columns in enumerate((("id",), *unique)))
    return [*_stay(table, unique), *no_update_over]


def _stay(table: str, unique: tuple[tuple[str, ...], ...]) -> list[Trigger]:
    return [
        refusal(f"{table}_no_delete", table, when="BEFORE DELETE", message=f"{table} is append-only"),
        _no_truncate(table),
        *(_no_replace(table, str(number), columns) for number, columns in enumerate((("id",), *unique))),
    ]


def _no_truncate(table: str) -> Trigger:
    """TRUNCATE passes row triggers on PostgreSQL; SQLite has no TRUNCATE."""
    name = f"{PREFIX}{table}_no_truncate"
    return Trigger(
        name,
        table,
        "",
        (
            (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            ),
            f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
        ),
    )


def _no_replace(table: str, number: str, columns: tuple[str, ...], *, update: bool = False) -> Trigger:
    """On SQLite, INSERT (UPDATE) OR REPLACE deletes without firing delete triggers (unless a pragma asks for it)."""
    name = f"{PREFIX}{table}_no_replace_{number}"
    same = " AND ".join([*(f"{c} = NEW.{c}" for c in columns), *(["id <> OLD.id"] if update else [])])
    found = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 (names of our own)
    when = f"BEFORE {'UPDATE' if update else 'INSERT'} ON {table} FOR EACH ROW"
    body = f"SELECT RAISE(ABORT, '{table} is append-only') WHERE EXISTS ({found});"
    return Trigger(name, table, f"CREATE TRIGGER {name} {when} BEGIN {body} END", ())


def all_triggers() -> list[Trigger]:
    """Every trigger that every app lists."""
    found: list[Trigger] = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "triggers") and config.name != "core":
            found += import_module(f"{config.name}.triggers").TRIGGERS
    return found + import_module("core.tables").TRIGGERS


def expected(using: str = DEFAULT_DB_ALIAS) -> set[tuple[str, str]]:
    """(trigger, table) pairs that this database must have."""
    lite = connections[using].vendor == "sqlite"
    return {(t.name, t.table) for t in all_triggers() if (t.sqlite if lite else t.postgresql)}


def present(using: str = DEFAULT_DB_ALIAS) -> set[tuple[str, str]]:
    """(trigger, table) pairs of ours that this database has."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        sql = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    else:
        sql = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgname LIKE %s "
            "AND c.relnamespace = current_schema()::regnamespace"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [PREFIX.replace("_", r"_") + "%"])
        return {(name, table) for name, table in cursor.fetchall()}


def drop(using: str = DEFAULT_DB_ALIAS) -> None:
    """Drops our triggers, for the time of a migration."""
    lite = connections[using].vendor == "sqlite"
    with connections[using].cursor() as cursor:
        for name, table in present(using):
            cursor.execute(f"DROP TRIGGER {name}" if lite else f"DROP TRIGGER {name} ON {table}")


def create(using: str = DEFAULT_DB_ALIAS) -> None:
    """Makes every listed trigger anew."""
    drop(using)
    lite = connections[using].vendor == "sqlite"
    with connections[using].cursor() as cursor:
        for trigger in all_triggers():
            for statement in ([trigger.sqlite] if trigger.sqlite else []) if lite else trigger.postgresql:
                cursor.execute(statement)


def drop_before_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """`pre_migrate` of the core app, which is sent before any migration of any app."""
    drop(using)


def create_after_migrate(sender: Any, using: str, **kwargs: Any) -> None:
    """`post_migrate` of the core app; a partial migration that has not reached all tables makes none yet."""
    tables = set(connections[using].introspection.table_names())
    if {trigger.table for trigger in all_triggers()} <= tables:
        create(using)


@contextmanager
def suspended(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Without triggers, for emptying tables between tests: called in tests/conftest.py and nowhere else."""
    drop(using)
    try:
        yield
    finally:
        create(using)


def table_of(model: type[models.Model]) -> str:
    """The table's name, for the lists in `triggers.py`."""
    return model._meta.db_table
