"""Questions mended while a call is open: drafts move with their answers, what was sent stays as it was sent."""

import pytest
from django.urls import reverse

from core.refusals import NotAllowed, Refused
from grants.actions import applications
from grants.actions.applications import start_application
from grants.actions.fixes import publish_fix
from questionnaires.models import Question
from questionnaires.queries.answers import changed_questions
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

REASON = {"reason_kk": "Сұрақ түсініксіз болды.", "reason_ru": "Вопрос был непонятен."}


@pytest.fixture
def officer():
    return factories.make_user(roles=["officer"])


@pytest.fixture
def draft():
    return factories.make_draft()


def mend(draft, **fields) -> None:
    """An officer edits the first question on the desk."""
    questionnaire = draft.call.questionnaire
    Question.objects.filter(section__questionnaire=questionnaire, key="problem").update(
        **{"label_ru": "Чью проблему вы решаете?", **fields}
    )


def reread(application):
    return type(application).objects.select_related("answer_set__version", "rules").get(pk=application.pk)


def test_a_draft_moves_with_its_answers_and_only_what_changed_is_marked(draft, officer):
    mend(draft)
    before = draft.answer_set.values()

    rules = publish_fix(draft.call, **REASON, by=officer)

    moved = reread(draft)
    assert moved.answer_set.version.number == 2
    assert moved.answer_set.previous_version.number == 1
    assert moved.answer_set.values() == before
    assert moved.rules == rules
    assert changed_questions(moved.answer_set) == {"problem"}


def test_the_mark_stands_on_the_page_until_the_question_is_saved(draft, officer, client):
    mend(draft)
    publish_fix(draft.call, **REASON, by=officer)
    client.force_login(draft.created_by)
    page = reverse("grants:application_section", args=[draft.public_id, "questions-0"])

    before = client.get(page).content.decode()
    client.post(page, {"q_problem": "Ойындар қазақ тілінде аз.", "q_jobs": "5"})
    after = client.get(page).content.decode()

    assert before.count("question__changed") == 1
    assert "question__changed" not in after


def test_what_was_sent_keeps_its_questions_and_its_rules(officer):
    sent = factories.application_at("submitted")
    mend(sent)

    publish_fix(sent.call, **REASON, by=officer)

    kept = reread(sent)
    assert (kept.answer_set.version.number, kept.rules.number) == (1, 1)
    assert kept.answer_set.previous_version is None


def test_the_new_rules_differ_in_the_questions_alone_and_carry_the_public_reason(draft, officer):
    mend(draft)

    rules = publish_fix(draft.call, **REASON, by=officer)

    first = draft.call.rules_versions.get(number=1)
    assert {key for key in rules.content if rules.content[key] != first.content[key]} == {"questions"}
    assert rules.content["questions"] == reread(draft).answer_set.version.sha256
    assert (rules.reason_kk, rules.reason_ru) == (REASON["reason_kk"], REASON["reason_ru"])


def test_a_draft_that_is_begun_from_a_stale_page_stands_on_the_new_questions(draft, officer):
    stale = type(draft.call).objects.select_related("questionnaire_version").get(pk=draft.call_id)
    mend(draft)
    publish_fix(draft.call, **REASON, by=officer)
    owner = factories.make_user()

    begun = start_application(stale, factories.make_organisation(owner), by=owner)

    assert (reread(begun).answer_set.version.number, reread(begun).rules.number) == (2, 2)


def test_an_application_that_was_taken_back_moves_too(officer):
    sent = factories.application_at("submitted")
    applications.take_back_application(sent, by=sent.created_by)
    mend(sent)

    publish_fix(sent.call, **REASON, by=officer)

    assert reread(sent).answer_set.version.number == 2


@pytest.mark.parametrize(
    ("reasons", "fields", "code"),
    [
        ({"reason_kk": " ", "reason_ru": "Причина"}, {}, "no_reason"),
        (REASON, {"label_ru": "Какую проблему вы решаете?"}, "unchanged"),
        (REASON, {"label_kk": ""}, "text_missing"),
        (REASON, {"key": "iin"}, "known_fact"),
    ],
)
def test_a_fix_is_refused(draft, officer, reasons, fields, code):
    mend(draft, **fields)

    with pytest.raises(Refused) as refusal:
        publish_fix(draft.call, **reasons, by=officer)

    assert refusal.value.code == code
    assert reread(draft).answer_set.version.number == 1


def test_only_who_prepares_calls_mends_their_questions(draft):
    with pytest.raises(NotAllowed):
        publish_fix(draft.call, **REASON, by=draft.created_by)


def test_a_call_that_is_not_open_is_not_mended(officer):
    with pytest.raises(Refused) as refusal:
        publish_fix(factories.make_draft_call(), **REASON, by=officer)

    assert refusal.value.code == "wrong_state"
