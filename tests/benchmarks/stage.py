"""The stage: PostgreSQL, a seeded season, a gunicorn with one worker, and the CPU clocks of both."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from config.launch import process
from tests.services import postgres

TICK = os.sysconf("SC_CLK_TCK")
BASE = Path(__file__).resolve().parents[2]


@dataclass
class Stage:
    """A running portal: its port, the pids whose CPU counts, the seconds that migrating and seeding took."""

    port: int
    web: subprocess.Popen
    server: postgres.Postgres
    environment: dict[str, str]
    migrate_seconds: float
    seed_seconds: float

    def cpu_seconds(self) -> tuple[float, float]:
        """(CPU of the web worker, CPU of PostgreSQL's backends), user and system."""
        web = sum(_cpu(pid) for pid in _children(self.web.pid))
        base = sum(_cpu(pid) for pid in _children(self.server.child.pid))
        return web, base

    def memory_mb(self) -> float:
        """Resident memory of the web worker, megabytes."""
        pages = max(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in _children(self.web.pid))
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self) -> None:
        """Ends what was started."""
        process.stop(self.web, seconds=5)
        self.server.stop()


def build(applications: int) -> Stage:
    """Starts everything and waits for the first page."""
    server = postgres.launch()
    folder = tempfile.mkdtemp(prefix="almaty-bench-")
    environment = {
        **os.environ,
        "DATABASE_URL": server.url,
        "DATA_DIR": folder,
        "SECRET_KEY": "only-for-benchmarks",
        "HTTPS": "false",
        "STATIC_FROM_FINDERS": "false",
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "PYTHONPATH": str(BASE),
    }
    migrate = _timed([sys.executable, "manage.py", "migrate", "-v0"], environment)
    _timed([sys.executable, "manage.py", "texts", "--compile"], environment)
    _timed([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], environment)
    season = [sys.executable, "manage.py", "seed_demo", "--applications", str(applications)]
    seed = _timed(season, environment | {"DEMO": "true"})
    port = process.free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--workers=1", "--no-control-socket"]
    web = process.start([*command, f"--bind=127.0.0.1:{port}", "--log-level=error"], env=environment)
    _wait(port)
    return Stage(port, web, server, environment, migrate, seed)


def _timed(command: list[str], environment: dict[str, str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, env=environment, cwd=BASE, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def _wait(port: int) -> None:
    for _attempt in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("The web server did not answer.")


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK
