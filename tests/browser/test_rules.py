"""The rules of the questions in a real browser against those of the server, over made questions and answers.

One page, one script, hundreds of examples in one go: static/js/rules.js must say what questionnaires/formulas says.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from questionnaires.forms import field_for, to_json
from questionnaires.formulas import cross_rules, limits
from questionnaires.formulas.shape import is_given, questions_of
from questionnaires.queries.asked import asked, is_for
from questionnaires.queries.client import lean
from tests.questionnaires import made

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "js" / "rules.js"
NOT_TOLD = {"row_lacks", "not_a_choice"}  # listed before sending; a page offers no choice that is none
ASK_ALL = """examples => examples.map(({questions, rules, answers}) => {
  const found = Rules.asked(questions, answers);
  return {
    keys: found.keys,
    answers: found.answers,
    states: rules.map(rule => Rules.state(rule, found.answers)),
    figures: rules.map(rule => Rules.figures(rule, found.answers)),
    faults: questions.flatMap(q => Rules.faults(q, answers[q.key] ?? null).map(fault => [q.key, ...fault])),
  };
})"""
READ_ALL = (
    "examples => examples.map(([kind, typed]) => { const v = Rules.parse(kind, typed); return [v === undefined, v]; })"
)


@pytest.fixture
def rules_page(page: Page) -> Page:
    """A blank page with the script that the form loads."""
    page.goto("about:blank")
    page.add_script_tag(content=SCRIPT.read_text() + "\nwindow.Rules = Rules;")
    return page


@cache
def filled() -> list[Any]:
    """Contents with answers."""
    return [*made.examples_of(made.filled()), *made.edges()]


def on_the_server(content: dict[str, Any], answers: dict[str, Any], tier: str) -> dict[str, Any]:
    """What questionnaires/formulas says of one example, in the shape in which the page answers."""
    found = asked(content, answers, tier)
    told = [q for q in questions_of(content) if is_for(q, tier)]
    faults = [(q["key"], fault) for q in told for fault in limits.faults(q, answers.get(q["key"]))]
    return {
        "keys": list(found.questions),
        "answers": dict(found.answers),
        "states": [cross_rules.state(rule, found.answers) for rule in content["rules"]],
        "figures": [list(cross_rules.figures(rule, found.answers)) for rule in content["rules"]],
        "faults": [
            [key, f.code, f.bound, *([f.row, f.column] if f.row is not None else [])]
            for key, f in faults
            if f.code not in NOT_TOLD
        ],
    }


@pytest.mark.parametrize("tier", ["s", "m", "l"])
def test_the_page_asks_counts_and_judges_as_the_server_does(rules_page, tier):
    examples = filled()
    told = [
        {
            "questions": [lean(q) for q in questions_of(content) if is_for(q, tier)],
            "rules": content["rules"],
            "answers": answers,
        }
        for content, answers in examples
    ]

    in_browser = rules_page.evaluate(ASK_ALL, told)

    assert len(examples) > 100
    assert in_browser == [on_the_server(content, answers, tier) for content, answers in examples]


@pytest.mark.parametrize("kind", ["number", "money", "date", "short_text", "long_text"])
def test_the_page_reads_what_is_typed_as_the_server_does(rules_page, kind):
    examples = made.examples_of(made.typed)

    in_browser = rules_page.evaluate(READ_ALL, [[kind, text] for text in examples])

    assert in_browser == [list(read(kind, text)) for text in examples]


def read(kind: str, text: str) -> tuple[bool, Any]:
    """(cannot be read, the value that is stored)."""
    field = field_for({"key": "q", "kind": kind, "label": made.TEXTS})
    assert field is not None
    try:
        value = to_json(field.clean(text))
    except Exception:
        return True, None
    return False, value


def test_the_examples_hold_everything_that_is_compared():
    """A comparison over examples in which nothing happens would prove nothing."""
    seen = [on_the_server(content, answers, "l") for content, answers in filled()]

    asked_for = sum(len(questions_of(content)) for content, _answers in filled())
    assert {state for one in seen for state in one["states"]} == {"open", "kept", "broken"}
    assert {fault[1] for one in seen for fault in one["faults"]} >= {"too_long", "too_small", "too_large", "too_many"}
    assert sum(len(one["keys"]) for one in seen) < asked_for
    assert any(is_given(value) for one in seen for value in one["answers"].values())
