"""Conditions, calculated fields, rules across fields and limits: literal cases, and properties over made ones."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.formulas import conditions, cross_rules
from questionnaires.formulas.calculated import calculate
from questionnaires.formulas.limits import TOP_NUMBER, Fault, faults
from questionnaires.formulas.shape import hundredths, is_given, plain_number, rounded
from questionnaires.queries.asked import asked, with_dependants
from tests.questionnaires import made

SECTION = {"kk": "Бөлім", "ru": "Раздел", "en": "Section"}


def content_of(*questions: dict, rules: tuple = ()) -> dict:
    """A version of one section; every question has its texts."""
    full = [{"label": made.TEXTS, "is_required": True, **question} for question in questions]
    return {"sections": [{"title": SECTION, "questions": full}], "rules": list(rules)}


@pytest.mark.parametrize(
    ("op", "value", "answer", "is_shown"),
    [
        ("is", "yes", "yes", True),
        ("is", "yes", None, False),
        ("is", False, None, True),
        ("is", False, True, False),
        ("is", True, True, True),
        ("is", 5, "5.00", True),
        ("is_not", "no", "yes", True),
        ("is_not", "no", None, False),
        ("has", "a", ["b", "a"], True),
        ("has", "a", "a", False),
        ("at_least", 2, 2, True),
        ("at_least", 2, "1.99", False),
        ("at_least", 2, [{"a": 1}, {"a": 2}], True),
        ("at_least", "2026-05-01", "2026-04-30", False),
        ("at_most", "2026-05-01", "2026-05-01", True),
        ("at_most", 3, "text", False),
        ("answered", True, 0, True),
        ("answered", True, "", False),
        ("answered", False, [], True),
        ("answered", None, "x", True),
    ],
)
def test_a_condition_holds(op, value, answer, is_shown):
    assert conditions.holds({"key": "k", "op": op, "value": value}, answer) is is_shown


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ({"op": "sum", "of": ["a", "b", "none"]}, "3.75"),
        ({"op": "sum", "of": ["team.hours"]}, "30"),
        ({"op": "sum", "of": ["none"]}, None),
        ({"op": "difference", "of": ["b", "a"]}, "-1.25"),
        ({"op": "difference", "of": ["b", "none"]}, None),
        ({"op": "product", "of": ["a", "b"]}, "3.13"),
        ({"op": "product", "of": ["team.hours", "team.rate"]}, "25"),
        ({"op": "share", "of": ["b", "a"]}, "50"),
        ({"op": "share", "of": ["one", "three"]}, "33.33"),
        ({"op": "share", "of": ["one", "zero"]}, None),
    ],
)
def test_a_calculated_field(formula, value):
    rows = [{"hours": 10, "rate": "2.5"}, {"hours": 20}, {"rate": "7", "hours": "x"}]
    answers = {"a": "2.50", "b": "1.25", "one": 1, "three": 3, "zero": 0, "team": rows}

    assert calculate(formula, answers) == value


@given(st.lists(st.tuples(made.hundredths, made.hundredths), min_size=1, max_size=5))
def test_a_sum_of_a_column_is_exact(pairs):
    rows = [{"a": str(Decimal(a) / 100), "b": plain_number(b)} for a, b in pairs]

    total = calculate({"op": "sum", "of": ["t.a", "t.b"]}, {"t": rows})

    assert hundredths(total) == sum(a + b for a, b in pairs)


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_a_share_is_rounded_as_money_is(part, all_of_it):
    found = calculate({"op": "share", "of": ["a", "b"]}, {"a": plain_number(part), "b": plain_number(all_of_it)})

    exact = (Decimal(part) * 100 / Decimal(all_of_it)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert hundredths(found) == int(exact * 100)


@given(st.integers(-(10**15), 10**15))
def test_a_number_written_and_read_is_the_same(value):
    assert hundredths(plain_number(value)) == value


@pytest.mark.parametrize(("up", "down", "result"), [(1, 2, 1), (-1, 2, -1), (1, 3, 0), (5, 10, 1), (1, -2, -1)])
def test_halves_are_rounded_away_from_zero(up, down, result):
    assert rounded(up, down) == result


@pytest.mark.parametrize(
    ("rule", "state"),
    [
        ({"kind": "sum_is", "of": ["parts.share"], "against": "", "limit": 100}, "kept"),
        ({"kind": "sum_is", "of": ["parts.share"], "against": "total", "limit": None}, "broken"),
        ({"kind": "sum_at_most", "of": ["parts.share"], "against": "total", "limit": None}, "kept"),
        ({"kind": "sum_at_most", "of": ["none"], "against": "total", "limit": None}, "open"),
        ({"kind": "share_at_most", "of": ["small"], "against": "total", "limit": 30}, "kept"),
        ({"kind": "share_at_most", "of": ["small"], "against": "total", "limit": 29}, "broken"),
        ({"kind": "at_most", "of": ["small"], "against": "total", "limit": None}, "kept"),
        ({"kind": "at_most", "of": ["from"], "against": "to", "limit": None}, "broken"),
        ({"kind": "at_most", "of": ["from"], "against": "none", "limit": None}, "open"),
    ],
)
def test_a_rule_across_fields(rule, state):
    answers = {
        "parts": [{"share": 60}, {"share": 40}],
        "total": "200.00",
        "small": 60,
        "from": "2026-05-02",
        "to": "2026-05-01",
    }

    assert cross_rules.state(rule, answers) == state


@pytest.mark.parametrize(
    ("question", "value", "found"),
    [
        ({"kind": "short_text"}, "я" * 301, [Fault("too_long", 300)]),
        ({"kind": "long_text", "limit": 3}, "😀😀😀", []),
        ({"kind": "number", "minimum": 2, "limit": 5}, 1, [Fault("too_small", 2)]),
        ({"kind": "number", "minimum": 2, "limit": 5}, 6, [Fault("too_large", 5)]),
        ({"kind": "number"}, -1, [Fault("too_small", 0)]),
        ({"kind": "money", "limit": 5}, "5.01", [Fault("too_large", 5)]),
        ({"kind": "money"}, str(TOP_NUMBER), []),
        ({"kind": "number"}, "text of an older kind", [Fault("no_number")]),
        ({"kind": "single_choice", "choices": made.CHOICES}, "z", [Fault("not_a_choice")]),
        ({"kind": "multiple_choice", "choices": made.CHOICES, "limit": 1}, ["a", "b"], [Fault("too_many", 1)]),
        ({"kind": "file"}, [{}, {}], [Fault("too_many", 1)]),
        ({"kind": "file", "minimum": 2, "limit": 3}, [{}], [Fault("too_few", 2)]),
        ({"kind": "declaration"}, True, []),
    ],
)
def test_a_limit(question, value, found):
    assert faults({"key": "q", **question}, value) == found


def test_a_table_names_the_row_and_the_column():
    columns = [
        {"key": "name", "kind": "short_text", "label": made.TEXTS, "is_required": True, "limit": 3},
        {"key": "age", "kind": "number", "label": made.TEXTS, "minimum": 16},
    ]
    rows = [{"name": "Алия", "age": 15}, {"age": 16}]

    found = faults({"key": "q", "kind": "table", "columns": columns, "limit": 1}, rows)

    assert found == [
        Fault("too_many", 1),
        Fault("too_long", 3, 0, "name"),
        Fault("too_small", 16, 0, "age"),
        Fault("row_lacks", 0, 1, "name"),
    ]


def test_what_is_hidden_counts_as_absent_also_for_what_depends_on_it():
    content = content_of(
        {"key": "sells", "kind": "declaration"},
        {"key": "abroad", "kind": "number", "shown_if": [{"key": "sells", "op": "is", "value": True}]},
        {"key": "countries", "kind": "short_text", "shown_if": [{"key": "abroad", "op": "at_least", "value": 1}]},
        {"key": "all", "kind": "calculated", "formula": {"op": "sum", "of": ["abroad"]}},
        rules=({"kind": "sum_at_most", "of": ["abroad"], "against": "", "limit": 1, "message": made.TEXTS},),
    )
    answers = {"sells": False, "abroad": 9, "countries": "Қытай"}

    hidden, shown = asked(content, answers), asked(content, {**answers, "sells": True})

    assert list(hidden.questions) == ["sells", "all"]
    assert hidden.answers == {"sells": False}
    assert hidden.broken_rules() == []
    assert list(shown.questions) == ["sells", "abroad", "countries", "all"]
    assert shown.answers["all"] == "9"
    assert [key for key, _rule in shown.broken_rules()] == ["abroad"]


def test_less_is_asked_for_less_money():
    content = content_of(
        {"key": "one", "kind": "short_text"},
        {"key": "two", "kind": "short_text", "from_tier": "m"},
        {"key": "three", "kind": "short_text", "from_tier": "l"},
    )

    missing = {tier: [q["key"] for q in asked(content, {}, tier).missing()] for tier in "sml"}

    assert missing == {"s": ["one"], "m": ["one", "two"], "l": ["one", "two", "three"]}


def test_content_of_an_older_version_is_read_as_it_was():
    old = {"sections": [{"title": SECTION, "questions": [{"key": "a", "kind": "number", "label": made.TEXTS}]}]}

    found = asked(old, {"a": 0})

    assert (found.answers, found.missing(), found.broken_rules()) == ({"a": 0}, [], [])


def test_zero_is_an_answer():
    assert [is_given(value) for value in (0, "0", False, "", None, [], {}, [0])] == [True, True, *[False] * 5, True]


def test_a_question_opens_those_that_may_follow_from_it():
    content = content_of(
        {"key": "a", "kind": "declaration"},
        {"key": "b", "kind": "number", "shown_if": [{"key": "a", "op": "is", "value": True}]},
        {"key": "c", "kind": "short_text", "shown_if": [{"key": "b", "op": "answered"}]},
        {"key": "d", "kind": "short_text"},
    )

    assert with_dependants(content, {"a"}) == {"a", "b", "c"}


@given(made.filled())
def test_what_is_asked_never_depends_on_what_is_not(filled):
    content, answers = filled

    found = asked(content, answers)
    again = asked(content, {key: value for key, value in answers.items() if key in found.questions})

    assert (list(again.questions), again.answers) == (list(found.questions), found.answers)
