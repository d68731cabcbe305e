"""`make demo`: the portal with its demo season on this machine, and nothing left running after Ctrl-C.

Runs `python -m config.launch.demo`, outside Django: the settings read the environment once, so the environment is
made here first and everything else is a child process: a private broker, the web server, a Celery worker with beat.
"""

import argparse
import contextlib
import ipaddress
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from config.launch import process, valkey

ROOT = Path(__file__).resolve().parents[2]
# What a developer's shell may hold for another run of the portal; the demo chooses its own.
NOT_INHERITED = (
    *("DJANGO_SETTINGS_MODULE", "DEBUG", "SECRET_KEY_FALLBACKS", "CSRF_TRUSTED_ORIGINS", "EMAIL_URL", "FILE_SERVING"),
    *("HTTPS", "BEHIND_PROXY", "TRUSTED_PROXY_COUNT", "STATIC_FROM_FINDERS", "DATABASE_URL", "LOG_LEVEL"),
)


class CannotStart(RuntimeError):
    """The demo cannot go on; the text says why and what helps."""


class Demo:
    """One run: what was started, in order, so that it is stopped in the reverse order."""

    def __init__(self, *, host: str, port: int, folder: Path) -> None:
        """Remember where the run lives; nothing is started yet."""
        self.host, self.port, self.folder = host, port, folder
        self.url = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/"  # noqa: S104
        self.accounts = folder / "accounts.txt"
        self.environment: dict[str, str] = {}
        self.running: list[tuple[str, subprocess.Popen[bytes]]] = []

    def run(self) -> None:
        """Start everything, say where it is, and watch it until somebody stops it; raises CannotStart."""
        self._check_port()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for log in self.folder.glob("*.log"):
            log.unlink()
        broker = self._start_broker()
        self.environment = self._make_environment(broker)
        self._prepare()
        say("Starting the web server and the worker that sends the messages ...")
        self._start_web()
        if broker:
            self._start_worker()
        self._wait_for_first_page()
        say(f"\n{self.accounts.read_text()}\nOpen {self.url}   (Ctrl-C stops everything)")
        self._watch()

    def stop(self) -> None:
        """Stop what was started, the latest first."""
        while self.running:
            process.stop(self.running.pop()[1])

    def _check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise CannotStart(
                    f"Port {self.port} is taken by another program. Choose another one: make demo PORT={self.port + 1}"
                ) from error

    def _start_broker(self) -> str:
        """Start the private broker and give its address; an empty one where none can start."""
        try:
            broker = valkey.launch(self.folder / "broker.log")
        except valkey.BrokerMissing as missing:
            say(f"{missing}\nThe pages work all the same; messages wait in the outbox until there is one.")
            return ""
        self.running.append(("The broker", broker.child))
        return broker.url

    def _make_environment(self, broker: str) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        return inherited | {
            "DEMO": "true",
            "SECRET_KEY": kept_secret(self.folder / "secret"),
            "DATA_DIR": str(self.folder),
            "REDIS_URL": broker,
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "localhost,127.0.0.1" if is_loopback(self.host) else "*",
        }

    def _prepare(self) -> None:
        """Compile the languages, migrate, and load the season once.

        The accounts' file is written last: where it stands, the seeding was complete.
        """
        say("Bringing languages and database up to date ...")
        self._manage("texts", "--compile")
        self._manage("migrate", "--verbosity=0")
        if self.accounts.exists():
            return
        say("Loading the demo season, once ...")
        told = self._manage("seed_demo")
        people = [line for line in told.splitlines() if "@demo.test" in line]
        write_private(self.accounts, "\n".join(people) + "\n")

    def _manage(self, *command: str) -> str:
        """Run one management command, show what it says when it fails, and give back what it said."""
        finished = subprocess.run(
            [sys.executable, ROOT / "manage.py", *command],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if finished.returncode:
            raise CannotStart(
                f"{finished.stdout}\nmanage.py {command[0]} failed; the lines above say why. "
                f"If the data of an older demo is the cause, remove the folder {self.folder} and start again."
            )
        return finished.stdout

    def _start_web(self) -> None:
        options = [f"--bind={self.host}:{self.port}", "--workers=1", "--threads=8", "--graceful-timeout=5"]
        self._start("The web server", "web.log", "gunicorn", *options, "--no-control-socket", "config.wsgi")

    def _start_worker(self) -> None:
        options = ["--app=config", "worker", "--beat", "--pool=prefork", "--concurrency=1", "--loglevel=INFO"]
        self._start("The worker", "worker.log", "celery", *options, "--without-gossip", "--without-mingle")

    def _start(self, name: str, log: str, module: str, *options: str) -> None:
        command = [sys.executable, "-m", module, *options]
        child = process.start(command, env=self.environment, log=self.folder / log, folder=ROOT)
        self.running.append((name, child))

    def _wait_for_first_page(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not page_answers(self.url):
            self._notice_what_stopped()
            if time.monotonic() > deadline:
                end = process.last_lines(self.folder / "web.log", 30)
                raise CannotStart(f"{end}\nThe first page did not answer; the lines above are the end of web.log.")
            time.sleep(0.1)

    def _watch(self) -> None:
        while True:
            self._notice_what_stopped()
            time.sleep(0.5)

    def _notice_what_stopped(self) -> None:
        for name, child in self.running:
            if child.poll() is not None:
                raise CannotStart(f"{name} stopped by itself, so everything stops. Its log is in {self.folder}.")


def say(text: str) -> None:
    """Tell the person at the terminal at once, whatever stands between."""
    print(text, flush=True)


def is_loopback(host: str) -> bool:
    """Whether nobody but this machine can reach `host`."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def page_answers(url: str) -> bool:
    """Whether the page at `url` answers 200, redirects followed; an error of the server is told at once."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:  # noqa: S310 - our own http address
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        raise CannotStart(f"The first page answers {error.code}; web.log in the demo's folder says why.") from error
    except OSError:
        return False


def kept_secret(path: Path) -> str:
    """The demo's own random key, the same at every start, so that sessions survive a restart."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path.read_text()


def write_private(path: Path, text: str) -> None:
    """Write a file that its owner alone may read; it appears complete or not at all."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    unfinished.replace(path)


def interrupt(*_signal: object) -> None:
    """SIGTERM is treated as Ctrl-C."""
    raise KeyboardInterrupt


def main() -> int:
    """Read the command line, run, and stop everything whatever happened."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data-dir", type=Path, default=ROOT / ".demo")
    chosen = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    demo = Demo(host=chosen.host, port=chosen.port, folder=chosen.data_dir.resolve())
    try:
        demo.run()
    except KeyboardInterrupt:
        say("\nStopping ...")
    except CannotStart as reason:
        say(str(reason))
        return 1
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        demo.stop()
    say("Stopped; nothing is left running. `make demo` goes on where you left.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
