"""Child processes that never outlive who started them.

Each child leads a process group of its own, so that Ctrl-C reaches the starter alone and the starter stops its
children in order; on Linux the kernel besides signals a child whose starter was killed.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
    log: Path | None = None,
    stdin_text: str | None = None,
    user: int | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `command` in `folder`, in a process group of its own, its output appended to `log` (nowhere without one).

    `stdin_text` is handed over on standard input, so that a secret never shows in the list of processes.
    """
    with open(log or os.devnull, "ab") as output:
        child = subprocess.Popen(
            [str(part) for part in command],
            env=dict(os.environ if env is None else env),
            cwd=folder,
            stdin=subprocess.DEVNULL if stdin_text is None else subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            start_new_session=True,
            preexec_fn=_dies_with_its_starter(death_signal),
        )
    if child.stdin is not None:
        with contextlib.suppress(BrokenPipeError), child.stdin as standard_input:
            standard_input.write((stdin_text or "").encode())
    return child


def stop(child: subprocess.Popen[bytes], *, ask: signal.Signals = signal.SIGTERM, seconds: float = 10) -> None:
    """Ask `child` to end, wait for it, and end its whole group when it does not within `seconds`."""
    if child.poll() is None:
        child.send_signal(ask)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(timeout=seconds)
    kill(child)


def kill(child: subprocess.Popen[bytes]) -> None:
    """End `child` and everything in its group at once, as a power cut would."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def free_port() -> int:
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, to be shown when its process failed."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])


def _dies_with_its_starter(death_signal: signal.Signals) -> Callable[[], None] | None:
    """Ask the kernel (Linux alone offers it) to signal the child when the thread that started it ends."""
    if not sys.platform.startswith("linux"):
        return None
    set_option = ctypes.CDLL(None).prctl  # loaded before the fork: nothing may be loaded after it

    def ask_the_kernel() -> None:
        set_option(PR_SET_PDEATHSIG, int(death_signal))

    return ask_the_kernel
