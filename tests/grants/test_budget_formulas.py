"""The arithmetic of a budget: exact to the tiyn for every amount that a person can type."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import round_money
from grants.formulas.budget import Costed, Share, shares, totals, vat_inside

AMOUNTS = st.decimals(0, 999_999_999_999, places=2)
QUANTITIES = st.decimals(Decimal("0.01"), 99_999_999, places=2)
KEYS = ["equipment", "wages", "rent"]
LINES = st.builds(
    Costed,
    category=st.sampled_from(["", *KEYS]),
    quantity=st.none() | QUANTITIES,
    price=st.none() | AMOUNTS,
    has_vat=st.booleans(),
    grant=st.none() | AMOUNTS,
    own=st.none() | AMOUNTS,
)
BUDGETS = st.lists(LINES, max_size=12)
LIMITS = [("equipment", 70), ("wages", 30), ("rent", None)]


def line(**amounts) -> Costed:
    return Costed(**{name: Decimal(str(value)) for name, value in amounts.items()})


def test_a_line_costs_quantity_times_price_rounded_half_up_to_the_tiyn():
    assert line(quantity=3, price="0.335").cost == Decimal("1.01")
    assert line(quantity="0.5", price="0.01").cost == Decimal("0.01")
    assert line(quantity=2, price=300_000).cost == Decimal(600_000)


def test_without_a_price_a_line_costs_what_its_two_parts_sum_to():
    assert line(grant=500_000, own=100_000).cost == Decimal(600_000)
    assert line(grant=500_000, quantity=2).cost == Decimal(500_000)
    assert Costed().cost is None


def test_the_part_that_is_left_empty_is_the_rest():
    assert line(quantity=2, price=300_000, grant=500_000).parts == (Decimal(500_000), Decimal(100_000))
    assert line(quantity=2, price=300_000, own=100_000).parts == (Decimal(500_000), Decimal(100_000))
    assert line(grant=500_000).parts == (Decimal(500_000), Decimal(0))


@pytest.mark.parametrize(
    ("typed", "meets"),
    [
        ({"quantity": 2, "price": 300_000, "grant": 500_000, "own": 100_000}, True),
        ({"quantity": 2, "price": 300_000, "grant": 500_000}, True),
        ({"quantity": 2, "price": 300_000, "grant": 500_000, "own": 99_999}, False),
        ({"quantity": 2, "price": 300_000, "grant": "600000.01"}, False),
        ({"quantity": 2, "price": 300_000}, False),
        ({"grant": 1}, True),
        ({}, False),
    ],
)
def test_the_two_parts_must_sum_to_the_cost(typed, meets):
    assert line(**typed).parts_meet == meets


@given(LINES)
def test_parts_are_never_below_zero_and_never_change_what_was_typed(one):
    grant, own = one.parts

    assert min(grant, own) >= 0
    assert grant == (one.grant if one.grant is not None else grant)
    assert own == (one.own if one.own is not None else own)


@given(BUDGETS)
def test_totals_are_the_sums_of_the_lines(lines):
    sums = totals(lines, vat_percent=16)

    assert sums.grant == sum(one.parts[0] for one in lines)
    assert sums.own == sum(one.parts[1] for one in lines)
    assert sums.cost == sum(one.cost or 0 for one in lines)


@given(BUDGETS)
def test_where_every_line_meets_grant_and_own_part_make_the_whole(lines):
    sums = totals([one for one in lines if one.parts_meet], vat_percent=16)

    assert sums.grant + sums.own == sums.cost


@given(AMOUNTS, st.sampled_from([0, 12, 16]))
def test_the_tax_inside_a_price_is_within_half_a_tiyn_of_the_exact_one(cost, percent):
    inside = vat_inside(cost, percent)

    assert inside == round_money(inside)
    assert abs(Fraction(inside) - Fraction(cost) * percent / (100 + percent)) <= Fraction(1, 200)


def test_the_tax_inside_known_prices():
    assert vat_inside(Decimal(116_000), 16) == Decimal(16_000)
    assert vat_inside(Decimal(112_000), 12) == Decimal(12_000)
    assert vat_inside(Decimal(100), 16) == Decimal("13.79")


def test_a_line_without_vat_adds_none():
    lines = [Costed(grant=Decimal(116), has_vat=False), Costed(grant=Decimal(116))]

    assert totals(lines, vat_percent=16).vat == Decimal(16)


@given(BUDGETS)
def test_shares_of_the_categories_and_of_lines_without_one_make_the_grant(lines):
    found = shares(lines, LIMITS, asked=None)
    nowhere = sum(one.parts[0] for one in lines if not one.category)

    assert [share.category for share in found] == KEYS
    assert sum(share.grant for share in found) + nowhere == sum(one.parts[0] for one in lines)


@given(AMOUNTS, AMOUNTS, st.integers(1, 100))
def test_a_share_reads_above_its_limit_exactly_where_it_is(grant, of, limit):
    share = Share("wages", grant, of, limit)

    assert share.is_over == (Fraction(grant) * 100 > limit * Fraction(of))
    if of:
        assert (share.percent > limit) == share.is_over


def test_shares_are_held_against_the_amount_asked_where_it_is_known():
    lines = [Costed("equipment", grant=Decimal(620_000))]

    [equipment, *_rest] = shares(lines, LIMITS, asked=Decimal(1_000_000))

    assert (equipment.percent, equipment.max_percent, equipment.is_over) == (62, 70, False)
    assert shares(lines, LIMITS, asked=None)[0].is_over
