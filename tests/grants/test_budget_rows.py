"""Raw SQL, on both databases: it can neither overspend a year nor rewrite what was decided, scored, sent or ruled."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import clock
from grants.models import CallRules, Decision, ProgrammeYear, ScoreEntry, Submission
from tests import factories
from tests.grants.rows import columns_and_values, insert_decision, make_eligible, replace, run
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

AMOUNT = 1_000_000


@shared
def secretary():
    return factories.make_user(roles=["secretary"])


@shared
def three():
    """Eligible applications in a year with money for two of them."""
    year = factories.make_year(budget=2 * AMOUNT)
    return make_eligible(factories.make_call(year, reviews_needed=1), 3, amount=AMOUNT)


def refused(sql: str, *values) -> bool:
    try:
        with transaction.atomic():
            run(sql, *values)
    except (IntegrityError, DatabaseError):
        return True
    return False


def year() -> ProgrammeYear:
    return ProgrammeYear.objects.get()


def test_inserts_stop_where_the_money_stops(three, secretary):
    insert_decision(three[0], amount=AMOUNT, by=secretary)
    insert_decision(three[1], amount=AMOUNT, by=secretary)

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_decision(three[2], amount=1, by=secretary)

    assert year().committed == 2 * AMOUNT


def test_voiding_gives_the_money_back(three, secretary):
    insert_decision(three[0], amount=AMOUNT, by=secretary)

    run("UPDATE grants_decision SET voided_at = %s, voided_by_id = %s", clock.now().isoformat(), secretary.pk)

    assert year().committed == 0


def test_committed_is_never_typed(three, secretary):
    insert_decision(three[0], amount=AMOUNT, by=secretary)

    assert refused("UPDATE grants_programmeyear SET committed = 0")
    assert refused("UPDATE grants_programmeyear SET committed = committed - 1")
    assert year().committed == AMOUNT


def test_a_budget_never_falls_under_what_is_committed(three, secretary):
    insert_decision(three[0], amount=AMOUNT, by=secretary)

    assert refused("UPDATE grants_programmeyear SET budget = %s", AMOUNT * 100 - 1)
    assert not refused("UPDATE grants_programmeyear SET budget = %s", AMOUNT * 100)


def test_a_year_is_neither_born_with_money_spent_nor_deleted(three):
    names, values = columns_and_values(year(), id=999, year=2027, committed=100)
    marks = ", ".join(["%s"] * len(values))

    assert refused(f"INSERT INTO grants_programmeyear ({names}) VALUES ({marks})", *values)
    assert refused("DELETE FROM grants_programmeyear")


CHANGES = [
    "amount = amount + 100",
    "outcome = 'decline', amount = 0",
    "reason_ru = 'Иначе'",
    "reason_kk = 'Басқаша'",
    "departure_motive = 'Задним числом'",
    "staged_by_id = staged_by_id + 1",
    "application_id = application_id + 1",
]


def test_a_decision_never_changes(three, secretary):
    insert_decision(three[0], amount=AMOUNT, by=secretary)

    assert [change for change in CHANGES if not refused(f"UPDATE grants_decision SET {change}")] == []


def test_a_decision_is_never_deleted_nor_brought_back(three, secretary):
    insert_decision(three[0], amount=AMOUNT, by=secretary)
    run("UPDATE grants_decision SET voided_at = %s, voided_by_id = %s", clock.now().isoformat(), secretary.pk)

    assert refused("DELETE FROM grants_decision")
    assert refused("UPDATE grants_decision SET voided_at = NULL, voided_by_id = NULL")


def test_an_application_has_one_live_decision(three, secretary):
    insert_decision(three[0], amount=1, by=secretary)

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_decision(three[0], amount=1, by=secretary)


def test_the_money_comes_from_the_year_of_the_call(three, secretary):
    other = factories.make_year(budget=9 * AMOUNT, year=2027)

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_decision(three[0], amount=1, by=secretary, programme_year_id=other.pk)


def test_a_decision_without_reasons_in_both_languages_does_not_exist(three, secretary):
    for column in ("reason_kk", "reason_ru"):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_decision(three[0], amount=1, by=secretary, **{column: ""})


@pytest.fixture
def kept(three):
    """The rows that may never change, by table."""
    rows = [ScoreEntry.objects.first(), Submission.objects.first(), CallRules.objects.first()]
    return {row._meta.db_table: row for row in rows}


def test_append_only_rows_refuse_update_delete_and_truncate(kept):
    tries = [
        f"{verb} {table}{rest}"
        for table in kept
        for verb, rest in (("UPDATE", " SET number = number + 1"), ("DELETE FROM", ""))
    ]
    if connection.vendor == "postgresql":
        tries += [f"TRUNCATE {table} CASCADE" for table in kept]

    assert [sql for sql in tries if not refused(sql)] == []


def test_sqlite_replaces_no_append_only_row(kept):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's own word.")

    for row in kept.values():
        for changed in ({}, {"id": 987_654}):  # the same key, or another key and the same unique columns
            with pytest.raises(IntegrityError), transaction.atomic():
                replace(row, **changed)


def test_sqlite_replaces_neither_a_decision_nor_a_year(three, secretary):
    if connection.vendor != "sqlite":
        pytest.skip("REPLACE is SQLite's own word.")
    insert_decision(three[0], amount=AMOUNT, by=secretary)
    decision = Decision.objects.get()
    tries = [
        (decision, {"outcome": "decline", "amount": 0}),
        (decision, {"id": 987_654, "public_id": "fresh", "outcome": "decline", "amount": 0}),
        (year(), {"committed": 0}),
        (year(), {"id": 987_654, "committed": 0}),
    ]

    for row, changed in tries:
        with pytest.raises(IntegrityError), transaction.atomic():
            replace(row, **changed)

    assert year().committed == Decimal(AMOUNT)
