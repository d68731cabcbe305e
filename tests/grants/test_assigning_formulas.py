"""Assignment as a pure function: equal to brute force on small cases, never across a conflict, the same every time."""

import itertools
import random
from collections import Counter

import pytest

from grants.formulas.assigning import (
    Found,
    Paper,
    Reader,
    Task,
    as_plain,
    assign,
    cost_of,
    from_plain,
    is_open,
    reads,
)
from grants.formulas.assigning_panels import Panels, spread_panels
from grants.formulas.assigning_relax import BELOW, FEWER, RAISE, TRANSLATE, Relaxation, relax, with_relaxations

SECTORS, TIERS = ("film", "games", "music"), "SML"


def random_task(seed: int, *, papers: int = 4, readers: int = 4, each: int = 2) -> Task:
    """A small case with conflicts, languages, bounds and fixed pairs; some of them are impossible."""
    die = random.Random(seed)
    made = tuple(
        Paper(f"p{n}", die.choice(SECTORS), die.choice(["kk", "ru"]), die.choice(TIERS))
        for n in range(die.randint(1, papers))
    )
    people = tuple(
        Reader(
            f"r{n}",
            frozenset(die.sample(SECTORS, die.randint(1, 2))),
            frozenset(die.choice([["kk", "ru"], ["ru"], ["kk"]])),
            die.choice([0, 0, 1]),
            die.randint(1, papers),
        )
        for n in range(die.randint(1, readers))
    )
    every = [(paper.key, reader.key) for paper in made for reader in people]
    forbidden = {pair: die.choice(["conflict", "apart", "returned"]) for pair in every if die.random() < 0.25}
    free = [pair for pair in every if pair not in forbidden]
    fixed = {pair: "pin" for pair in free if die.random() < 0.1}
    kept = frozenset(pair for pair in free if die.random() < 0.1)
    return Task(made, people, die.randint(1, each), str(seed), forbidden, fixed, kept)


def every_full_assignment(task: Task):
    """By hand: all ways to give each application its experts, within the bounds."""
    choices = []
    for paper in task.papers:
        held = {key for row, key in task.fixed if row == paper.key}
        able = [reader.key for reader in task.readers if is_open(task, paper, reader)]
        groups = itertools.combinations(able, task.needs(paper))
        choices.append([[(paper.key, key) for key in group] for group in groups if held <= set(group)])
    for groups in itertools.product(*choices):
        pairs = [pair for group in groups for pair in group]
        loads = Counter(key for _paper, key in pairs)
        if all(min(r.low, task.capacity(r)) <= loads[r.key] <= task.capacity(r) for r in task.readers):
            yield pairs


def price_by_hand(task: Task) -> int:
    """The cheapest way to give way: every set of translations, every choice of experts of any number."""
    languages = sorted({language for reader in task.readers for language in reader.languages})
    options = [(paper.key, language) for paper in task.papers for language in languages]
    best = None
    for count in range(len(options) + 1):
        if best is not None and count * TRANSLATE >= best:
            break
        for chosen in itertools.combinations(options, count):
            price = _price_with(task, chosen)
            best = price if best is None else min(best, price)
    return best


def _price_with(task: Task, chosen) -> int:
    choices = []
    for paper in task.papers:
        into = {language for key, language in chosen if key == paper.key}
        held = {key for row, key in task.fixed if row == paper.key}
        able = [
            r.key
            for r in task.readers
            if (paper.key, r.key) in task.fixed
            or ((paper.key, r.key) not in task.forbidden and (reads(r, paper) or into & r.languages))
        ]
        groups = [g for n in range(task.needs(paper) + 1) for g in itertools.combinations(able, n) if held <= set(g)]
        choices.append([(task.needs(paper) - len(group), group) for group in groups])
    best = None
    for groups in itertools.product(*choices):
        loads = Counter(key for _missing, group in groups for key in group)
        price = TRANSLATE * len(chosen) + FEWER * sum(missing for missing, _group in groups)
        for reader in task.readers:
            capacity = task.capacity(reader)
            price += RAISE * max(loads[reader.key] - capacity, 0)
            price += BELOW * max(min(reader.low, capacity) - loads[reader.key], 0)
        best = price if best is None else min(best, price)
    return best


def check(task: Task, found: Found) -> None:
    """Everything that must hold of a full assignment."""
    papers = {paper.key: paper for paper in task.papers}
    readers = {reader.key: reader for reader in task.readers}
    assert not set(found.pairs) & task.forbidden.keys()
    assert set(task.fixed) <= set(found.pairs)
    assert all(is_open(task, papers[paper], readers[reader]) for paper, reader in found.pairs)
    assert Counter(paper for paper, _reader in found.pairs) == {
        key: task.needs(paper) for key, paper in papers.items() if task.needs(paper)
    }
    for key, reader in readers.items():
        assert min(reader.low, task.capacity(reader)) <= found.loads[key] <= task.capacity(reader)


def test_it_costs_what_the_best_of_all_assignments_costs():
    solved = 0
    for seed in range(250):
        task = random_task(seed)
        by_hand = min((cost_of(task, pairs) for pairs in every_full_assignment(task)), default=None)

        found = assign(task)

        assert (found and found.cost) == by_hand
        if found:
            check(task, found)
            solved += 1
    assert solved > 60


def test_no_conflict_in_ten_thousand_random_cases():
    solved = 0
    for seed in range(10_000):
        task = random_task(seed, papers=3, readers=5)

        found = assign(task)

        if found:
            assert not set(found.pairs) & task.forbidden.keys()
            solved += 1
    assert solved > 3_000


def test_what_is_given_way_in_costs_least_and_then_everybody_is_assigned():
    impossible = 0
    for seed in range(120):
        task = random_task(seed, papers=3, readers=3)
        if assign(task):
            continue

        stuck = relax(task)

        assert stuck.price == price_by_hand(task)
        found = assign(with_relaxations(task, stuck.relaxations))
        assert found is not None
        assert not set(found.pairs) & task.forbidden.keys()
        impossible += 1
    assert impossible > 30


def test_the_same_inputs_give_the_same_result_in_whatever_order_they_come():
    task = next(task for seed in range(99) if assign(task := random_task(seed, papers=6, readers=8)))
    turned = Task(
        task.papers[::-1],
        task.readers[::-1],
        task.each,
        task.seed,
        dict(reversed(task.forbidden.items())),
        dict(reversed(task.fixed.items())),
        task.kept,
    )

    assert assign(turned) == assign(task) == assign(from_plain(as_plain(task)))
    assert as_plain(turned) == as_plain(task)


def plain_task(papers: int, readers: int, each: int, *, seed: str = "seed", high: int = 40) -> Task:
    """Everybody may read everything."""
    return Task(
        tuple(Paper(f"p{n:02}", "film", "ru", TIERS[n % 3]) for n in range(papers)),
        tuple(Reader(f"r{n}", frozenset({"film"}), frozenset({"ru"}), 0, high) for n in range(readers)),
        each,
        seed,
    )


def test_another_seed_gives_another_assignment_of_the_same_cost():
    one, other = assign(plain_task(12, 6, 3, seed="a")), assign(plain_task(12, 6, 3, seed="b"))

    assert one.pairs != other.pairs
    assert one.cost == other.cost


def test_loads_even_out():
    assert set(assign(plain_task(20, 6, 3)).loads.values()) == {10}


def test_an_expert_of_the_sector_is_preferred_until_they_are_much_fuller():
    own = Reader("own", frozenset({"film"}), frozenset({"ru"}), 0, 10)
    other = Reader("other", frozenset(), frozenset({"ru"}), 0, 10)
    papers = tuple(Paper(f"p{n}", "film", "ru") for n in range(10))

    found = assign(Task(papers, (own, other), 1, "seed"))

    assert found.loads == {"own": 8, "other": 2}


def test_panels_are_spread_at_the_same_cost_and_loads():
    same = [(f"p{n}", reader) for n in range(12) for reader in (("a", "b", "c") if n < 6 else ("d", "e", "f"))]
    costs = {(f"p{n}", reader): 0 for n in range(12) for reader in "abcdef"}
    tiers = {f"p{n}": TIERS[n % 3] for n in range(12)}

    pairs, meetings = spread_panels(same, costs, tiers, "seed")

    assert Counter(reader for _paper, reader in pairs) == Counter(reader for _paper, reader in same)
    assert Counter(paper for paper, _reader in pairs) == Counter(paper for paper, _reader in same)
    assert max(meetings.values()) <= 4
    assert max(Panels(same, tiers).meetings.values()) == 6


@pytest.mark.parametrize("seed", range(40))
def test_each_change_of_places_makes_the_sum_of_squares_smaller_by_what_was_said(seed):
    die = random.Random(seed)
    tiers = {f"p{n}": die.choice(TIERS) for n in range(5)}
    pairs = [(paper, reader) for paper in tiers for reader in die.sample("abcdef", 3)]
    panels = Panels(pairs, tiers)
    one, other = die.sample(pairs, 2)
    moves = one[0] != other[0] and one[1] not in panels.seats[other[0]] and other[1] not in panels.seats[one[0]]

    if moves:
        before, said = energy(panels), panels.gain(one, other)
        for paper, reader in (one, other):
            panels.rise(paper, reader)
        panels.sit(one[0], other[1])
        panels.sit(other[0], one[1])
        assert before - energy(panels) == 2 * said


def energy(panels: Panels) -> int:
    return sum(n * n for n in panels.meetings.values()) + sum(n * n for n in panels.sizes.values())


def test_pairs_that_are_fixed_stay_across_load_and_language():
    task = plain_task(3, 2, 1)
    fixed = {("p00", "r0"): "review", ("p01", "r0"): "review", ("p02", "r0"): "pin"}
    narrow = Reader("r0", frozenset(), frozenset({"kk"}), 0, 1)

    found = assign(Task(task.papers, (narrow, task.readers[1]), 1, "seed", {}, fixed))

    assert set(found.pairs) == set(fixed)


def test_a_load_that_is_too_small_is_said_with_the_smallest_raise():
    task = plain_task(5, 2, 2, high=4)

    stuck = relax(task)

    assert assign(task) is None
    assert (stuck.needed, stuck.capacity, stuck.lacks) == (10, 8, ())
    assert stuck.relaxations == (Relaxation("raise", "r0", 1), Relaxation("raise", "r1", 1))


def test_an_application_that_nobody_reads_asks_for_a_translation():
    task = plain_task(1, 3, 2)
    task = Task((Paper("p00", "film", "kk"),), task.readers, 2, "seed", {("p00", "r0"): "conflict"})

    stuck = relax(task)

    assert stuck.relaxations == (Relaxation("translate", "p00", 1, "ru"),)
    assert [(lack.paper, lack.possible, lack.kept_away) for lack in stuck.lacks] == [
        ("p00", 0, {"conflict": 1, "language": 2})
    ]


def test_an_application_in_conflict_with_all_but_one_gets_one_expert_fewer():
    task = plain_task(1, 3, 2)
    task = Task(task.papers, task.readers, 2, "seed", {("p00", "r0"): "conflict", ("p00", "r1"): "conflict"})

    stuck = relax(task)

    assert stuck.relaxations == (Relaxation("fewer", "p00", 1),)


def test_a_season_of_420_applications_and_30_experts_is_assigned_within_its_bounds():
    die = random.Random(1)
    sectors = [f"s{n}" for n in range(19)]
    papers = tuple(
        Paper(f"p{n:03}", die.choice(sectors), die.choice(["kk", "ru"]), die.choice(TIERS)) for n in range(420)
    )
    readers = tuple(
        Reader(f"r{n:02}", frozenset(die.sample(sectors, 4)), frozenset({"ru"} | ({"kk"} if n % 5 else set())), 20, 60)
        for n in range(30)
    )
    forbidden = {(p.key, r.key): "conflict" for p in papers for r in readers if die.random() < 0.02}
    task = Task(papers, readers, 3, "season", forbidden)

    found = assign(task)

    check(task, found)
    assert max(found.loads.values()) - min(found.loads.values()) <= 20
