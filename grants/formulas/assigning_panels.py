"""Spreading panels: experts change places at the same cost until the same ones sit together less often.

What is made smaller is the sum of squares of how often two experts meet, and of how many applications of one size an
expert has (so that nobody gets all the large ones). No load, no cost and no fixed pair changes. The search tries
partners in an order that the seed decides and stops when a round has found nothing: a good spread, not the best one.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

Pair = tuple[str, str]
TRIES = 24  # partners for each place and round
ROUNDS = 3


class Panels:
    """Who sits where, and how often two meet."""

    def __init__(self, pairs: Iterable[Pair], tiers: Mapping[str, str]) -> None:
        self.tiers = tiers
        self.seats: dict[str, set[str]] = defaultdict(set)
        self.meetings: Counter[Pair] = Counter()
        self.sizes: Counter[Pair] = Counter()
        for paper, reader in pairs:
            self.sit(paper, reader)

    def sit(self, paper: str, reader: str) -> None:
        """One more expert at an application."""
        for other in self.seats[paper]:
            self.meetings[ordered(reader, other)] += 1
        self.seats[paper].add(reader)
        self.sizes[reader, self.tiers[paper]] += 1

    def rise(self, paper: str, reader: str) -> None:
        """One expert less."""
        self.seats[paper].discard(reader)
        for other in self.seats[paper]:
            self.meetings[ordered(reader, other)] -= 1
        self.sizes[reader, self.tiers[paper]] -= 1

    def gain(self, one: Pair, other: Pair) -> int:
        """How much smaller the sum of squares is if the two experts change places (half of it)."""
        (paper, reader), (there, stranger) = one, other
        meetings, gain = self.meetings, 0
        for beside in self.seats[paper]:
            if beside != reader:
                gain += meetings[ordered(reader, beside)] - meetings[ordered(stranger, beside)] - 1
        for beside in self.seats[there]:
            if beside != stranger:
                gain += meetings[ordered(stranger, beside)] - meetings[ordered(reader, beside)] - 1
        here_tier, there_tier = self.tiers[paper], self.tiers[there]
        if here_tier != there_tier:
            sizes = self.sizes
            gain += sizes[reader, here_tier] - sizes[reader, there_tier] - 1
            gain += sizes[stranger, there_tier] - sizes[stranger, here_tier] - 1
        return gain + 2 * self._shared(one, other)

    def _shared(self, one: Pair, other: Pair) -> int:
        """Colleagues that both panels have: their meetings were counted as if one panel had left them."""
        return len((self.seats[one[0]] - {one[1]}) & (self.seats[other[0]] - {other[1]}))


def ordered(one: str, other: str) -> Pair:
    """A pair of experts, whoever is named first."""
    return (one, other) if one < other else (other, one)


def spread_panels(
    pairs: Iterable[Pair], costs: Mapping[Pair, int], tiers: Mapping[str, str], seed: str
) -> tuple[list[Pair], dict[Pair, int]]:
    """The same assignment with places exchanged, and how often two experts meet. `costs`: pairs that may be made anew;
    a pair that is not among them stays.
    """
    panels = Panels(sorted(pairs), tiers)
    movable = sorted(
        (pair for pair in pairs if pair in costs),
        key=lambda p: hashlib.sha256(f"{seed}|{p[0]}|{p[1]}".encode()).digest(),
    )
    if len(movable) > 1:
        for _round in range(ROUNDS):
            if not _round_of(panels, movable, costs):
                break
    found = [(paper, reader) for paper, readers in panels.seats.items() for reader in readers]
    return sorted(found), {pair: n for pair, n in sorted(panels.meetings.items()) if n}


def _round_of(panels: Panels, movable: list[Pair], costs: Mapping[Pair, int]) -> int:
    """Tries for every place the partners whose turn it is; returns how many have changed."""
    count, changed = len(movable), 0
    stride = max(count // (TRIES + 1), 1)
    for place in range(count):
        for turn in range(1, TRIES + 1):
            partner = (place + turn * stride + turn) % count
            one, other = movable[place], movable[partner]
            if _may_exchange(panels, one, other, costs) and panels.gain(one, other) > 0:
                (paper, reader), (there, stranger) = one, other
                panels.rise(paper, reader)
                panels.rise(there, stranger)
                panels.sit(paper, stranger)
                panels.sit(there, reader)
                movable[place], movable[partner] = (paper, stranger), (there, reader)
                changed += 1
    return changed


def _may_exchange(panels: Panels, one: Pair, other: Pair, costs: Mapping[Pair, int]) -> bool:
    (paper, reader), (there, stranger) = one, other
    if paper == there or reader == stranger or stranger in panels.seats[paper] or reader in panels.seats[there]:
        return False
    first, second = costs.get((paper, stranger)), costs.get((there, reader))
    return first is not None and second is not None and first + second == costs[one] + costs[other]
