"""Questions of every kind on the pages of an application, without a script: tables, files, conditions, rules."""

from typing import Any

import pytest
from django.urls import reverse

from grants.actions.corrections import open_correction
from grants.actions.submission import submit_application
from grants.queries.completeness import gaps
from questionnaires.models import CrossRule, Question, Section
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

NAMES = {"kk": "Аты", "ru": "Имя", "en": "Name"}
COLUMNS = [
    {"key": "name", "kind": "short_text", "label": NAMES, "is_required": True},
    {"key": "hours", "kind": "number", "label": {"kk": "Сағат", "ru": "Часы", "en": "Hours"}, "limit": 80},
]


def ask(section: Section, key: str, kind: str, **fields: Any) -> Question:
    """A question on the desk."""
    texts = {"label_kk": f"Сұрақ {key}", "label_ru": f"Вопрос {key}", "label_en": f"Question {key}"}
    return Question.objects.create(section=section, key=key, kind=kind, position=9, **{**texts, **fields})


@pytest.fixture
def draft():
    """A draft that is asked for a team, its hours, a script, and the countries it sells to."""
    questionnaire = factories.make_questionnaire()
    section = questionnaire.sections.get()
    ask(section, "team", "table", columns=COLUMNS, minimum=1, limit=3)
    ask(section, "hours", "calculated", formula={"op": "sum", "of": ["team.hours"]}, is_required=False)
    ask(section, "script", "file", limit=2)
    ask(section, "abroad", "declaration", is_required=False)
    condition = [{"key": "abroad", "op": "is", "value": True}]
    ask(section, "countries", "long_text", shown_if=condition)
    rule = {"message_kk": "Аптасына 100 сағаттан аспасын.", "message_ru": "Не больше 100 часов в неделю."}
    CrossRule.objects.create(questionnaire=questionnaire, kind="sum_at_most", of=["team.hours"], limit=100, **rule)
    return factories.make_draft(call=factories.make_call(questionnaire=questionnaire))


@pytest.fixture
def page(client, draft):
    client.force_login(draft.created_by)
    client.cookies["django_language"] = "ru"
    return reverse("grants:application_section", args=[draft.public_id, "questions-0"]).replace("/kk/", "/ru/")


def team(*rows: tuple[str, str]) -> dict[str, str]:
    """The cells of the table as a page posts them."""
    return {
        f"q_team-{n}-{key}": text
        for n, row in enumerate(rows)
        for key, text in zip(("name", "hours"), row, strict=True)
    }


PLAIN = {"q_problem": "Мало игр", "q_jobs": "5"}


def lacking(draft: Any) -> list[str]:
    return [gap.field for gap in gaps(type(draft).objects.get(pk=draft.pk))]


def test_a_draft_is_complete_when_the_asked_questions_are_answered(client, draft, page):
    before = lacking(draft)

    client.post(page, {**PLAIN, **team(("Алия", "40"), ("", "")), "q_script": factories.pdf("сценарий.pdf")})

    assert before == ["q_team", "q_script"]
    assert lacking(draft) == []
    assert draft.answer_set.values()["team"] == [{"name": "Алия", "hours": 40}]


def test_a_row_is_added_by_a_button_without_a_script(client, draft, page):
    answer = client.post(page, {**PLAIN, **team(("Алия", "40")), "then": "row:team"})
    text = client.get(page).content.decode()

    assert answer.url.endswith("questions-0/#div_id_q_team")
    assert 'name="q_team-1-name"' in text
    assert 'name="q_team-2-name"' not in text


def test_a_file_is_added_opened_and_removed(client, draft, page):
    client.post(page, {**PLAIN, "q_script": factories.pdf("сценарий.pdf"), "then": "upload:script"})
    row = draft.answer_set.files.get()
    address = reverse("grants:answer_file", args=[row.public_id])

    text, opened = client.get(page).content.decode(), client.get(address)
    client.post(page, {**PLAIN, "then": f"drop:{row.public_id}"})

    assert address in text
    assert opened.status_code == 200
    assert not draft.answer_set.files.exists()
    client.force_login(factories.make_user())
    assert client.get(address).status_code == 404


def test_a_file_too_many_is_refused_and_nothing_else_is_lost(client, draft, page):
    for n in range(3):
        answer = client.post(page, {**PLAIN, "q_jobs": str(n), "q_script": factories.pdf(f"{n}.pdf")})

    assert answer.status_code == 409
    assert draft.answer_set.files.count() == 2
    assert draft.answer_set.values()["jobs"] == 2


def test_what_depends_on_an_answer_is_missing_only_when_it_is_asked(client, draft, page):
    client.post(page, {**PLAIN, **team(("Алия", "40")), "q_script": factories.pdf()})
    without = lacking(draft)
    client.post(page, {**PLAIN, **team(("Алия", "40")), "q_abroad": "on"})

    assert without == []
    assert lacking(draft) == ["q_countries"]


def test_a_broken_rule_is_said_with_its_numbers_and_keeps_the_draft_from_being_sent(client, draft, page):
    rows = team(("Алия", "60"), ("Берик", "60"))

    client.post(page, {**PLAIN, **rows, "q_script": factories.pdf()})

    text = client.get(page).content.decode()
    assert [gap.sentence for gap in gaps(draft)] != []
    assert lacking(draft) == ["q_team"]
    assert 'data-state="broken"' in text
    assert "120 / 100" in text


def test_a_wrong_cell_stands_as_it_was_typed_beside_a_sentence(client, draft, page):
    answer = client.post(page, {**PLAIN, **team(("Алия", "много"))})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="много"' in text
    assert 'id="id_q_team_error"' in text
    assert draft.answer_set.values()["problem"] == "Мало игр"


def test_others_read_the_rows_the_sum_and_the_file(client, draft, page):
    client.post(page, {**PLAIN, **team(("Алия", "40"), ("Берик", "20")), "q_script": factories.pdf("сценарий.pdf")})
    address = reverse("grants:answer_file", args=[draft.answer_set.files.get().public_id])

    check = client.get(reverse("grants:application_check", args=[draft.public_id])).content.decode()

    assert [word in check for word in ("Алия", "Берик", "60", "сценарий.pdf", address)] == [True] * 5


def test_a_correction_of_a_question_opens_what_may_follow_from_it(client, draft, page):
    client.post(page, {**PLAIN, **team(("Алия", "40")), "q_script": factories.pdf()})
    draft.refresh_from_db()
    submit_application(draft, agreed={"declaration"}, by=draft.created_by)
    officer = factories.make_user(roles=["officer"])

    made = open_correction(draft, fields=["q_abroad"], reason_kk="Елдер?", reason_ru="Страны?", by=officer)

    assert made.fields == ["q_abroad", "q_countries"]


@pytest.mark.parametrize("count", [2, 80])
def test_a_form_of_eighty_questions_costs_no_query_and_no_template_for_each(client, django_assert_num_queries, count):
    questionnaire = factories.make_questionnaire()
    section = questionnaire.sections.get()
    for n in range(count):
        ask(section, f"more{n}", ("short_text", "number", "date", "long_text")[n % 4], is_required=False)
    draft = factories.make_draft(call=factories.make_call(questionnaire=questionnaire))
    client.force_login(draft.created_by)
    page = reverse("grants:application_section", args=[draft.public_id, "questions-0"])
    client.get(page)

    with django_assert_num_queries(7):
        answer = client.get(page)

    assert len(answer.context["form"].fields) == count + 2
    assert len(answer.templates) == 14
