"""`python -m tests.benchmarks.assigning`: time and memory of the assignment of experts, as a table of Markdown.

Each size runs in a process of its own, so that its peak of memory is its own: building the programme, both solutions
of HiGHS, spreading the panels. Invented applications of 19 sectors, two languages; 2 pairs of 100 in conflict.
"""

import random
import resource
import subprocess
import sys
import time

from grants.formulas.assigning import Paper, Reader, Task, assign
from grants.formulas.assigning_relax import relax

SIZES = ((420, 30, 3), (1_000, 60, 3), (2_000, 120, 3))


def make_task(papers: int, readers: int, each: int, *, room: float = 1.4) -> Task:
    """An invented season; `room`: how much more the experts can read together than is needed."""
    die = random.Random(papers)
    sectors = [f"s{n:02}" for n in range(19)]
    made = tuple(
        Paper(f"p{n:05}", die.choice(sectors), die.choice(["kk", "ru"]), die.choice("sml")) for n in range(papers)
    )
    high = int(papers * each / readers * room) + 1
    people = tuple(
        Reader(f"r{n:04}", frozenset(die.sample(sectors, 4)), _languages(n), min(5, high), high) for n in range(readers)
    )
    forbidden = {(p.key, r.key): "conflict" for p in made for r in people if die.random() < 0.02}
    return Task(made, people, each, "benchmark", forbidden)


def _languages(number: int) -> frozenset[str]:
    return frozenset({"ru"} if number % 5 == 0 else {"kk", "ru"})


def measure(papers: int, readers: int, each: int) -> str:
    """One line of the table."""
    task = make_task(papers, readers, each)
    clock, begun = time.perf_counter(), time.process_time()
    found = assign(task)
    seconds, waited = time.process_time() - begun, time.perf_counter() - clock
    if found is None or set(found.pairs) & task.forbidden.keys():
        raise SystemExit("the benchmark's season is impossible, or a conflict was crossed")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    begun = time.process_time()
    stuck = relax(make_task(papers, readers, each, room=0.95))
    relaxing = time.process_time() - begun
    loads = found.loads.values()
    size = f"{papers} x {readers} x {each}"
    return (
        f"| {size} | {seconds:.1f} s | {waited:.1f} s | {memory} MB | {min(loads)}-{max(loads)} "
        f"| {relaxing:.1f} s, {len(stuck.relaxations)} |"
    )


def main() -> None:
    """The table; with numbers as arguments, one line of it."""
    if len(sys.argv) > 1:
        print(measure(*map(int, sys.argv[1:4])))
        return
    print("| applications x experts x each | CPU | on the clock | peak memory | loads | impossible: CPU, relaxations |")
    print("|---|---|---|---|---|---|")
    for size in SIZES:
        command = [sys.executable, "-m", "tests.benchmarks.assigning", *map(str, size)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip(), flush=True)


if __name__ == "__main__":
    main()
