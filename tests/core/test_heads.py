"""The head of each day: kept once, shown to everybody, found by the check when the chain no longer holds it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from core import heads, seals
from core.audit import record
from core.models import AuditHead, AuditSeal, DayOff
from core.tasks import keep_audit_heads

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = date(2026, 11, 22)


def noon(day: date) -> datetime:
    return heads.midnight_after(day) - timedelta(hours=12)


def write(at, day: date, count: int = 1) -> None:
    """Events of one day, sealed on it."""
    at(noon(day))
    for _n in range(count):
        record("test.write", DayOff.objects.first(), by=None)
    seals.seal_pending()


def test_the_head_of_a_day_is_the_last_link_before_its_midnight(at):
    write(at, DAY, 3)
    last = AuditSeal.objects.get(position=3)

    at(noon(DAY + timedelta(days=1)))
    kept = heads.keep_heads()

    assert [(one.day, one.position, one.sha256, one.events) for one in kept] == [(DAY, 3, last.sha256, 3)]


def test_a_day_that_is_not_over_has_no_head(at):
    write(at, DAY)

    assert heads.keep_heads() == []


def test_a_link_sealed_after_midnight_belongs_to_the_next_day(at):
    write(at, DAY)
    at(heads.midnight_after(DAY) + timedelta(minutes=1))
    record("test.write", DayOff.objects.first(), by=None)

    first = heads.keep_heads()
    at(noon(DAY + timedelta(days=2)))
    second = heads.keep_heads()

    assert [(one.day, one.position) for one in [*first, *second]] == [(DAY, 1), (DAY + timedelta(days=1), 2)]


def test_days_that_the_clock_missed_are_kept_later_and_nothing_is_kept_twice(at):
    write(at, DAY)
    at(noon(DAY + timedelta(days=4)))

    first, again = keep_audit_heads(), keep_audit_heads()

    assert (first, again) == (4, 0)
    assert list(AuditHead.objects.values_list("events", flat=True)) == [0, 0, 0, 1]


def test_an_empty_trail_has_no_heads():
    assert heads.keep_heads() == []


@pytest.mark.parametrize("change", ["UPDATE core_audithead SET sha256 = 'x'", "DELETE FROM core_audithead"])
def test_raw_sql_cannot_change_a_head(at, change):
    write(at, DAY)
    at(noon(DAY + timedelta(days=1)))
    heads.keep_heads()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_what_was_cut_off_at_the_end_of_the_chain_is_found_by_its_head(at):
    write(at, DAY, 2)
    AuditHead.objects.create(day=DAY, position=3, sha256="0" * 64, events=3)

    assert seals.verify().faults == (f"head of {DAY}: the chain no longer holds what was published",)


# --- what everybody sees --------------------------------------------------------------------------


def make_heads(count: int) -> None:
    AuditHead.objects.bulk_create(
        AuditHead(day=DAY - timedelta(days=n), position=100 - n, sha256=f"{n:064d}", events=n) for n in range(count)
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_three_questions_however_many_days_there_are(client, django_assert_num_queries, count):
    make_heads(count)

    with django_assert_num_queries(3):
        page = client.get(reverse("portal:audit_heads")).content.decode()

    assert [f"{n:064d}" in page for n in range(count)] == [True] * count


def test_older_days_stand_on_a_further_page(client):
    make_heads(40)

    first, second = (client.get(reverse("portal:audit_heads"), {"page": n}).content.decode() for n in (1, 2))

    assert (f"{0:064d}" in first, f"{39:064d}" in first) == (True, False)
    assert (f"{0:064d}" in second, f"{39:064d}" in second) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_plain_text_and_the_json_ask_one_question_and_may_be_cached(client, django_assert_num_queries, count):
    make_heads(count)

    with django_assert_num_queries(1):
        text = client.get(reverse("audit_heads_text"))
    with django_assert_num_queries(1):
        told = client.get(reverse("audit_heads_json"))

    assert text.content.decode().splitlines()[-1] == f"{DAY} 100 0 {0:064d}"
    assert told.json()["heads"][-1] == {"day": str(DAY), "position": 100, "sha256": f"{0:064d}", "events": 0}
    assert [answer["Cache-Control"] for answer in (text, told)] == ["max-age=3600, public"] * 2


def test_an_empty_portal_says_when_the_first_link_comes(client):
    assert client.get(reverse("portal:audit_heads")).status_code == 200
