"""Pure formulas of the expert's page: places, blind reading, own order, calibration, pace."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.formulas import blind, calibration, order, pace, places

MASK = "[жасырылған]"


def hidden(text: str) -> str:
    secrets = blind.names_of("ТОО «Дала ойындары»") | blind.people_of("Әлия Сапарова")
    return blind.without(text, secrets, ["+77011234567"], MASK)


@pytest.mark.parametrize(
    "text",
    [
        "ТОО «Дала ойындары» просит",
        "Дала ойындарының жаңа ойыны",
        "студия ДАЛА   ОЙЫНДАРЫ",
        "руководит Сапарова Ә.",
        "Сапаровой принадлежит",
        "пишите dala@oiyn.kz",
        "звоните 8 (701) 123-45-67",
        "тел. +7 701 123 45 67.",
        "WhatsApp 77011234567",
    ],
)
def test_names_people_mails_and_phones_are_taken_out_however_they_are_written(text):
    shown = hidden(text)

    told = ("дала", "сапаров", "@", "123", "4567")
    assert MASK in shown
    assert [one for one in told if one in shown.lower()] == []


@pytest.mark.parametrize(
    "text", ["Ойындар қазақ тілінде аз.", "3 500 000 ₸ на 12 месяцев", "https://example.kz/oiyn", "В далёкой степи", ""]
)
def test_what_names_nobody_stays_as_it_is(text):
    assert hidden(text) == text


@given(st.text(max_size=60))
def test_a_secret_never_survives_whatever_stands_around_it(around):
    shown = blind.without(f"{around} Қарлығаш {around}", {"Қарлығаш"}, [], "·")

    assert " Қарлығаш " not in shown


def test_a_place_is_read_as_it_is_written_and_nothing_else_is_one():
    assert places.split(places.place(places.LINE, "abc")) == ("line", "abc")
    assert [places.split(text) for text in ("", "line:", "page:1", "answer")] == [("", "")] * 4


def test_each_expert_has_an_order_of_their_own_that_never_changes():
    applications = [f"a{n}" for n in range(20)]

    def of(expert: str, call: str = "c") -> list[str]:
        return sorted(applications, key=lambda one: order.own_place(call, expert, one))

    assert of("first") == of("first")
    assert of("first") != of("second")
    assert of("first") != of("first", "other call")
    assert sorted(of("second")) == sorted(applications)


def totals(*points: int) -> dict[int, Decimal]:
    return {sample: Decimal(total) for sample, total in enumerate(points)}


def test_severity_and_spread_stand_beside_those_of_the_others():
    found = calibration.calibrate(totals(40, 50, 60), [totals(60, 70, 80), totals(50, 70, 90)])

    assert (found.severity, found.spread, found.others_spread, found.others) == (-20, 20, 30, 2)


def test_the_first_expert_has_nobody_to_stand_beside():
    found = calibration.calibrate(totals(40, 50), [totals(60)])  # the other one is not done yet

    assert (found.severity, found.spread, found.others) == (None, 10, 0)
    with pytest.raises(ValueError, match="nothing is scored"):
        calibration.calibrate({}, [])


POINTS = st.lists(st.integers(0, 100), min_size=3, max_size=3)


@given(POINTS, st.lists(POINTS, min_size=1, max_size=5), st.integers(0, 50))
def test_severity_moves_with_the_own_scores_alone_and_no_order_matters(own, others, more):
    before = calibration.calibrate(totals(*own), [totals(*one) for one in others])
    after = calibration.calibrate(totals(*(n + more for n in own)), [totals(*one) for one in reversed(others)])

    assert before.severity is not None
    assert after.severity is not None
    assert abs(after.severity - before.severity - more) <= Decimal("0.1")
    assert (after.spread, after.others_spread) == (before.spread, before.others_spread)


def test_the_own_pace_counts_from_three_known_reviews():
    assert pace.minutes_each([600, 0, 900]) == (pace.USUAL_MINUTES, False)
    assert pace.minutes_each([600, 0, 900, 3000]) == (15, True)
    assert pace.minutes_each([5, 5, 5]) == (1, True)
