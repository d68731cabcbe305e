"""Who reads what, as a pure function: each application gets its experts, nobody reads across a conflict of interest.

The first goal is found exactly by HiGHS (`assigning_solver`): the cost of reading outside one's sector and of filling
one expert more than another. It is a flow through a network, so that the linear programme has a whole solution. Among
all that cost the same, the seed decides; then `assigning_panels` changes places at the same cost until the same experts
sit together less often. Rows are put in order first: the order in which they came never matters.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grants.formulas.assigning_panels import spread_panels
from grants.formulas.assigning_solver import Program, minimise

Pair = tuple[str, str]
TIES = 1000  # how finely the seed tells pairs of the same cost apart
FULL = 100  # an expert who is full, in percent


@dataclass(frozen=True)
class Paper:
    """An application: its sector, the language it is written in, its size tier, the languages staff translated it to,
    and how many experts more (or fewer) than usual it is to have."""

    key: str
    sector: str
    language: str
    tier: str = "S"
    translated: frozenset[str] = frozenset()
    more: int = 0


@dataclass(frozen=True)
class Reader:
    """An expert: sectors, languages, the fewest and the most applications of this call."""

    key: str
    sectors: frozenset[str]
    languages: frozenset[str]
    low: int = 0
    high: int = 40


@dataclass(frozen=True)
class Weights:
    """What counts, in points of an expert's fullness: an expert of the sector is preferred until they would be
    `sector` points fuller than another; one who reads the original, until `translation` points; one who is asked
    already, until `kept` points."""

    sector: int = 60
    translation: int = 40
    kept: int = 50


@dataclass(frozen=True)
class Task:
    """Everything that decides: nothing else does. `forbidden` and `fixed` say why, in a code."""

    papers: tuple[Paper, ...]
    readers: tuple[Reader, ...]
    each: int
    seed: str
    forbidden: Mapping[Pair, str] = field(default_factory=dict)
    fixed: Mapping[Pair, str] = field(default_factory=dict)
    kept: frozenset[Pair] = frozenset()
    weights: Weights = Weights()

    def needs(self, paper: Paper) -> int:
        """How many experts an application is to have: never fewer than it has for good."""
        held = sum(1 for key, _reader in self.fixed if key == paper.key)
        return max(self.each + paper.more, held)

    def capacity(self, reader: Reader) -> int:
        """How many an expert may have: never fewer than are theirs for good."""
        return max(reader.high, sum(1 for _paper, key in self.fixed if key == reader.key))


@dataclass(frozen=True)
class Found:
    """A full assignment in order of the papers' keys, and its cost; `meetings` counts how often two experts meet."""

    pairs: tuple[Pair, ...]
    cost: int
    meetings: dict[Pair, int]

    @property
    def loads(self) -> Counter[str]:
        """How many applications each expert has."""
        return Counter(reader for _paper, reader in self.pairs)


def as_plain(task: Task) -> dict[str, Any]:
    """The inputs as JSON keeps them, in an order of their own: their hash is the hash of the task."""
    return {
        "each": task.each,
        "seed": task.seed,
        "weights": vars(task.weights).copy(),
        "papers": [{**vars(paper), "translated": sorted(paper.translated)} for paper in sorted(task.papers, key=_key)],
        "readers": [
            {**vars(reader), "sectors": sorted(reader.sectors), "languages": sorted(reader.languages)}
            for reader in sorted(task.readers, key=_key)
        ],
        "forbidden": sorted([*pair, why] for pair, why in task.forbidden.items()),
        "fixed": sorted([*pair, why] for pair, why in task.fixed.items()),
        "kept": sorted(list(pair) for pair in task.kept),
    }


def from_plain(inputs: Mapping[str, Any]) -> Task:
    """The task that was kept."""
    return Task(
        papers=tuple(Paper(**{**row, "translated": frozenset(row["translated"])}) for row in inputs["papers"]),
        readers=tuple(
            Reader(**{**row, "sectors": frozenset(row["sectors"]), "languages": frozenset(row["languages"])})
            for row in inputs["readers"]
        ),
        each=inputs["each"],
        seed=inputs["seed"],
        forbidden={(paper, reader): why for paper, reader, why in inputs["forbidden"]},
        fixed={(paper, reader): why for paper, reader, why in inputs["fixed"]},
        kept=frozenset((paper, reader) for paper, reader in inputs["kept"]),
        weights=Weights(**inputs["weights"]),
    )


def reads(reader: Reader, paper: Paper) -> bool:
    """Whether the expert reads the original, or a language that staff translated it to."""
    return paper.language in reader.languages or bool(paper.translated & reader.languages)


def is_open(task: Task, paper: Paper, reader: Reader) -> bool:
    """Whether this pair may be made at all; what is fixed stands whatever language it is in."""
    pair = (paper.key, reader.key)
    return pair in task.fixed or (pair not in task.forbidden and reads(reader, paper))


def cost_of_pair(task: Task, paper: Paper, reader: Reader) -> int:
    """Points of one pair, without the expert's load."""
    weights = task.weights
    points = 0 if paper.sector in reader.sectors else weights.sector
    points += 0 if paper.language in reader.languages else weights.translation
    return points - (weights.kept if (paper.key, reader.key) in task.kept else 0)


def cost_of_load(number: int, high: int) -> int:
    """Points of an expert's `number`-th application: how full it makes them. It grows, so loads even out."""
    return FULL * number // max(high, 1)


def cost_of(task: Task, pairs: Any) -> int:
    """Points of a whole assignment: what HiGHS makes smallest."""
    papers = {paper.key: paper for paper in task.papers}
    readers = {reader.key: reader for reader in task.readers}
    loads = Counter(reader for _paper, reader in pairs)
    by_pair = sum(cost_of_pair(task, papers[paper], readers[reader]) for paper, reader in pairs)
    by_load = sum(
        cost_of_load(number, task.capacity(readers[key]))
        for key, load in loads.items()
        for number in range(1, load + 1)
    )
    return by_pair + by_load


def tie_of(seed: str, pair: Pair) -> int:
    """What the seed says about a pair, where everything else is the same."""
    digest = hashlib.sha256(f"{seed}|{pair[0]}|{pair[1]}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % TIES


def assign(task: Task) -> Found | None:
    """The cheapest full assignment, or None where there is none (`assigning_relax` then says what would help)."""
    program, open_pairs = _network(task)
    first = minimise(program, seed=task.seed)
    if first is None:
        return None
    program.hold_to(first)
    program.costs[: len(open_pairs)] = [tie_of(task.seed, pair) for pair in open_pairs]
    program.costs[len(open_pairs) :] = [0] * (len(program.costs) - len(open_pairs))
    last = minimise(program, seed=task.seed)
    if last is None:  # the face of the first optimum holds at least the first solution
        raise ArithmeticError("the cheapest assignment was lost while ties were decided")
    chosen = [pair for pair, value in zip(open_pairs, last.values, strict=False) if value]
    pairs, meetings = spread_panels(chosen, _exchanges(task), {p.key: p.tier for p in task.papers}, task.seed)
    return Found(tuple(sorted(pairs)), cost_of(task, pairs), meetings)


def _network(task: Task) -> tuple[Program, list[Pair]]:
    """One row for each application and each expert; a column for each open pair, and one for each place of an expert,
    whose cost grows with their load. The first places are taken for sure, up to the fewest they are to have."""
    papers, readers = sorted(task.papers, key=_key), sorted(task.readers, key=_key)
    program = Program([task.needs(paper) for paper in papers] + [0] * len(readers))
    open_pairs: list[Pair] = []
    for row, paper in enumerate(papers):
        for place, reader in enumerate(readers):
            if is_open(task, paper, reader):
                pair = (paper.key, reader.key)
                held = int(pair in task.fixed)
                program.add(cost_of_pair(task, paper, reader), held, 1, ((row, 1), (len(papers) + place, 1)))
                open_pairs.append(pair)
    for place, reader in enumerate(readers):
        capacity = task.capacity(reader)
        for number in range(1, capacity + 1):
            cost = cost_of_load(number, capacity)
            program.add(cost, int(number <= min(reader.low, capacity)), 1, ((len(papers) + place, -1),))
    return program, open_pairs


def _exchanges(task: Task) -> dict[Pair, int]:
    """Cost of every open pair that may change hands: what is fixed or kept stays where it is."""
    stays = task.fixed.keys() | task.kept
    return {
        (paper.key, reader.key): cost_of_pair(task, paper, reader)
        for paper in task.papers
        for reader in task.readers
        if (paper.key, reader.key) not in stays and is_open(task, paper, reader)
    }


def _key(row: Paper | Reader) -> str:
    return row.key
