"""Where no full assignment exists: the smallest set of things to give way in, found by an elastic model.

Each rule but a conflict of interest may give way at a price: one application more for an expert, one fewer than the
fewest, a translation of an application by staff, one expert fewer on an application. What HiGHS finds costs least, so
nothing in it can be left out. Conflicts, pairs kept apart and what was handed back never give way.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from grants.formulas.assigning import Paper, Reader, Task, is_open, reads
from grants.formulas.assigning_solver import Program, minimise

RAISE = 1  # for each application above the most of an expert
BELOW = 1  # for each application that an expert has below the fewest
TRANSLATE = 3  # for each application that staff translate: all its experts read the translation
FEWER = 10  # for each expert that an application lacks


@dataclass(frozen=True)
class Relaxation:
    """One thing to give way in: `kind` is raise, below, translate or fewer; `key` names the expert or application."""

    kind: str
    key: str
    number: int = 1
    language: str = ""


@dataclass(frozen=True)
class Lack:
    """Why an application cannot have its experts: how many it needs, who is left, and what keeps the others away."""

    paper: str
    needed: int
    possible: int
    kept_away: dict[str, int]


@dataclass(frozen=True)
class Impossible:
    """What stands in the way, and what would help."""

    relaxations: tuple[Relaxation, ...]
    lacks: tuple[Lack, ...]
    needed: int
    capacity: int
    price: int


def relax(task: Task) -> Impossible:
    """The cheapest relaxations under which every application has its experts."""
    papers = sorted(task.papers, key=lambda paper: paper.key)
    readers = sorted(task.readers, key=lambda reader: reader.key)
    elastic = _Elastic(task, papers, readers)
    solution = minimise(elastic.program, seed=task.seed)
    if solution is None:  # every need may fall to what is fixed, every load may rise to it
        raise ArithmeticError("a model in which everything gives way has no solution")
    return Impossible(
        relaxations=tuple(elastic.read(solution.values)),
        lacks=tuple(_lacks(task, papers, readers)),
        needed=sum(task.needs(paper) for paper in papers),
        capacity=sum(task.capacity(reader) for reader in readers),
        price=sum(cost * value for cost, value in zip(elastic.program.costs, solution.values, strict=True)),
    )


def with_relaxations(task: Task, relaxations: tuple[Relaxation, ...]) -> Task:
    """The same task after giving way."""
    raised = {one.key: one.number for one in relaxations if one.kind == "raise"}
    lowered = {one.key: one.number for one in relaxations if one.kind == "below"}
    fewer = {one.key: one.number for one in relaxations if one.kind == "fewer"}
    into = {(one.key, one.language) for one in relaxations if one.kind == "translate"}
    return Task(
        papers=tuple(
            Paper(
                **{
                    **vars(paper),
                    "more": paper.more - fewer.get(paper.key, 0),
                    "translated": paper.translated | {language for key, language in into if key == paper.key},
                }
            )
            for paper in task.papers
        ),
        readers=tuple(
            Reader(
                **{
                    **vars(reader),
                    "high": (task.capacity(reader) if reader.key in raised else reader.high)
                    + raised.get(reader.key, 0),
                    "low": max(reader.low - lowered.get(reader.key, 0), 0),
                }
            )
            for reader in task.readers
        ),
        **{name: getattr(task, name) for name in ("each", "seed", "forbidden", "fixed", "kept", "weights")},
    )


class _Elastic:
    """Rows: applications, experts, and one for each pair that needs a translation (x + slack = translated)."""

    def __init__(self, task: Task, papers: list[Paper], readers: list[Reader]) -> None:
        self.task, self.papers, self.readers = task, papers, readers
        self.program = Program([task.needs(paper) for paper in papers] + [0] * len(readers))
        self.missing = [self._missing(row, paper) for row, paper in enumerate(papers)]
        self.raised: list[int] = []
        self.below: list[int] = []
        for place, reader in enumerate(readers):
            self._load(len(papers) + place, reader)
        self.translated: dict[tuple[str, str], int] = {}
        for row, paper in enumerate(papers):
            self._pairs(row, paper)

    def _missing(self, row: int, paper: Paper) -> int:
        held = sum(1 for key, _reader in self.task.fixed if key == paper.key)
        return self.program.add(FEWER, 0, self.task.needs(paper) - held, ((row, 1),))

    def _load(self, row: int, reader: Reader) -> None:
        """load = low + free places + raised - below."""
        capacity, most = self.task.capacity(reader), len(self.papers)
        low = min(reader.low, capacity)
        self.program.rows[row] = low
        self.program.add(0, 0, capacity - low, ((row, -1),))
        self.raised.append(self.program.add(RAISE, 0, max(most - capacity, 0), ((row, -1),)))
        self.below.append(self.program.add(BELOW, 0, low, ((row, 1),)))

    def _pairs(self, row: int, paper: Paper) -> None:
        links: dict[str, list[int]] = {}
        for place, reader in enumerate(self.readers):
            pair, entries = (paper.key, reader.key), [(row, 1), (len(self.papers) + place, 1)]
            if is_open(self.task, paper, reader):
                self.program.add(0, int(pair in self.task.fixed), 1, entries)
            elif pair not in self.task.forbidden:
                link = self._through(entries, len(reader.languages))
                for language in reader.languages:
                    links.setdefault(language, []).append(link)
        for language, rows in sorted(links.items()):
            entries = [(link, -1) for link in rows]
            self.translated[paper.key, language] = self.program.add(TRANSLATE, 0, 1, entries, is_whole=True)

    def _through(self, entries: list[tuple[int, int]], languages: int) -> int:
        """A pair that needs a translation, at most as much as there is one: pair + slack = translations."""
        self.program.rows.append(0)
        link = len(self.program.rows) - 1
        self.program.add(0, 0, 1, [*entries, (link, 1)], is_whole=True)
        self.program.add(0, 0, languages, ((link, 1),))
        return link

    def read(self, values: list[int]) -> list[Relaxation]:
        """What has given way: experts first, then translations, then applications with fewer experts."""
        readers, papers = self.readers, self.papers
        found = [Relaxation("raise", r.key, values[c]) for r, c in zip(readers, self.raised, strict=True) if values[c]]
        found += [Relaxation("below", r.key, values[c]) for r, c in zip(readers, self.below, strict=True) if values[c]]
        found += [
            Relaxation("translate", key, 1, language) for (key, language), c in self.translated.items() if values[c]
        ]
        return found + [
            Relaxation("fewer", p.key, values[c]) for p, c in zip(papers, self.missing, strict=True) if values[c]
        ]


def _lacks(task: Task, papers: list[Paper], readers: list[Reader]) -> Any:
    """Applications that lack experts by themselves, whatever the loads are."""
    for paper in papers:
        possible = [reader for reader in readers if is_open(task, paper, reader)]
        if len(possible) < task.needs(paper):
            away = Counter(
                task.forbidden.get((paper.key, reader.key)) or ("" if reads(reader, paper) else "language")
                for reader in readers
            )
            away.pop("", None)
            yield Lack(paper.key, task.needs(paper), len(possible), dict(sorted(away.items())))
