"""The audit trail: append-only for raw SQL on both databases, sealed by one writer, and every changed byte is found."""

import threading
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from core import seals
from core.audit import record
from core.canonical import sha256_of
from core.models import AuditEvent, AuditSeal, DayOff
from tests.threads import at_once

pytestmark = [pytest.mark.embedded]


def run(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def write_events(count: int = 3) -> None:
    about = DayOff.objects.first() or DayOff.objects.create(on="2026-12-16")
    for number in range(count):
        with transaction.atomic():
            record("test.write", about, by=None, data={"number": number})


@pytest.fixture
def sealed(db) -> list[AuditEvent]:
    """Three events under a chain that is green."""
    write_events()
    assert seals.verify().faults == ()
    return list(AuditEvent.objects.order_by("pk"))


@pytest.fixture
def without_triggers(db, is_postgres) -> None:
    """What a forger with the owner's rights does first; the test's rollback brings the triggers back."""
    for table in ("core_auditevent", "core_auditseal"):
        for rule in ("no_update", "no_delete"):
            run(f"DROP TRIGGER ac_{table}_{rule}" + (f" ON {table}" if is_postgres else ""))


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_an_event_belongs_to_the_transaction_of_what_it_describes():
    about = DayOff.objects.first()

    with pytest.raises(RuntimeError, match="transaction"):
        record("test.write", about, by=None)

    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_event_goes_with_the_change_that_was_rolled_back():
    about = DayOff.objects.first()

    with transaction.atomic():
        record("test.write", about, by=None)
        transaction.set_rollback(True)

    assert AuditEvent.objects.count() == 0


@pytest.mark.django_db
def test_amounts_and_dates_are_kept_as_text_and_hash_alike_after_reading():
    data = {
        "amount": Decimal("4200000.50"),
        "on": datetime(2026, 11, 22, tzinfo=UTC),
        "words": "Ойын",
        "list": [1, None],
    }

    record("test.write", DayOff.objects.first(), by=None, data=data)

    event = AuditEvent.objects.get()
    assert event.data["amount"] == "4200000.50"
    assert sha256_of(event.content()) == event.sha256


@pytest.mark.django_db
def test_an_instant_in_almaty_time_hashes_like_the_same_instant_in_utc(at):
    at(datetime(2026, 11, 22, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=5))))

    record("test.write", DayOff.objects.first(), by=None)

    assert seals.verify().faults == ()


# --- append-only, whoever writes the SQL ------------------------------------------------------------------------------

UPDATES = [
    ("core_auditevent", "verb = 'other'"),
    ("core_auditevent", "sha256 = 'other'"),
    ("core_auditevent", "at = '2020-01-01 00:00:00+00:00'"),
    ("core_auditevent", "id = id + 100"),
    ("core_auditevent", "verb = verb"),
    ("core_auditseal", "sha256 = 'other'"),
    ("core_auditseal", "position = position + 100"),
]


@pytest.mark.parametrize(("table", "change"), UPDATES)
def test_raw_update_is_refused(sealed, table, change):
    with pytest.raises(IntegrityError, match="append-only"):
        run(f"UPDATE {table} SET {change}")

    assert seals.verify().faults == ()


@pytest.mark.parametrize("table", ["core_auditevent", "core_auditseal"])
def test_raw_delete_is_refused(sealed, table):
    with pytest.raises(IntegrityError, match="append-only"):
        run(f"DELETE FROM {table}")

    assert seals.verify().checked == 3


@pytest.mark.parametrize("table", ["core_auditevent", "core_auditseal"])
@pytest.mark.postgres
def test_truncate_is_refused(sealed, table):
    with pytest.raises(IntegrityError, match="append-only"):
        run(f"TRUNCATE {table}")


@pytest.mark.postgres
def test_merge_and_upsert_are_refused(sealed):
    event = sealed[0]
    columns = "id, at, actor_id, verb, object_type, object_id, data, sha256"

    with pytest.raises(IntegrityError, match="append-only"):
        run(
            f"INSERT INTO core_auditevent ({columns}) SELECT {columns} FROM core_auditevent WHERE id = %s "
            "ON CONFLICT (id) DO UPDATE SET verb = 'other'",
            event.pk,
        )


COPIES = {
    "an event under its key": ("core_auditevent", "id, at, 7, verb, object_type, object_id, data, sha256"),
    "a seal under its key": ("core_auditseal", "id, 99, 99, '', 'x', sealed_at"),
    "a seal at its place": ("core_auditseal", "id + 99, position, 99, '', 'x', sealed_at"),
    "the seal of an event": ("core_auditseal", "id + 99, 99, event_id, '', 'x', sealed_at"),
}
COLUMNS = {
    "core_auditevent": "id, at, actor_id, verb, object_type, object_id, data, sha256",
    "core_auditseal": "id, position, event_id, previous, sha256, sealed_at",
}


@pytest.mark.parametrize("pragma", ["ON", "OFF"])
@pytest.mark.parametrize("what", COPIES)
def test_replace_is_refused_whatever_the_pragma_says(sealed, what, pragma, is_postgres):
    if is_postgres:
        pytest.skip("PostgreSQL has no REPLACE.")
    table, values = COPIES[what]
    run(f"PRAGMA recursive_triggers = {pragma}")

    with pytest.raises(IntegrityError, match="append-only"):
        run(f"INSERT OR REPLACE INTO {table} ({COLUMNS[table]}) SELECT {values} FROM {table} LIMIT 1")
    run("PRAGMA recursive_triggers = ON")

    assert seals.verify() == seals.Report(3, AuditSeal.objects.get(position=3).sha256, ())


# --- what a forger cannot hide ----------------------------------------------------------------------------------------

FORGED = {
    "the verb": ("UPDATE core_auditevent SET verb = 'test.writf' WHERE id = %s", "content does not match"),
    "the person": ("UPDATE core_auditevent SET actor_id = 1 WHERE id = %s", "content does not match"),
    "the time": ("UPDATE core_auditevent SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s", "content does not match"),
    "the object": ("UPDATE core_auditevent SET object_id = 'other' WHERE id = %s", "content does not match"),
    "the hash": ("UPDATE core_auditevent SET sha256 = 'ff' WHERE id = %s", "content does not match"),
    "the seal": ("UPDATE core_auditseal SET sha256 = 'ff' WHERE event_id = %s", "the chain is broken here"),
    "the link": ("UPDATE core_auditseal SET previous = 'ff' WHERE event_id = %s", "the chain is broken here"),
    "an event taken out": ("DELETE FROM core_auditevent WHERE id = %s", "is missing"),
}


@pytest.mark.parametrize("what", FORGED)
def test_one_changed_byte_turns_the_check_red(sealed, without_triggers, what):
    statement, fault = FORGED[what]

    run(statement, sealed[1].pk)

    assert any(fault in found for found in seals.verify().faults)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_byte_of_the_data_of_any_event_turns_the_check_red(sealed, without_triggers, number):
    run("UPDATE core_auditevent SET data = %s WHERE id = %s", '{"number": 9}', sealed[number].pk)

    faults = seals.verify().faults

    assert faults == (f"event {sealed[number].pk}: its content does not match its hash",)


def test_a_forger_who_also_mends_the_events_hash_breaks_the_chain(sealed, without_triggers):
    event = sealed[1]
    event.verb = "test.forged"
    mended = sha256_of(event.content())

    run("UPDATE core_auditevent SET verb = %s, sha256 = %s WHERE id = %s", event.verb, mended, event.pk)

    assert seals.verify().faults == ("seal 2: the chain is broken here",)


def test_an_event_and_its_seal_taken_out_together_leave_a_gap(sealed, without_triggers):
    run("DELETE FROM core_auditseal WHERE event_id = %s", sealed[1].pk)
    run("DELETE FROM core_auditevent WHERE id = %s", sealed[1].pk)

    faults = seals.verify().faults

    assert "seal 3: the chain has a gap before it" in faults


def test_what_is_cut_off_at_the_end_shows_in_the_head_that_somebody_wrote_down(sealed, without_triggers):
    head = seals.verify().head
    run("DELETE FROM core_auditseal WHERE event_id = %s", sealed[2].pk)
    run("DELETE FROM core_auditevent WHERE id = %s", sealed[2].pk)

    after = seals.verify()

    assert (after.faults, after.checked) == ((), 2)
    assert after.head != head


def test_the_command_is_green_and_prints_the_head(sealed):
    out = StringIO()

    call_command("verify_audit", stdout=out)

    assert out.getvalue() == f"3 events, all unchanged. Head: {AuditSeal.objects.get(position=3).sha256}\n"


def test_the_command_fails_and_names_the_event(sealed, without_triggers):
    run("UPDATE core_auditevent SET verb = 'x' WHERE id = %s", sealed[0].pk)
    errors = StringIO()

    with pytest.raises(CommandError, match="1 faults in 3 sealed events"):
        call_command("verify_audit", stderr=errors)

    assert errors.getvalue() == f"event {sealed[0].pk}: its content does not match its hash\n"


# --- sealing ----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_empty_trail_is_green():
    assert seals.verify() == seals.Report(0, "", ())


@pytest.mark.django_db
def test_numbers_that_a_rollback_has_burnt_are_no_gap():
    write_events(1)
    with transaction.atomic():
        write_events(1)
        transaction.set_rollback(True)
    write_events(1)

    assert (seals.verify().checked, seals.verify().faults) == (2, ())


@pytest.mark.django_db
def test_sealing_twice_seals_once(monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 2)
    write_events(5)

    assert (seals.seal_pending(), seals.seal_pending()) == (5, 0)
    assert list(AuditSeal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
def test_two_who_seal_at_once_make_one_chain(monkeypatch):
    monkeypatch.setattr(seals, "BATCH", 7)
    write_events(60)

    assert sum(at_once(seals.seal_pending, seals.seal_pending)) == 60

    positions = list(AuditSeal.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, 61))
    assert seals.verify().faults == ()


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_a_writer_does_not_wait_for_the_seal_and_is_sealed_when_it_commits():
    """The event with the lower number commits later: it gets its seal later, and the chain stays green."""
    written, sealed_meanwhile = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            record("test.slow", DayOff.objects.first(), by=None)
            written.set()
            assert sealed_meanwhile.wait(10)

    def quick() -> None:
        assert written.wait(10)
        write_events(1)
        seals.seal_pending()
        sealed_meanwhile.set()

    assert at_once(slow, quick) == [None, None]

    seals.seal_pending()
    verbs = dict(AuditEvent.objects.values_list("pk", "verb"))
    chain = [verbs[seal.event_id] for seal in AuditSeal.objects.order_by("position")]
    assert chain == ["test.write", "test.slow"]
    assert seals.verify().faults == ()
