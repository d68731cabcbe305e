"""`/healthz` says that the process lives, `/readyz` that everything it needs is there, and names what is not."""

import pytest
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from core import clock, health
from tests.services import start_broker

pytestmark = [pytest.mark.embedded, pytest.mark.django_db]
NOWHERE = "redis://:x@127.0.0.1:1/0"


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def red(client) -> tuple[int, list[str]]:
    """Status of /readyz and what it names as not there."""
    answer = client.get("/readyz")
    return answer.status_code, [name for name, ok in answer.json().items() if not ok]


def test_a_live_process_answers_without_asking_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


def test_everything_is_there(client, settings):
    broker = start_broker()
    settings.CELERY_BROKER_URL = broker.url

    answer = red(client)
    broker.stop()

    assert answer == (200, [])


def test_a_missing_trigger_is_named(client, is_postgres):
    run("DROP TRIGGER ac_core_auditevent_no_delete" + (" ON core_auditevent" if is_postgres else ""))

    status, missing = red(client)

    assert status == 503
    assert set(missing) - {"broker"} == {"ready", "triggers"}


def test_a_missing_migration_is_named(client):
    last = MigrationRecorder.Migration.objects.filter(app="core").latest("name")  # others before it do not show
    run(f"DELETE FROM django_migrations WHERE id = {last.pk}")

    status, missing = red(client)

    assert status == 503
    assert set(missing) - {"broker"} == {"ready", "migrations"}


def test_a_machine_with_the_old_time_of_almaty_is_named(client, monkeypatch):
    monkeypatch.setitem(health.CHECKS, "time_zone", lambda: False)

    status, missing = red(client)

    assert (status, set(missing) - {"broker"}) == (503, {"ready", "time_zone"})


def test_this_machine_knows_that_almaty_is_utc5():
    assert (clock.almaty_is_utc5(), health.database_says_utc5()) == (True, True)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_database_that_is_gone_is_named_and_no_error_page(client, monkeypatch, error):
    def gone(*args, **kwargs):
        raise error("the connection is closed")

    monkeypatch.setattr(type(connection._connections[connection._alias]), "cursor", gone)

    status, missing = red(client)
    monkeypatch.undo()

    assert status == 503
    assert {"database", "migrations", "triggers", "ready"} - set(missing) == set()


def test_a_broker_that_is_down_is_reported_and_pages_work(client, settings):
    settings.CELERY_BROKER_URL = NOWHERE

    status, missing = red(client)

    assert (status, missing) == (200, ["broker"])
    assert client.get("/kk/account/login/").status_code == 200


def test_a_broker_that_is_killed_is_reported_at_the_next_question(client, settings):
    broker = start_broker()
    settings.CELERY_BROKER_URL = broker.url
    before = red(client)

    broker.stop()
    after = red(client)

    assert (before, after) == ((200, []), (200, ["broker"]))


def test_health_tells_nothing_but_yes_and_no(client):
    answer = client.get("/readyz").json()

    assert {type(value) for value in answer.values()} == {bool}


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_takes_no_post(client, address):
    assert client.post(address).status_code == 405
