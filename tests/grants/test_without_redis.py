"""Redis stops during a submission: it stands, nothing is lost, no page fails, and the letter goes out later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from celery import current_app
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from grants.models import Submission
from notifications.models import Message
from tests.factories import make_draft
from tests.notifications.test_outbox import wait_until
from tests.services import start_broker, start_worker
from tests.services.mail import MailServer

pytestmark = [pytest.mark.worker, pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def broker(settings) -> Iterator:
    """A broker of this test's own, which the portal uses for letters and cache."""
    server = start_broker()
    before = current_app.conf.broker_url
    current_app.conf.broker_url = server.url
    current_app.pool.force_close_all()
    settings.CELERY_BROKER_URL = server.url
    settings.CACHES = {
        "default": {
            "BACKEND": "core.cache.OpenRedisCache",
            "LOCATION": server.url,
            "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.5},
        }
    }
    caches["default"].clear()
    yield server
    current_app.conf.broker_url = before
    current_app.pool.force_close_all()
    server.stop()


def test_a_submission_stands_while_redis_is_down_and_its_letter_goes_out_when_it_is_back(broker, tmp_path: Path):
    application = make_draft()
    client = Client()
    client.force_login(application.created_by)
    check = reverse("grants:application_check", args=[application.public_id])
    page = client.get(check)
    broker.stop()

    answer = client.post(check, {"declaration": "on", "shown_sha256": page.context["form"]["shown_sha256"].value()})
    shown = [client.get(path).status_code for path in (answer["Location"], reverse("grants:application_list"), check)]
    sign_in = Client().get(reverse("account_login")).status_code

    assert answer.status_code == 302
    assert shown == [200, 200, 200]
    assert sign_in == 200
    submission = Submission.objects.get(application=application)
    message = Message.objects.get(event="submitted", dedupe_key=f"submitted:{submission.public_id}")
    assert message.sent_at is None
    broker.start()
    mail = MailServer()
    worker = start_worker(tmp_path / "worker.log", EMAIL_URL=mail.url, REDIS_URL=broker.url)
    try:
        current_app.send_task("notifications.tasks.sweep_outbox")  # what beat does every five seconds
        assert wait_until(lambda: bool(mail.received))
        assert [m["Message-ID"] for m in mail.received] == [message.message_id]
    finally:
        worker.stop()
        mail.stop()
