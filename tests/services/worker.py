"""A real Celery worker with two processes, on the test's own database and broker."""

import sys
import time
import uuid
from pathlib import Path

from celery import Celery

from config.launch import process


class Worker:
    """One `celery worker` process; `kill` ends it with its children as a power cut would."""

    def __init__(self, environment: dict[str, str], *, log: Path, concurrency: int = 2) -> None:
        """Start it and wait until it answers; raises RuntimeError with the end of its log when it does not."""
        self.name = f"test-{uuid.uuid4().hex[:8]}@localhost"
        self.log = log
        asking = Celery(broker=environment["REDIS_URL"])
        asking.conf.broker_transport_options = {"socket_connect_timeout": 2, "socket_timeout": 10, "max_retries": 3}
        self.control = asking.control
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool=prefork", "--loglevel=INFO"]
        command += [f"--concurrency={concurrency}", f"--hostname={self.name}", "--without-gossip", "--without-mingle"]
        self.child = process.start(command, env=environment, log=log)
        self._wait_until_it_answers()

    @property
    def is_alive(self) -> bool:
        """Whether its main process runs."""
        return self.child.poll() is None

    def stop(self) -> None:
        """Let it finish what it holds, then end it."""
        process.stop(self.child, seconds=10)

    def kill(self) -> None:
        """End it in the middle of whatever it does."""
        process.kill(self.child)

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + 30
        while not self.control.ping(destination=[self.name], timeout=0.3):
            if not self.is_alive or time.monotonic() > deadline:
                self.kill()
                raise RuntimeError(f"The Celery worker did not come up.\n{process.last_lines(self.log, 30)}")
