"""The funding line against an exhaustive search over all sets, and its rules as properties."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from grants.formulas.ranking import Candidate, Ranked, in_order, rank

DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)
MARK = Decimal(60)
# Few scores, moments and amounts, so that ties and exact fits are common.
small_sets = st.lists(
    st.builds(
        Candidate,
        key=st.uuids().map(str),
        score=st.sampled_from([None, *map(Decimal, (40, 59, 60, 60, 75, 90))]),
        tie_break=st.sampled_from([Decimal(3), Decimal(4)]),
        submitted_at=st.integers(0, 2).map(lambda days: DAY + timedelta(days=days)),
        amount=st.integers(1, 6).map(Decimal),
        sector=st.sampled_from(["", "it", "film", "craft"]),
    ),
    max_size=8,
    unique_by=lambda candidate: candidate.key,
)
moneys = st.integers(0, 24).map(Decimal)
floor_sets = st.dictionaries(st.sampled_from(["it", "film"]), st.integers(1, 12).map(Decimal), max_size=2)
percents = st.none() | st.integers(1, 100)


def needs_floor(candidate: Candidate, better: list[Candidate], floors: dict[str, Decimal]) -> bool:
    """The better ones of its sector, all that passed, have not filled its floor."""
    own = sum((c.amount for c in better if c.sector == candidate.sector), Decimal(0))
    return own < floors.get(candidate.sector, Decimal(0))


def comes_first(one: Candidate, other: Candidate, passed: list[Candidate], floors: dict[str, Decimal]) -> bool:
    """Whether the rule lets `other` be funded only where `one` is: a floor goes before the rest, then the rank."""

    def turn(candidate: Candidate) -> tuple[bool, int]:
        place = passed.index(candidate)
        return not needs_floor(candidate, passed[:place], floors), place

    return turn(one) < turn(other)


def subsets(rows: list[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    return chain.from_iterable(combinations(rows, size) for size in range(len(rows) + 1))


def searched(rows: list[Candidate], money: Decimal, floors: dict[str, Decimal]) -> set[str]:
    """The largest of all sets of passed applications that fit the money and leave nobody out who comes first."""
    passed = [c for c in in_order(rows) if c.score is not None and c.score >= MARK]
    lawful = [
        chosen
        for chosen in subsets(passed)
        if sum((c.amount for c in chosen), Decimal(0)) <= money
        and all(one in chosen for one in passed for other in chosen if comes_first(one, other, passed, floors))
    ]
    return {c.key for c in max(lawful, key=len)}


def planned(rows: list[Candidate], money: Decimal) -> int:
    """Without floors, by dynamic programming over (place, money left): how many in a row the money reaches."""
    amounts = [c.amount for c in in_order(rows) if c.score is not None and c.score >= MARK]
    reach = {(len(amounts), left): 0 for left in range(int(money) + 1)}
    for place in range(len(amounts) - 1, -1, -1):
        for left in range(int(money) + 1):
            fits = amounts[place] <= left
            reach[place, left] = 1 + reach[place + 1, left - int(amounts[place])] if fits else 0
    return reach[0, int(money)]


def funded(rows: list[Ranked]) -> set[str]:
    return {row.key for row in rows if row.is_funded}


@given(small_sets, moneys, floor_sets)
@settings(max_examples=200)
def test_the_line_equals_an_exhaustive_search_over_all_sets(rows, money, floors):
    assert funded(rank(rows, money=money, pass_mark=MARK, floors=floors)) == searched(rows, money, floors)


@given(small_sets, moneys)
def test_without_floors_the_line_equals_dynamic_programming(rows, money):
    assert len(funded(rank(rows, money=money, pass_mark=MARK))) == planned(rows, money)


@given(small_sets, moneys, floor_sets, percents)
def test_awards_never_exceed_the_money_or_what_was_asked(rows, money, floors, percent):
    asked = {row.key: row.amount for row in rows}

    ranked = rank(rows, money=money, pass_mark=MARK, floors=floors, partial_percent=percent)

    assert sum((row.award for row in ranked), Decimal(0)) <= money
    assert all(0 <= row.award <= asked[row.key] for row in ranked)
    assert all((row.award > 0) == row.is_funded for row in ranked)


@given(small_sets, moneys, floor_sets, st.integers(1, 100))
def test_at_most_one_gets_a_part_and_it_is_what_is_left_and_large_enough(rows, money, floors, percent):
    asked = {row.key: row.amount for row in rows}
    whole = funded(rank(rows, money=money, pass_mark=MARK, floors=floors))

    ranked = rank(rows, money=money, pass_mark=MARK, floors=floors, partial_percent=percent)

    parts = [row for row in ranked if 0 < row.award < asked[row.key]]
    assert len(parts) <= 1
    assert funded(ranked) == whole | {row.key for row in parts}
    for row in parts:
        assert row.award == money - sum((asked[key] for key in whole), Decimal(0))
        assert row.award * 100 >= asked[row.key] * percent


@given(small_sets, moneys, floor_sets, percents)
def test_floors_and_parts_never_fund_anybody_under_the_mark(rows, money, floors, percent):
    below = {row.key for row in rows if row.score is None or row.score < MARK}

    ranked = rank(rows, money=money, pass_mark=MARK, floors=floors, partial_percent=percent)

    assert funded(ranked) & below == set()


@given(small_sets, floor_sets)
def test_a_sector_gets_its_floor_or_all_that_it_asks_where_the_money_carries_the_floors(rows, floors):
    passed = [row for row in rows if row.score is not None and row.score >= MARK]
    money = sum((row.amount for row in passed if row.sector in floors), Decimal(0))

    chosen = funded(rank(rows, money=money, pass_mark=MARK, floors=floors))

    for sector, floor in floors.items():
        asked = sum((row.amount for row in passed if row.sector == sector), Decimal(0))
        got = sum((row.amount for row in passed if row.sector == sector and row.key in chosen), Decimal(0))
        assert got >= min(floor, asked)


@given(small_sets, moneys, floor_sets, percents, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters_with_floors_and_parts(rows, money, floors, percent, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    terms = {"money": money, "pass_mark": MARK, "floors": floors, "partial_percent": percent}

    assert rank(shuffled, **terms) == rank(rows, **terms)


@given(small_sets, moneys, floor_sets, percents)
def test_more_money_never_takes_an_award_away_with_floors_and_parts(rows, money, floors, percent):
    terms = {"pass_mark": MARK, "floors": floors, "partial_percent": percent}
    before, after = ({r.key: r.award for r in rank(rows, money=m, **terms)} for m in (money, money + 1))

    assert all(after[key] >= award for key, award in before.items())


@given(small_sets, moneys, floor_sets)
def test_floors_never_move_a_rank(rows, money, floors):
    plain = rank(rows, money=money, pass_mark=MARK)

    assert [(r.key, r.rank) for r in rank(rows, money=money, pass_mark=MARK, floors=floors)] == [
        (r.key, r.rank) for r in plain
    ]


def candidate(key: str, score: int, amount: int, sector: str = "") -> Candidate:
    return Candidate(key, Decimal(score), Decimal(0), DAY, Decimal(amount), sector)


def test_a_floor_brings_in_a_lower_rank_until_its_sector_has_it():
    rows = [candidate("a", 90, 6), candidate("b", 80, 4, "film"), candidate("c", 75, 4, "film"), candidate("d", 70, 3)]

    ranked = rank(rows, money=Decimal(11), pass_mark=MARK, floors={"film": Decimal(4)})

    assert [(r.key, r.is_funded, r.is_by_floor) for r in ranked] == [
        ("a", True, False), ("b", True, True), ("c", False, False), ("d", False, False),
    ]  # fmt: skip


def test_the_one_at_the_line_gets_what_is_left_if_that_is_enough():
    rows = [candidate("a", 90, 6), candidate("b", 80, 8), candidate("c", 70, 1)]

    enough, too_little = (
        rank(rows, money=Decimal(10), pass_mark=MARK, partial_percent=percent) for percent in (50, 51)
    )

    assert [row.award for row in enough] == [6, 4, 0]
    assert [row.award for row in too_little] == [6, 0, 0]
