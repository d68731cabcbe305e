"""Child processes that never outlive who started them.

Each child leads a process group of its own, so that Ctrl-C reaches the starter alone and the starter stops its
children in order; on Linux the kernel besides signals a child whose starter was killed. The child asks the kernel
for that itself, in a small Python that then becomes the command: code run between fork and exec in a process with
threads may wait for ever for a lock that no thread of the child holds (https://docs.python.org/3/library/subprocess.html).
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# argv: the signal, the number of the user or "-", the command. 1 is PR_SET_PDEATHSIG; a user is taken on before it,
# because taking one on clears it.
TIED = """
import ctypes, os, sys
signal, user, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
if user != "-":
    os.setgroups([]); os.setgid(int(user)); os.setuid(int(user))
ctypes.CDLL(None).prctl(1, signal)
os.execvp(command[0], command)
"""


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

    `stdin_text` is handed over on standard input, so that a secret never shows in the list of processes. A command
    that cannot run ends at once with its reason in the log.
    """
    words = [str(part) for part in command]
    if sys.platform.startswith("linux"):
        words = [sys.executable, "-I", "-S", "-c", TIED, str(int(death_signal)), str(user or "-"), *words]
        user = None
    with open(log or os.devnull, "ab") as output:
        child = subprocess.Popen(
            words,
            env=dict(os.environ if env is None else env),
            cwd=folder,
            stdin=subprocess.DEVNULL if stdin_text is None else subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
            start_new_session=True,
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
