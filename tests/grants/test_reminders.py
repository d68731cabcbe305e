"""Reminders: written once for each cause, in the reader's language, when the time is near."""

from datetime import timedelta

import pytest

from core import clock
from grants.models import Assignment, Call
from grants.tasks import remind_deadlines
from notifications.models import Message
from tests.factories import application_at, assign, make_draft

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    return list(Message.objects.filter(event__in=["due_soon", "review_due"]).values_list("event", flat=True))


@pytest.mark.embedded
def test_the_owner_of_a_draft_is_told_once_that_its_call_closes_soon():
    draft = make_draft()
    Call.objects.filter(pk=draft.call_id).update(closes_at=clock.now() + timedelta(days=1))

    remind_deadlines()
    remind_deadlines()

    assert events() == ["due_soon"]


def test_a_draft_of_a_call_that_closes_later_is_left_in_peace():
    make_draft()

    remind_deadlines()

    assert events() == []


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
