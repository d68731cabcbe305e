"""The list of triggers and the database agree, before and after migrations, on both databases.

That `suspended` is called in tests/conftest.py alone is read by tests/test_grid.py.
"""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from core import triggers
from core.models import AuditEvent, DayOff
from core.triggers import Trigger

pytestmark = [pytest.mark.embedded]


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_the_database_has_exactly_the_triggers_that_the_code_lists():
    assert triggers.present() == triggers.expected()


def test_every_trigger_stands_on_a_table_of_ours_under_a_name_of_its_own():
    listed = triggers.all_triggers()

    tables = {model._meta.db_table for model in apps.get_models()}
    assert {trigger.table for trigger in listed} - tables == set()
    assert len({trigger.name for trigger in listed}) == len(listed)
    assert [trigger.name for trigger in listed if len(trigger.name) > 63] == []  # PostgreSQL cuts longer names


def test_every_trigger_exists_on_one_database_at_least():
    assert [t.name for t in triggers.all_triggers() if not t.sqlite and not t.postgresql] == []


@pytest.mark.django_db
def test_a_dropped_trigger_is_noticed(is_postgres):
    run("DROP TRIGGER ac_core_auditevent_no_update" + (" ON core_auditevent" if is_postgres else ""))

    missing = triggers.expected() - triggers.present()

    assert missing == {("ac_core_auditevent_no_update", "core_auditevent")}


@pytest.mark.django_db
@pytest.mark.postgres
def test_a_disabled_trigger_is_noticed():
    run("ALTER TABLE core_auditevent DISABLE TRIGGER ac_core_auditevent_no_update")

    missing = triggers.expected() - triggers.present()

    assert missing == {("ac_core_auditevent_no_update", "core_auditevent")}


@pytest.mark.django_db
def test_making_them_twice_is_safe():
    triggers.create()

    assert triggers.present() == triggers.expected()


@pytest.mark.django_db(transaction=True)
def test_after_migrating_one_app_back_and_forth_they_are_back():
    try:
        call_command("migrate", "core", "0001", verbosity=0)  # takes no table away
        after_back = triggers.present()
    finally:
        call_command("migrate", verbosity=0)

    assert after_back == triggers.expected()
    assert triggers.present() == triggers.expected()
    assert DayOff.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_takes_tables_away_and_back_leaves_them_whole():
    try:
        call_command("migrate", "funds", "zero", verbosity=0)
        without_funds = {table for _name, table in triggers.present() if table.startswith("funds_")}
    finally:
        call_command("migrate", verbosity=0)

    assert without_funds == set()
    assert triggers.present() == triggers.expected()


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_keeps_its_triggers_after_the_migration():
    """SQLite rebuilds a table to alter it, which drops its triggers without a word."""
    field = AuditEvent._meta.get_field("verb")
    wider = field.clone()
    wider.max_length = 120
    wider.set_attributes_from_name("verb")
    wider.model = AuditEvent
    try:
        with connection.schema_editor() as editor:
            triggers.drop_before_migrate(sender=None, using="default")
            editor.alter_field(AuditEvent, field, wider)
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(AuditEvent, wider, field)
        triggers.create_after_migrate(sender=None, using="default")

    assert triggers.present() == triggers.expected()


@pytest.mark.django_db(transaction=True)
def test_rows_of_data_migrations_outlive_a_transactional_test_first():
    DayOff.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_rows_of_data_migrations_outlive_a_transactional_test_second():
    assert DayOff.objects.exists()


# --- kept: rows that change under rules of their own, but stay --------------------------------------------------------


def make(statement_of: list[Trigger], is_postgres: bool) -> None:
    for trigger in statement_of:
        for statement in trigger.postgresql if is_postgres else filter(None, [trigger.sqlite]):
            run(statement)


@pytest.fixture
def kept_table(db, is_postgres) -> None:
    run("CREATE TABLE kept_rows (id integer PRIMARY KEY, code text UNIQUE, note text)")
    make(triggers.kept("kept_rows", unique=(("code",),)), is_postgres)
    run("INSERT INTO kept_rows VALUES (1, 'one', ''), (2, 'two', '')")


def rows() -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, code, note FROM kept_rows ORDER BY id")
        return cursor.fetchall()


def test_a_kept_row_may_change(kept_table):
    run("UPDATE kept_rows SET note = 'x', code = 'uno' WHERE id = 1")

    assert rows() == [(1, "uno", "x"), (2, "two", "")]


def test_a_kept_row_may_not_go(kept_table):
    with pytest.raises(IntegrityError, match="append-only"):
        run("DELETE FROM kept_rows WHERE id = 1")

    assert len(rows()) == 2


REPLACING = [
    "INSERT OR REPLACE INTO kept_rows VALUES (1, 'new', 'x')",
    "INSERT OR REPLACE INTO kept_rows VALUES (9, 'one', 'x')",
    "REPLACE INTO kept_rows VALUES (9, 'one', 'x')",
    "UPDATE OR REPLACE kept_rows SET code = 'one' WHERE id = 2",
    "UPDATE OR REPLACE kept_rows SET id = 1 WHERE id = 2",
]


@pytest.mark.parametrize("statement", REPLACING)
def test_a_kept_row_may_not_be_replaced_whatever_the_pragma_says(kept_table, statement, is_postgres):
    if is_postgres:
        pytest.skip("PostgreSQL has no REPLACE.")
    run("PRAGMA recursive_triggers = OFF")

    with pytest.raises(IntegrityError, match="append-only"):
        run(statement)
    run("PRAGMA recursive_triggers = ON")

    assert rows() == [(1, "one", ""), (2, "two", "")]
