"""Pure formulas: scores, ranking, funding line, limits."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.formulas.amounts import Limits, own_needed, own_share_is_enough
from grants.formulas.ranking import Candidate, in_order, rank
from grants.formulas.scoring import mean, review_total, spread

DAY = datetime(2026, 11, 1, 9, tzinfo=UTC)
scores_of_100 = st.decimals(min_value=0, max_value=100, places=2)
candidates = st.lists(
    st.builds(
        Candidate,
        key=st.uuids().map(str),
        score=st.none() | scores_of_100,
        tie_break=st.decimals(min_value=0, max_value=5, places=2),
        submitted_at=st.integers(0, 5).map(lambda days: DAY + timedelta(days=days)),
        amount=st.integers(1, 5_000_000).map(Decimal),
    ),
    max_size=30,
    unique_by=lambda candidate: candidate.key,
)
money = st.integers(0, 20_000_000).map(Decimal)
marks = st.integers(0, 100).map(Decimal)


def candidate(key: str, score: str | None, **other) -> Candidate:
    fields = {"tie_break": Decimal(0), "submitted_at": DAY, "amount": Decimal(1), **other}
    return Candidate(key=key, score=None if score is None else Decimal(score), **fields)


@given(candidates, money, marks, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, left, mark, random):
    shuffled = list(rows)
    random.shuffle(shuffled)

    assert rank(shuffled, money=left, pass_mark=mark) == rank(rows, money=left, pass_mark=mark)


@given(candidates, money, marks)
def test_the_line_never_exceeds_the_money(rows, left, mark):
    amounts = {row.key: row.amount for row in rows}

    ranked = rank(rows, money=left, pass_mark=mark)

    assert sum((amounts[row.key] for row in ranked if row.is_funded), Decimal(0)) <= left


@given(candidates, money, marks)
def test_nobody_under_the_pass_mark_is_funded(rows, left, mark):
    scores = {row.key: row.score for row in rows}

    ranked = rank(rows, money=left, pass_mark=mark)

    assert [row.key for row in ranked if row.is_funded and (scores[row.key] is None or scores[row.key] < mark)] == []


@given(candidates, money, marks)
def test_the_funded_stand_before_everybody_else(rows, left, mark):
    funded = [row.is_funded for row in rank(rows, money=left, pass_mark=mark)]

    assert funded == sorted(funded, reverse=True)


@given(candidates, money, marks)
def test_more_money_never_takes_an_award_away(rows, left, mark):
    before = {row.key for row in rank(rows, money=left, pass_mark=mark) if row.is_funded}
    after = {row.key for row in rank(rows, money=left + 1, pass_mark=mark) if row.is_funded}

    assert before <= after


@given(candidates)
def test_everybody_with_a_score_has_a_rank_and_nobody_else(rows):
    ranked = rank(rows, money=Decimal(0), pass_mark=Decimal(0))

    scored = [row for row in rows if row.score is not None]
    assert [row.rank for row in ranked] == [*range(1, len(scored) + 1), *[None] * (len(rows) - len(scored))]


def test_a_tie_is_broken_by_the_named_criterion_then_by_the_earlier_submission_then_by_the_key():
    rows = [
        candidate("late", "80", tie_break=Decimal(4), submitted_at=DAY + timedelta(hours=1)),
        candidate("b", "80", tie_break=Decimal(4)),
        candidate("a", "80", tie_break=Decimal(4)),
        candidate("effect", "80", tie_break=Decimal(5), submitted_at=DAY + timedelta(days=3)),
    ]

    assert [row.key for row in in_order(rows)] == ["effect", "a", "b", "late"]


def test_the_first_that_does_not_fit_ends_the_funded_part():
    """No smaller project jumps the queue: that would be a departure, which needs a motive."""
    rows = [
        candidate("first", "90", amount=Decimal(6)),
        candidate("too big", "80", amount=Decimal(5)),
        candidate("small", "70", amount=Decimal(1)),
    ]

    ranked = rank(rows, money=Decimal(10), pass_mark=Decimal(60))

    assert [(row.key, row.is_funded) for row in ranked] == [("first", True), ("too big", False), ("small", False)]


def test_exactly_the_money_and_exactly_the_mark_are_enough():
    ranked = rank([candidate("a", "60", amount=Decimal(10))], money=Decimal(10), pass_mark=Decimal(60))

    assert ranked[0].is_funded


WEIGHTS = st.lists(st.integers(1, 30), min_size=1, max_size=6).map(
    lambda parts: (
        {f"c{n}": part for n, part in enumerate([*parts[:-1], 100 - sum(parts[:-1])])}
        if sum(parts[:-1]) < 100
        else {"c0": 100}
    )
)


@given(WEIGHTS, st.data())
def test_a_total_lies_between_0_and_100(weights, data):
    scores = {key: data.draw(st.integers(0, 5)) for key in weights}

    total = review_total(scores, weights)

    assert 0 <= total <= 100
    assert review_total(dict.fromkeys(weights, 5), weights) == 100
    assert review_total(dict.fromkeys(weights, 0), weights) == 0


@given(WEIGHTS, st.data())
def test_a_higher_score_never_lowers_the_total(weights, data):
    scores = {key: data.draw(st.integers(0, 4)) for key in weights}
    raised = data.draw(st.sampled_from(sorted(weights)))

    assert review_total({**scores, raised: scores[raised] + 1}, weights) > review_total(scores, weights)


def test_an_absent_score_is_never_a_zero():
    with pytest.raises(KeyError):
        review_total({"idea": 5}, {"idea": 50, "team": 50})


def test_the_mean_rounds_halves_up_and_is_nothing_without_reviews():
    assert mean([Decimal("70.01"), Decimal("70.00")]) == Decimal("70.01")
    assert mean([]) is None


def test_the_spread_is_the_distance_of_the_extremes_and_nothing_below_two_reviews():
    assert spread([Decimal(40), Decimal(90), Decimal(60)]) == Decimal(50)
    assert spread([Decimal(40)]) is None


@given(st.integers(1, 10_000_000).map(Decimal), st.integers(0, 99))
def test_own_money_that_is_said_to_be_needed_is_enough_and_one_less_is_not(asked, percent):
    limits = Limits(Decimal(1), Decimal(10_000_000), percent)
    needed = own_needed(asked, percent)

    assert own_share_is_enough(asked, needed, limits)
    assert percent == 0 or not own_share_is_enough(asked, needed - 1, limits)
