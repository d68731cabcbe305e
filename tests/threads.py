"""Several at the same moment: real threads, each with a database connection of its own, none waited for for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, connections

from core.refusals import Refused

SECONDS = 60


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Lets all of them go at one moment; what each came back with, a refusal as the refusal itself, in their order.

    Raises what else one of them raised, and `threading.BrokenBarrierError` or `TimeoutError` where one is never done.
    """
    gate = threading.Barrier(len(works), timeout=SECONDS)

    def go(work: Callable[[], Any]) -> Any:
        try:
            gate.wait()
            return work()
        except (Refused, DatabaseError) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(go, works, timeout=SECONDS))
