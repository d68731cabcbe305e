"""The wake-up after commit: it may fail, the sweep comes every few seconds anyway."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def wake_worker() -> None:
    """Asks a worker to sweep the outbox now; gives up within 0.2 s where no broker answers."""
    try:
        current_app.send_task("notifications.tasks.sweep_outbox", retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("no broker to wake: %s; the message waits in the outbox", error)
