"""Reminders: written once for each cause, in the reader's language, when the time is near, and cancelled with it."""

from datetime import timedelta

import pytest

from core import clock
from grants.actions.applications import submit_application, take_back_application, withdraw_application
from grants.actions.extensions import extend_call
from grants.models import Application, Assignment, Call
from grants.tasks import remind_deadlines
from notifications.models import Message
from tests import factories
from tests.factories import application_at, assign, make_draft

pytestmark = pytest.mark.django_db
DRAFT_EVENTS = ["due_soon", "not_sent", "not_sent_again", "not_sent_last"]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def draft() -> Application:
    return make_draft()


def events() -> list[str]:
    rows = Message.objects.filter(event__in=[*DRAFT_EVENTS, "review_due"]).order_by("pk")
    return list(rows.values_list("event", flat=True))


def remind(at, moment) -> list[str]:
    at(moment)
    remind_deadlines()
    remind_deadlines()
    return events()


def incomplete(draft: Application) -> Application:
    Application.objects.filter(pk=draft.pk).update(title="")
    return draft


@pytest.mark.embedded
def test_a_complete_draft_is_spoken_of_three_times_each_time_louder(draft, at):
    closes = draft.call.closes_at
    found = [remind(at, closes - before) for before in (8 * DAY, 6 * DAY, 4 * DAY, 2 * DAY, 20 * HOUR, HOUR)]

    first, second, third = "not_sent", "not_sent_again", "not_sent_last"
    assert found == [[], [first], [first], [first, second], [first, second, third], [first, second, third]]


def test_an_incomplete_draft_is_spoken_of_once_on_the_last_day(draft, at):
    closes = incomplete(draft).call.closes_at

    found = [remind(at, closes - before) for before in (6 * DAY, 2 * DAY, 20 * HOUR, HOUR)]

    assert found == [[], [], ["due_soon"], ["due_soon"]]


def test_a_draft_that_became_complete_on_the_last_day_is_told_so(draft, at):
    closes, title = incomplete(draft).call.closes_at, draft.title
    remind(at, closes - 20 * HOUR)
    Application.objects.filter(pk=draft.pk).update(title=title)

    assert remind(at, closes - 10 * HOUR) == ["due_soon", "not_sent_last"]


def test_who_is_at_work_is_left_in_peace(draft, at):
    closes = draft.call.closes_at
    Application.objects.filter(pk=draft.pk).update(last_saved_at=closes - 21 * HOUR)

    assert remind(at, closes - 20.5 * HOUR) == []
    assert remind(at, closes - 19 * HOUR) == ["not_sent_last"]


def test_nobody_is_reminded_after_closing_nor_of_a_cancelled_call(draft, at):
    closes = draft.call.closes_at
    after = remind(at, closes + HOUR)
    factories.cancel_call(draft.call)

    assert after == []
    assert remind(at, closes - HOUR) == []


@pytest.mark.parametrize("end", ["send", "withdraw"])
def test_a_reminder_that_has_not_left_is_cancelled_when_it_is_no_longer_true(draft, at, end):
    remind(at, draft.call.closes_at - HOUR)
    if end == "send":
        submit_application(draft, agreed={"declaration"}, by=draft.created_by)
    else:
        withdraw_application(draft, by=draft.created_by)

    assert Message.objects.get(event="not_sent_last").cancelled_at is not None
    assert Message.objects.pending().filter(event__in=DRAFT_EVENTS).count() == 0


def test_what_was_taken_back_is_reminded_anew(draft, at):
    closes, person = draft.call.closes_at, draft.created_by
    remind(at, closes - 20 * HOUR)
    submit_application(draft, agreed={"declaration"}, by=person)
    take_back_application(draft, by=person)

    assert remind(at, closes - HOUR) == ["not_sent_last", "not_sent_last"]


@pytest.mark.parametrize("whose", ["everybody", "one"])
def test_added_time_begins_the_reminders_anew(draft, at, whose):
    closes = draft.call.closes_at
    remind(at, closes - HOUR)
    pending = Message.objects.get(event="not_sent_last")
    how = {
        "closes_at": closes + 2 * DAY,
        "reason_kk": "Себеп.",
        "reason_ru": "Причина.",
        "by": factories.make_user(roles=["administrator"]),
    }
    if whose == "everybody":
        extend_call(draft.call, **how)
    else:
        factories.extend(draft, **how)

    pending.refresh_from_db()
    assert pending.cancelled_at is not None
    assert remind(at, closes) == ["not_sent_last", "not_sent_again"]


def test_every_owner_is_told_in_their_language(draft, at):
    other = factories.make_user(language="kk")
    factories.add_member(draft.organisation, other, "owner")

    remind(at, draft.call.closes_at - HOUR)

    told = Message.objects.filter(event="not_sent_last").values_list("user", "language")
    assert sorted(told) == sorted([(draft.created_by_id, "ru"), (other.pk, "kk")])


@pytest.mark.embedded
def test_an_expert_is_told_once_by_number_that_a_review_is_due():
    assignment = assign(application_at("eligible"))
    Assignment.objects.filter(pk=assignment.pk).update(due_on=clock.today() + timedelta(days=1))

    remind_deadlines()
    remind_deadlines()

    message = Message.objects.get(event="review_due")
    assert message.address == assignment.expert.user.email
    assert message.context["number"] == assignment.application.number
    assert set(message.context) == {"number", "call", "due", "path"}


def test_the_reminder_of_a_correction_is_cancelled_by_its_answer():
    from grants.actions import corrections
    from grants.actions.applications import edit_application

    sent = application_at("submitted")
    officer = factories.make_user(roles=["officer"])
    corrections.open_correction(sent, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)
    edit_application(sent, facts={"title": "Түзетілді"}, by=sent.created_by)
    corrections.answer_correction(sent, by=sent.created_by)

    assert Message.objects.get(event="correction_due").cancelled_at is not None


def test_calls_that_close_later_cost_nothing(draft, at, django_assert_num_queries):
    at(draft.call.closes_at - 8 * DAY)

    with django_assert_num_queries(5):
        remind_deadlines()
    assert Call.objects.count() == 1
