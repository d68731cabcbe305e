"""The five sets of questions that come with the portal: each is published, drawn, answered, complete."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from core import clock
from core.refusals import Refused
from questionnaires.actions.publish import publish_questionnaire
from questionnaires.actions.usual import add_usual_questionnaire, usual_files, usual_sets
from questionnaires.forms import SectionForm
from questionnaires.formulas.limits import largest
from questionnaires.formulas.shape import is_given, whole
from questionnaires.queries.asked import asked
from questionnaires.queries.content import lacks
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

CODES = ["grant-application", "animation-winter", "creative-boost", "film-accelerator", "game-jam"]
# Where the first choice would leave follow-up questions unasked, the one that asks the most.
CHOSEN = {"stage": "sales", "script_rights": "contract", "film_kind": "series", "is_holder": "no", "engine": "other"}
FILE = {"id": "x", "document": 1, "name": "сценарий.pdf", "size": 9, "sha256": "0"}


def answer_to(question: dict[str, Any]) -> Any:
    """A right answer, made from the question itself."""
    kind, fewest = question["kind"], max(1, question["minimum"] or 1)
    if kind == "table":
        return [{c["key"]: answer_to(whole(c)) for c in question["columns"]} for _n in range(fewest)]
    return {
        "number": question["minimum"] or 1,
        "money": "1000",
        "date": str(clock.today() + timedelta(days=30)),
        "single_choice": CHOSEN.get(question["key"]) or (question["choices"] or [{"value": ""}])[0]["value"],
        "multiple_choice": [c["value"] for c in question["choices"]][:fewest],
        "declaration": True,
        "link": "https://example.kz/",
        "file": [FILE] * fewest,
    }.get(kind, "Мәтін"[: largest(question) or 5])


def all_answers(content: dict[str, Any]) -> dict[str, Any]:
    """An answer to everything that is asked, also to what an answer brings up."""
    answers: dict[str, Any] = {}
    for section in content["sections"]:
        for question in map(whole, section["questions"]):
            if question["kind"] != "calculated":
                answers[question["key"]] = answer_to(question)
    return answers


@pytest.fixture
def officer():
    return factories.make_user(roles=["officer"])


def test_the_sets_are_those_of_the_programmes():
    assert [code for code, _title in usual_sets()] == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_set_is_loaded_once_and_published_without_a_fault(code, officer):
    questionnaire = add_usual_questionnaire(code=code, by=officer)
    version = publish_questionnaire(questionnaire, by=officer)

    with pytest.raises(Refused):
        add_usual_questionnaire(code=code, by=officer)
    assert (version.number, questionnaire.code) == (1, code)
    assert len(version.content["rules"]) == len(usual_files()[code].get("rules", []))


@pytest.mark.parametrize("code", CODES)
def test_every_text_of_a_set_stands_in_three_languages(code):
    texts = list(_texts(usual_files()[code]))

    assert [text for text in texts if not (text["kk"].strip() and text["ru"].strip() and text["en"].strip())] == []
    assert len(texts) > 20


def _texts(node: Any) -> Any:
    if isinstance(node, dict):
        if {"kk", "ru", "en"} <= node.keys() and (any(node[lang] for lang in ("kk", "ru", "en")) or "value" in node):
            yield node
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


@pytest.mark.parametrize("tier", ["s", "m", "l"])
@pytest.mark.parametrize("code", CODES)
def test_a_set_is_drawn_accepts_made_answers_and_is_complete(code, tier, officer):
    content = publish_questionnaire(add_usual_questionnaire(code=code, by=officer), by=officer).content
    answers = all_answers(content)

    found = asked(content, answers, tier)
    with translation.override("kk"):
        pages = [_page(found, answers, n) for n in range(len(content["sections"]))]

    assert lacks(found) == []
    assert lacks(asked(content, {}, tier)) != []
    assert all(is_given(found.answers.get(key)) for key, q in found.questions.items() if q["is_required"])
    drawn = "".join(pages)
    assert [key for key in found.questions if f'data-question="{key}"' not in drawn] == []


def _page(found: Any, answers: dict[str, Any], position: int) -> str:
    form = SectionForm(section=found.on_page(position), answers=answers, found=found)
    return render_to_string("questionnaires/_questions.html", {"form": form})


def test_less_is_asked_of_the_grant_programme_for_less_money(officer):
    content = publish_questionnaire(add_usual_questionnaire(by=officer), by=officer).content

    counts = [len(asked(content, {}, tier).missing()) for tier in "sml"]

    assert counts == sorted(set(counts))


def test_the_sources_of_a_film_must_add_up_to_its_budget(officer):
    content = publish_questionnaire(add_usual_questionnaire(code="film-accelerator", by=officer), by=officer).content
    answers = {**all_answers(content), "film_budget": "5000"}

    wrong = lacks(asked(content, answers))

    assert [lack.key for lack in wrong] == ["sources"]
