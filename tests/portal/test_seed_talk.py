"""The demo season shows what a call may hear in public: more time after an outage, and a question with its answer."""

from datetime import timedelta

import pytest

from core import clock
from core.models import AuditEvent
from grants.models import Application, CallQuestion, CallRules, Extension
from notifications.models import Message
from tests.portal.seeding import DAY, NOON, call_named, load, replay
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def season() -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: NOON)
        return load(f"--today={DAY}", "--applications=60")


def test_the_finished_call_had_two_hours_more_for_everybody(season, client):
    call = call_named("first call")
    extension = Extension.objects.for_everybody().get()

    page = client.get(f"/ru/calls/{call.public_id}/").content.decode()

    assert (extension.call, extension.closes_at - extension.closed_at) == (call, timedelta(hours=2))
    assert (call.closes_at, extension.reason_ru in page) == (extension.closes_at, True)


def test_its_rules_have_a_second_version_and_each_application_keeps_the_first(season):
    call = call_named("first call")
    first, second = CallRules.objects.filter(call=call).order_by("number")
    changed = {key for key in second.content if second.content[key] != first.content.get(key)}

    assert (bool(second.reason_kk), changed) == (True, {"closes_at"})
    assert set(Application.objects.filter(call=call).values_list("rules", flat=True)) == {first.pk}
    assert Application.objects.filter(call=call, created_at__gt=second.made_at).count() == 0


def test_a_question_is_answered_in_public_without_its_asker(season, client):
    call = call_named("second call")
    question = CallQuestion.objects.get()

    page = client.get(f"/ru/calls/{call.public_id}/answers/").content.decode()

    assert (question.call, question.asked_by.email.split("@")[0]) == (call, "applicant")
    assert (question.answer_ru in page, question.text in page) == (True, False)


def test_the_trail_knows_both_and_no_letter_was_written_for_them(season):
    verbs = ("call.extend", "callquestion.ask", "callquestion.answer")

    assert set(AuditEvent.objects.filter(verb__in=verbs).values_list("verb", flat=True)) == set(verbs)
    assert Message.objects.filter(event__in=["call_extended", "call_answered"]).count() == 0
    assert replay() == []
