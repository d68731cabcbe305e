"""Cards are saved whole; the trail is no diary, time is counted, a save costs the same however long the form is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.statuses import MembershipRole
from core import clock
from core.models import AuditEvent
from core.public_id import make_public_id
from grants.actions.saving import save_field
from grants.models import Application, BudgetLine, Milestone
from questionnaires.models import Question
from tests import factories
from tests.grants.saving import answers

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

CARD = "abcdefghjkmnpq"


@pytest.fixture
def draft(client) -> Application:
    application = factories.make_draft()
    client.force_login(application.created_by)
    return application


# --- cards ------------------------------------------------------------------------------------------


@pytest.fixture
def planned(client) -> Application:
    application = factories.make_draft(call=factories.make_planned_call())
    application.budget_lines.all().delete()
    application.milestones.all().delete()
    client.force_login(application.created_by)
    return application


def test_a_card_is_saved_as_one_object_under_one_revision(client, planned):
    found = answers(
        client,
        planned,
        (f"line_{CARD}", {"item": "Камера", "quantity": "2", "unit_price": "150 000", "has_vat": True}, 0),
        (f"milestone_{CARD}", {"title": "Түсірілім", "proof": "Бейне"}, 0),
        (f"line_{CARD}", {"item": "Екі камера"}, 1),
    )

    line, milestone = BudgetLine.objects.get(), Milestone.objects.get()
    assert found == [{"saved": 1}, {"saved": 1}, {"saved": 2}]
    assert (line.item, line.quantity, line.unit_price, line.rev) == ("Екі камера", 2, Decimal(150_000), 2)
    assert (milestone.title, milestone.proof) == ("Түсірілім", "Бейне")


def test_what_is_right_in_a_card_is_saved_beside_what_is_not(client, planned):
    [found] = answers(client, planned, (f"line_{CARD}", {"item": "Камера", "quantity": "екі"}, 0))

    line = BudgetLine.objects.get()
    assert (found["code"], found["rev"], bool(found["refused"])) == ("unreadable", 1, True)
    assert (line.item, line.quantity) == ("Камера", None)


def test_a_card_that_two_people_changed_shows_both(client, planned):
    name = f"line_{CARD}"
    answers(client, planned, (name, {"item": "Камера", "quantity": "1"}, 0), (name, {"item": "Штатив"}, 1))

    [found] = answers(client, planned, (name, {"item": "Объектив"}, 1))

    assert found["conflict"] == {"theirs": "Штатив", "value": {"item": "Штатив"}, "rev": 2}


@pytest.mark.parametrize("field", ["line_", "line_1", "milestone_ABC", f"card_{CARD}"])
def test_a_name_that_is_no_card_is_refused(client, planned, field):
    assert answers(client, planned, (field, {"item": "x"}, 0))[0]["code"] == "not_asked"


# --- the trail and the time -------------------------------------------------------------------------


def edits(application: Application) -> int:
    return AuditEvent.objects.filter(object_id=application.public_id, verb="application.edit").count()


def test_the_trail_is_no_diary_of_keystrokes(client, draft, at):
    start = clock.now() + timedelta(hours=1)
    before = edits(draft)

    for minute in (0, 1, 9, 11):
        at(start + timedelta(minutes=minute))
        rev = Application.objects.get(pk=draft.pk).fact_revs["title"]
        answers(client, draft, ("title", f"Минута {minute}", rev))

    assert edits(draft) - before == 2  # at once, and again when ten minutes have passed


def test_two_people_who_write_leave_two_traces(client, draft):
    colleague = factories.make_user()
    factories.add_member(draft.organisation, colleague, MembershipRole.EDITOR)
    before = edits(draft)

    save_field(draft, field="title", value="Бірі", rev=draft.fact_revs["title"], by=colleague)
    save_field(draft, field="title", value="Екі", rev=draft.fact_revs["title"] + 1, by=colleague)

    assert edits(draft) - before == 1


def test_time_on_the_form_is_counted_while_the_person_writes_and_not_while_away(draft, at):
    start = clock.now()
    for second, text in ((0, "а"), (60, "аб"), (300, "абв"), (900, "абвг"), (930, "абвгд")):
        at(start + timedelta(seconds=second))
        rev = Application.objects.get(pk=draft.pk).fact_revs["title"]
        save_field(draft, field="title", value=text, rev=rev, by=draft.created_by)

    draft.refresh_from_db()
    assert draft.active_seconds == 60 + 240 + 30  # ten minutes of silence are not among them


# --- cost -------------------------------------------------------------------------------------------


def draft_with(questions: int) -> Application:
    """A draft whose form has so many questions."""
    call = factories.make_draft_call()
    section = call.questionnaire.sections.get()
    Question.objects.bulk_create(
        Question(
            section=section,
            key=f"more{n}",
            kind="short_text",
            label_kk="Сұрақ",
            label_ru="Вопрос",
            position=n,
            is_required=False,
        )
        for n in range(10, 8 + questions)
    )
    return factories.make_draft(call=factories.publish(call))


@pytest.mark.parametrize("questions", [3, 80])
def test_an_autosave_costs_the_same_handful_whatever_the_forms_length(client, questions, django_assert_num_queries):
    draft = draft_with(questions)
    client.force_login(draft.created_by)
    person = draft.created_by
    save_field(draft, field="q_problem", value="Начато", rev=1, by=person)
    draft = Application.objects.to_fill_in().get(pk=draft.pk)

    with django_assert_num_queries(6):  # savepoint, lock with role and trail, answers, answer, time, release
        save_field(draft, field="q_problem", value="Дальше", rev=2, by=person)


@pytest.mark.parametrize("questions", [3, 80])
def test_a_request_of_the_saver_costs_the_same_whatever_the_forms_length(client, questions, django_assert_num_queries):
    draft = draft_with(questions)
    client.force_login(draft.created_by)
    answers(client, draft, ("q_problem", "Начато", 1))

    with django_assert_num_queries(8):  # session, person; the six of the action, two of them the test's savepoint
        answers(client, draft, ("q_problem", "Дальше", 2))


def test_a_section_of_eighty_questions_is_drawn_without_a_query_per_question(client, django_assert_num_queries):
    draft = draft_with(80)
    client.force_login(draft.created_by)

    with django_assert_num_queries(7):
        client.get(reverse("grants:application_section", args=[draft.public_id, "questions-0"]))


CARDS = [("line", "item"), ("milestone", "title")]  # a kind of card, and one of its texts


def planned_with(application: Application, kind: str, text: str, *, cards: int) -> str:
    """So many cards of one kind, each saved once; the name of the first."""
    names = [f"{kind}_{make_public_id()}" for _n in range(cards)]
    for name in names:
        save_field(application, field=name, value={text: "Басында"}, rev=0, by=application.created_by)
    return names[0]


@pytest.mark.parametrize("cards", [1, 4])
@pytest.mark.parametrize(("kind", "text"), CARDS)
def test_an_autosave_of_a_card_costs_the_same_handful_however_many_there_are(
    planned, kind, text, cards, django_assert_num_queries
):
    name = planned_with(planned, kind, text, cards=cards)
    draft = Application.objects.to_fill_in().get(pk=planned.pk)

    with django_assert_num_queries(6):  # savepoint, lock with role and trail, card, card, time, release
        save_field(draft, field=name, value={text: "Кейін"}, rev=1, by=planned.created_by)


@pytest.mark.parametrize("cards", [1, 4])
@pytest.mark.parametrize(("kind", "text", "statements"), [(*CARDS[0], 11), (*CARDS[1], 10)])
def test_a_request_that_saves_a_card_costs_the_same_however_many_there_are(
    client, planned, kind, text, statements, cards, django_assert_num_queries
):
    name = planned_with(planned, kind, text, cards=cards)
    answers(client, planned, (name, {text: "Енді"}, 1))

    with django_assert_num_queries(statements):  # session, person, the six of the action; what the draft still lacks
        answers(client, planned, (name, {text: "Кейін"}, 2))
