"""The outbox: written in the transaction, sent after commit, never lost, doubled at most under one Message-ID."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from core import clock
from notifications.actions.announce import announce, cancel
from notifications.actions.deliver import deliver, due_ids
from notifications.models import MAX_ATTEMPTS, Message
from notifications.wake import wake_worker
from tests.services import start_worker
from tests.services.mail import MailServer
from tests.threads import at_once

CONTEXT = {"number": "GR-2026-00001", "call": "Гранттар", "due": "2026 жылғы 1 желтоқсан", "path": "/kk/"}


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.stop()


def write(key: str = "one", **fields) -> Message:
    return announce(
        "assigned", address="sarapshy@example.test", language="kk", context=CONTEXT, dedupe_key=key, **fields
    )


def wait_until(happened: Callable[[], bool], seconds: float = 25) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.05)
    return happened()


@pytest.mark.embedded
@pytest.mark.django_db
def test_a_message_has_subject_text_and_html_in_the_readers_language(mailoutbox):
    message = write()

    assert deliver(message.pk) is True

    [sent] = mailoutbox
    assert sent.to == ["sarapshy@example.test"]
    assert "GR-2026-00001" in sent.body
    assert sent.alternatives[0][1] == "text/html"
    assert sent.extra_headers["Content-Language"] == "kk"
    assert sent.extra_headers["Message-ID"] == message.message_id


@pytest.mark.embedded
@pytest.mark.django_db
def test_the_same_cause_twice_is_one_message():
    first, second = write("same"), write("same")

    assert first.pk == second.pk
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_a_message_of_a_rolled_back_transaction_never_was():
    @transaction.atomic
    def write_and_break():
        write()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_and_break()

    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_a_reminder_waits_for_its_time_and_can_be_cancelled(at, mailoutbox):
    tomorrow = clock.now() + timedelta(days=1)
    reminder = write("reminder:1", due_at=tomorrow)
    assert due_ids() == []

    cancel(key_prefix="reminder:")
    at(tomorrow + timedelta(hours=1))

    assert due_ids() == []
    assert deliver(reminder.pk) is False
    assert mailoutbox == []


@pytest.mark.django_db
def test_a_refusing_server_is_tried_again_with_growing_pauses_and_then_given_up(at, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens here
    message = write()
    pauses = []

    for _attempt in range(MAX_ATTEMPTS):
        message.refresh_from_db()
        now = message.due_at
        at(now)
        assert deliver(message.pk) is False
        message.refresh_from_db()
        pauses.append((message.due_at - now).total_seconds())

    assert pauses[:4] == [10, 20, 40, 80]
    assert max(pauses) == 3600
    assert message.failed_at is not None
    assert due_ids() == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_message_send_one_copy(mail_server):
    message = write()

    answers = at_once(*[lambda: deliver(message.pk)] * 2)

    assert sorted(answers) == [False, True]
    assert len(mail_server.received) == 1


@pytest.mark.worker
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_sends_what_a_transaction_wrote(mail_server, tmp_path: Path):
    worker = start_worker(tmp_path / "worker.log", EMAIL_URL=mail_server.url)
    try:
        message = write()

        assert wait_until(lambda: Message.objects.filter(pk=message.pk, sent_at__isnull=False).exists())
        assert [mail["Message-ID"] for mail in mail_server.received] == [message.message_id]
    finally:
        worker.stop()


@pytest.mark.worker
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_before_the_send_leaves_one_copy(mail_server, tmp_path: Path):
    held, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        held.set()
        go_on.wait(20)
        raise ConnectionAbortedError  # the sender is dead: nothing is taken in

    mail_server.before = hold
    worker = start_worker(tmp_path / "first.log", EMAIL_URL=mail_server.url, OUTBOX_CLAIM_SECONDS="2")
    message = write()
    assert held.wait(20)

    worker.kill()
    go_on.set()
    mail_server.before = lambda: None
    assert mail_server.received == []
    second = start_worker(tmp_path / "second.log", EMAIL_URL=mail_server.url, OUTBOX_CLAIM_SECONDS="2")
    try:
        sweep_until_sent(message)
    finally:
        second.stop()

    assert [mail["Message-ID"] for mail in mail_server.received] == [message.message_id]


@pytest.mark.worker
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_after_the_servers_ok_sends_at_most_a_second_copy_under_the_same_id(
    mail_server, tmp_path: Path
):
    message_pk: list[int] = []
    locked, release = threading.Event(), threading.Event()

    def lock_row() -> None:
        """Holds the row, so that the worker stands between the server's OK and its own mark."""
        with transaction.atomic():
            Message.objects.select_for_update().get(pk=message_pk[0])
            locked.set()
            release.wait(30)
        connection.close()

    holder = threading.Thread(target=lock_row)

    def take_in() -> None:
        holder.start()
        locked.wait(10)

    mail_server.before = take_in
    worker = start_worker(tmp_path / "first.log", EMAIL_URL=mail_server.url, OUTBOX_CLAIM_SECONDS="2")
    with transaction.atomic():
        message = write()
        message_pk.append(message.pk)
    assert mail_server.arrived.wait(20)
    assert wait_until(worker_waits_for_the_row)

    worker.kill()
    end_the_dead_workers_statement()
    release.set()
    holder.join(30)
    mail_server.before = lambda: None
    second = start_worker(tmp_path / "second.log", EMAIL_URL=mail_server.url, OUTBOX_CLAIM_SECONDS="2")
    try:
        sweep_until_sent(message)
    finally:
        second.stop()

    assert [mail["Message-ID"] for mail in mail_server.received] == [message.message_id] * 2


def worker_waits_for_the_row() -> bool:
    """The server has answered OK and the worker's UPDATE waits for our lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE%%message%%'"
        )
        return cursor.fetchone()[0] > 0


def end_the_dead_workers_statement() -> None:
    """The machine is gone, and its statement with it: without this, the server would still carry it out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE%%message%%'"
        )


def sweep_until_sent(message: Message) -> None:
    """Wakes the worker as beat does, until the message is marked sent."""

    def sent() -> bool:
        wake_worker()
        time.sleep(0.4)
        return Message.objects.filter(pk=message.pk, sent_at__isnull=False).exists()

    assert wait_until(sent)
