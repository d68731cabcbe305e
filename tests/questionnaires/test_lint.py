"""What keeps questions from being published: the whole list, each fault with its place."""

from typing import Any

import pytest

from core.refusals import Refused
from questionnaires.actions.publish import publish_questionnaire
from questionnaires.formulas.shape import questions_of
from questionnaires.models import CrossRule, Question
from questionnaires.queries.lint import lint, lint_content
from tests import factories
from tests.questionnaires import made

pytestmark = pytest.mark.embedded

LABEL = {"kk": "Мәселе", "ru": "Проблема", "en": "Problem"}
TABLE_COLUMN = {"key": "sum", "kind": "money", "label": LABEL}


def content_of(*questions: dict[str, Any], rules: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    full = [{"label": LABEL, "kind": "short_text", **question} for question in questions]
    return {"sections": [{"title": LABEL, "questions": full}], "rules": list(rules)}


def codes(*questions: dict[str, Any], rules: tuple[dict[str, Any], ...] = ()) -> list[str]:
    return [flaw.code for flaw in lint_content(content_of(*questions, rules=rules))]


FORMULA = {"op": "sum", "of": ["a"]}
RULE = {"kind": "sum_at_most", "of": ["a"], "against": "", "limit": 5, "message": LABEL}


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        ([{"key": "a"}], []),
        ([{"key": "a", "label": {"kk": "Мәселе", "ru": " ", "en": ""}}], ["text_missing"]),
        ([{"key": "a", "label": {"kk": "", "ru": "", "en": "Problem"}}], ["text_missing", "text_missing"]),
        ([{"key": "a", "help": {"kk": "Көмек", "ru": "", "en": ""}}], ["text_missing"]),
        ([{"key": "a"}, {"key": "a"}], ["key_twice", "key_twice"]),
        ([{"key": "Ә"}], ["key_wrong"]),
        ([{"key": "a", "kind": "poem"}], ["kind_wrong"]),
        ([{"key": "a", "kind": "single_choice"}], ["no_choices"]),
        ([{"key": "a", "kind": "single_choice", "choices": [made.CHOICES[0]] * 2}], ["choice_twice"]),
        ([{"key": "a", "kind": "multiple_choice", "choices": [{"value": "x", "kk": "", "ru": "х"}]}], ["text_missing"]),
        ([{"key": "a", "kind": "number", "minimum": 5, "limit": 4}], ["bounds"]),
        ([{"key": "a", "kind": "table"}], ["no_columns"]),
        ([{"key": "a", "kind": "table", "columns": [TABLE_COLUMN, TABLE_COLUMN]}], ["key_twice"]),
        ([{"key": "a", "kind": "table", "columns": [{**TABLE_COLUMN, "kind": "file"}]}], ["column_wrong"]),
        ([{"key": "a", "kind": "table", "limit": 51, "columns": [TABLE_COLUMN]}], ["bounds"]),
        ([{"key": "a", "shown_if": [{"key": "z", "op": "answered"}]}], ["unknown_key"]),
        ([{"key": "a", "shown_if": [{"key": "a", "op": "answered"}]}], ["later_key"]),
        ([{"key": "a", "shown_if": [{"key": "b", "op": "answered"}]}, {"key": "b"}], ["later_key"]),
        ([{"key": "b"}, {"key": "a", "shown_if": [{"key": "b", "op": "like"}]}], ["condition_wrong"]),
        ([{"key": "b"}, {"key": "a", "shown_if": [{"key": "b", "op": "has", "value": "x"}]}], ["condition_wrong"]),
        (
            [{"key": "b", "from_tier": "m"}, {"key": "a", "shown_if": [{"key": "b", "op": "answered", "value": True}]}],
            ["tier_order"],
        ),
        ([{"key": "a", "kind": "calculated", "formula": {}}], ["formula_wrong"]),
        ([{"key": "a"}, {"key": "b", "kind": "calculated", "formula": FORMULA}], ["not_a_number"]),
        ([{"key": "b", "kind": "calculated", "formula": FORMULA}, {"key": "a", "kind": "number"}], ["later_key"]),
        ([{"key": "a", "kind": "number"}, {"key": "b", "kind": "calculated", "formula": FORMULA}], []),
        ([{"key": "a", "kind": "calculated", "formula": FORMULA}], ["later_key"]),
    ],
)
def test_each_fault_of_a_question_is_found(questions, found):
    assert codes(*questions) == found


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (RULE, []),
        ({**RULE, "message": {"kk": "", "ru": "Много", "en": ""}}, ["text_missing"]),
        ({**RULE, "of": ["z"]}, ["unknown_key"]),
        ({**RULE, "of": ["words"]}, ["not_a_number"]),
        ({**RULE, "of": []}, ["rule_wrong"]),
        ({**RULE, "limit": None}, ["rule_wrong"]),
        ({**RULE, "kind": "share_at_most"}, ["rule_wrong"]),
        ({**RULE, "kind": "share_at_most", "against": "b"}, []),
        ({**RULE, "kind": "at_most", "of": ["from"], "against": "to"}, []),
        ({**RULE, "kind": "sum_at_most", "of": ["from"], "against": "to"}, ["not_a_number", "not_a_number"]),
    ],
)
def test_each_fault_of_a_rule_is_found(rule, found):
    questions = [{"key": "a", "kind": "number"}, {"key": "b", "kind": "money"}, {"key": "words"}]
    days = [{"key": "from", "kind": "date"}, {"key": "to", "kind": "date"}]

    assert codes(*questions, *days, rules=(rule,)) == found


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("iin", {"kk": "Нөмір", "ru": "Номер", "en": "Number"}),
        ("q1", {"kk": "ЖСН немесе БСН", "ru": "Номер", "en": ""}),
        ("q1", {"kk": "Нөмір", "ru": "Введите ваш ИИН/БИН", "en": ""}),
        ("q1", {"kk": "Ұйымның атауы", "ru": "Полное название организации", "en": "Name of the organisation"}),
        ("q1", {"kk": "Басшының аты-жөні", "ru": "ФИО руководителя", "en": "Head of the organisation"}),
        ("q1", {"kk": "Қай ауданда жұмыс істейсіз?", "ru": "Район", "en": "District"}),
        ("q1", {"kk": "Сектор", "ru": "Креативная индустрия", "en": "Creative sector"}),
        ("q1", {"kk": "Телефон нөмірі", "ru": "Контактный телефон", "en": "Phone number"}),
        ("q1", {"kk": "Электрондық пошта", "ru": "Адрес электронной почты", "en": "E-mail"}),
        ("q1", {"kk": "Жобаның атауы", "ru": "Название проекта", "en": "Project title"}),
        ("q1", {"kk": "Жоба туралы қысқаша", "ru": "Кратко о проекте", "en": "Summary"}),
        ("q1", {"kk": "Қанша ақша сұрайсыз?", "ru": "Сколько денег вы просите?", "en": "Amount requested"}),
        ("q1", {"kk": "Өз үлесіңіз", "ru": "Сумма собственных средств", "en": "Own contribution"}),
    ],
)
def test_a_question_about_a_known_fact_is_found_by_its_key_or_its_words_in_each_language(key, label):
    each_alone = [
        {"kk": "Мәселе", "ru": "Проблема", "en": "", language: text} for language, text in label.items() if text
    ]

    found = [codes({"key": key, "label": one}) for one in each_alone]

    if key == "iin":
        assert found == [["known_fact"]] * len(found)
    else:
        assert ["known_fact"] in found


@pytest.mark.parametrize(
    "label",
    [
        {"kk": "Фильмнің атауы", "ru": "Название фильма", "en": "Title of the film"},
        {"kk": "Жобаның жетекшісі кім?", "ru": "Кто режиссёр?", "en": "Who directs?"},
        {"kk": "Команданың аты", "ru": "Название команды", "en": "The team's name"},
        {"kk": "Фильмнің бүкіл бюджеті", "ru": "Весь бюджет фильма", "en": "The whole budget of the film"},
        {"kk": "Қай елдерге сатасыз?", "ru": "В какие страны вы продаёте?", "en": "To which countries do you sell?"},
    ],
)
def test_other_questions_are_let_through(label):
    assert codes({"key": "q1", "label": label}) == []


@pytest.mark.django_db
def test_publishing_is_refused_with_the_list_of_all_faults():
    questionnaire = factories.make_questionnaire()
    Question.objects.filter(key="problem").update(label_kk="", shown_if=[{"key": "jobs", "op": "answered"}])
    CrossRule.objects.create(
        questionnaire=questionnaire, kind="sum_is", of=["jobs"], message_kk="Көп", message_ru="Много"
    )

    with pytest.raises(Refused) as refusal:
        publish_questionnaire(questionnaire, by=factories.make_user(roles=["officer"]))

    assert refusal.value.items == [str(flaw) for flaw in lint(questionnaire)]
    assert [flaw.code for flaw in lint(questionnaire)] == ["text_missing", "later_key", "rule_wrong"]
    assert not questionnaire.versions.exists()


@pytest.mark.django_db
def test_a_version_holds_every_key_and_the_same_content_is_published_once():
    questionnaire = factories.make_questionnaire()
    officer = factories.make_user(roles=["officer"])

    first, again = (publish_questionnaire(questionnaire, by=officer) for _n in range(2))
    Question.objects.filter(key="jobs").update(minimum=1)
    next_one = publish_questionnaire(questionnaire, by=officer)

    assert (again.pk, next_one.number) == (first.pk, 2)
    keys = {"key", "kind", "label", "help", "is_required", "from_tier", "minimum", "limit", "choices"}
    assert {frozenset(q) for q in first.content["sections"][0]["questions"]} == {
        frozenset(keys | {"shown_if", "columns", "formula"})
    }
    assert [q["minimum"] for q in questions_of(next_one.content)] == [None, 1]
