"""The builder in the admin: staff make every kind of question without a developer, and see it as an applicant would."""

import pytest
from django.urls import reverse

from questionnaires.models import CrossRule, Question, Questionnaire
from questionnaires.queries.compiled import compile_content
from tests import factories as make
from tests.grants.test_admin_calls import form_of, said

pytestmark = pytest.mark.django_db
NAME = "admin:questionnaires_questionnaire"


@pytest.fixture
def officer(client):
    person = make.make_staff("officer")
    client.force_login(person)
    return person


@pytest.fixture
def question(officer) -> Question:
    return make.make_questionnaire().sections.get().questions.first()


def change(client, question: Question, **typed) -> tuple[Question, object]:
    """Types into the page of a question and saves it."""
    address = reverse("admin:questionnaires_question_change", args=[question.pk])
    answer = client.post(address, form_of(client, address) | typed)
    question.refresh_from_db()
    return question, answer


def test_a_table_gets_its_columns_row_by_row(client, question):
    row = {"key": "name", "kind": "short_text", "kk": "Аты", "ru": "Имя", "en": "Name", "limit": "80"}
    other = {"key": "role", "kind": "single_choice", "kk": "Рөлі", "ru": "Роль", "choices": "a | Әртіс | Артист"}
    cells = {f"columns-{n}-{key}": text for n, one in enumerate([row, other]) for key, text in one.items()}

    changed, _answer = change(client, question, kind="table", **{"columns-0-is_required": "on"}, **cells)

    assert changed.columns == [
        {
            "key": "name",
            "kind": "short_text",
            "label": {"kk": "Аты", "ru": "Имя", "en": "Name"},
            "is_required": True,
            "limit": 80,
            "choices": [],
        },
        {
            "key": "role",
            "kind": "single_choice",
            "label": {"kk": "Рөлі", "ru": "Роль", "en": ""},
            "is_required": False,
            "limit": None,
            "choices": [{"value": "a", "kk": "Әртіс", "ru": "Артист", "en": ""}],
        },
    ]


def test_a_saved_table_is_shown_in_its_boxes_and_saving_it_again_changes_nothing(client, question):
    column = {"key": "n", "kind": "number", "label": {"kk": "Саны", "ru": "Число", "en": ""}}
    Question.objects.filter(pk=question.pk).update(
        kind="table", columns=[{**column, "is_required": False, "limit": 5, "choices": []}]
    )
    question.refresh_from_db()
    before = question.columns

    changed, _answer = change(client, question)

    assert changed.columns == before


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("jobs", "at_least", "3"), {"key": "jobs", "op": "at_least", "value": 3}),
        (("sells", "is", "yes"), {"key": "sells", "op": "is", "value": True}),
        (("sells", "is", "no"), {"key": "sells", "op": "is", "value": False}),
        (("stage", "is", "idea"), {"key": "stage", "op": "is", "value": "idea"}),
        (("works", "answered", ""), {"key": "works", "op": "answered", "value": True}),
    ],
)
def test_a_condition_is_typed_without_brackets(client, question, typed, kept):
    cells = dict(zip(("shown_if-0-key", "shown_if-0-op", "shown_if-0-value"), typed, strict=True))

    changed, _answer = change(client, question, **cells)
    again, _answer = change(client, question)

    assert changed.shown_if == [kept]
    assert again.shown_if == [kept]


def test_a_calculated_field_gets_its_formula(client, question):
    changed, _answer = change(client, question, kind="calculated", formula_0="share", formula_1="own, whole")

    assert changed.formula == {"op": "share", "of": ["own", "whole"]}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "table"}, "columns"),
        ({"kind": "calculated"}, "formula"),
        ({"kind": "single_choice"}, "choices"),
        ({"kind": "calculated", "formula_0": "sum"}, "formula"),
        ({"shown_if-0-key": "jobs"}, "shown_if"),
        ({"shown_if-0-key": "jobs", "shown_if-0-op": "at_least"}, "shown_if"),
        ({"kind": "table", "columns-0-key": "n"}, "columns"),
        ({"choices": "only-a-code"}, "choices"),
    ],
)
def test_what_is_half_typed_is_said_beside_its_box_and_nothing_is_lost(client, question, typed, field):
    kept, answer = change(client, question, **typed)

    assert list(answer.context["adminform"].form.errors) == [field]
    assert (kept.kind, kept.shown_if, kept.columns) == (question.kind, [], [])
    assert all(text in answer.content.decode() for text in typed.values() if text)


def test_a_rule_across_fields_is_typed_with_names(client, question):
    questionnaire = question.section.questionnaire
    address = reverse(f"{NAME}_change", args=[questionnaire.pk])
    typed = {
        "cross_rules-TOTAL_FORMS": "1",
        "cross_rules-0-kind": "sum_at_most",
        "cross_rules-0-of": "jobs, team.pay",
        "cross_rules-0-limit": "100",
        "cross_rules-0-position": "1",
        "cross_rules-0-message_kk": "Қосындысы 100-ден аспасын.",
        "cross_rules-0-message_ru": "В сумме не больше 100.",
    }

    client.post(address, form_of(client, address) | typed)

    rule = CrossRule.objects.get()
    assert (rule.questionnaire, rule.kind, rule.of, rule.limit) == (
        questionnaire,
        "sum_at_most",
        ["jobs", "team.pay"],
        100,
    )


def test_the_page_lists_what_keeps_the_questions_from_being_published(client, question):
    Question.objects.filter(pk=question.pk).update(label_kk="", shown_if=[{"key": "ghost", "op": "is", "value": "x"}])

    page = client.get(reverse(f"{NAME}_change", args=[question.section.questionnaire_id])).content.decode()

    assert page.count('class="flaw"') == 2
    assert "ghost" in page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_preview_shows_the_form_in_a_frame_in_the_chosen_language(client, question, language):
    questionnaire = question.section.questionnaire

    outside = client.get(reverse(f"{NAME}_preview", args=[questionnaire.pk]), {"language": language, "tier": "s"})
    inside = client.get(outside.context["frame"]).content.decode()

    assert f"language={language}" in outside.context["frame"]
    assert f'<html lang="{language}">' in inside
    assert f'name="q_{question.key}"' in inside


def test_the_preview_leaves_out_what_a_small_sum_is_not_asked(client, question):
    Question.objects.filter(pk=question.pk).update(from_tier="l")
    frame = reverse(f"{NAME}_preview_frame", args=[question.section.questionnaire_id])

    small, large = (client.get(frame, {"tier": tier}).content.decode() for tier in "sl")

    assert f'name="q_{question.key}"' not in small
    assert f'name="q_{question.key}"' in large


def test_the_preview_checks_what_is_typed_and_saves_nothing(client, question):
    Question.objects.filter(pk=question.pk).update(kind="number", limit=10)
    frame = reverse(f"{NAME}_preview_frame", args=[question.section.questionnaire_id])

    page = client.post(frame, {f"q_{question.key}": "бес"}).content.decode()

    assert "invalid-feedback" in page
    assert "бес" in page


def test_every_usual_set_is_loaded_by_one_press_previewed_and_ready_to_publish(client, officer):
    sets = client.get(reverse(f"{NAME}_changelist")).context["usual_sets"]

    answers = [client.post(reverse(f"{NAME}_usual"), {"code": code}, follow=True) for code, _title in sets]
    pages = [client.get(reverse(f"{NAME}_preview", args=[made.pk])) for made in Questionnaire.objects.all()]
    frames = [client.get(page.context["frame"]).content.decode() for page in pages]

    assert [said(answer) for answer in answers] == [["success"]] * 5
    assert [page.context["flaws"] for page in pages] == [[]] * 5
    assert [
        [q["key"] for s in compile_content(made)["sections"] for q in s["questions"] if f"q_{q['key']}" not in frame]
        for made, frame in zip(Questionnaire.objects.all(), frames, strict=True)
    ] == [[]] * 5


def test_who_only_reads_sees_the_preview_and_changes_nothing(client, question):
    client.force_login(make.make_staff("auditor"))
    address = reverse("admin:questionnaires_question_change", args=[question.pk])

    page = client.get(reverse(f"{NAME}_preview", args=[question.section.questionnaire_id]))
    refused = client.post(address, {"key": "other"})

    question.refresh_from_db()
    assert (page.status_code, refused.status_code) == (200, 403)
    assert question.key != "other"
