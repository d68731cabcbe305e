"""The letters of the season: each renders in three languages, as text and HTML, with an address that works."""

import pytest
from django.urls import resolve
from django.utils.translation import override

from core import clock
from grants.actions import corrections, reminders
from grants.actions.applications import submit_application
from grants.models import Application, Assignment, Call
from grants.statuses import ApplicationStatus as A
from notifications.letters import render_letter
from notifications.models import Message
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
HOSTILE = "<b>Студия</b> & К"


def returned(owner) -> None:
    application = factories.application_at(A.SUBMITTED, owner=owner)
    officer = factories.make_user(roles=["officer"])
    corrections.open_correction(application, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)


def not_eligible(owner) -> None:
    factories.application_at(A.INELIGIBLE, owner=owner)


def decided(status):
    return lambda owner: factories.application_at(status, owner=owner)


def due_soon(owner) -> None:
    draft = factories.make_draft(owner)
    Call.objects.update(closes_at=draft.call.opens_at + (draft.call.closes_at - draft.call.opens_at) / 20 * 2)
    reminders.remind_drafts()


def assigned(owner) -> None:
    factories.assign(factories.application_at(A.ELIGIBLE), factories.make_expert(owner))


def review_due(owner) -> None:
    assigned(owner)
    Assignment.objects.update(due_on=clock.today())
    reminders.remind_reviews()


EVENTS = {
    "submitted": decided(A.SUBMITTED),
    "returned": returned,
    "correction_due": returned,
    "not_eligible": not_eligible,
    "decided_award": decided(A.AWARDED),
    "decided_reserve": decided(A.RESERVED),
    "decided_decline": decided(A.DECLINED),
    "due_soon": due_soon,
    "assigned": assigned,
    "review_due": review_due,
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("event", EVENTS)
def test_a_letter_is_whole_in_its_language(event, language):
    owner = factories.make_user(language=language)
    EVENTS[event](owner)
    message = Message.objects.get(event=event, user=owner)

    letter = render_letter(message)

    subject, number = letter.subject, message.context["number"]
    assert message.language == language
    assert f'<html lang="{language}">' in letter.html
    assert subject
    assert "{" not in subject + letter.text
    assert message.context["path"] in letter.text
    assert message.context["path"] in letter.html
    assert message.context["path"].startswith(f"/{language}/")
    assert number is None or number in letter.text
    assert "None" not in letter.text + letter.html


@pytest.mark.parametrize("event", EVENTS)
def test_a_letter_leads_to_a_page_that_exists(event):
    owner = factories.make_user()
    EVENTS[event](owner)
    path = Message.objects.get(event=event, user=owner).context["path"]

    with override("ru"):
        found = resolve(path)

    assert found.app_name == "grants"


def test_what_a_person_wrote_is_text_in_a_letter():
    owner = factories.make_user()
    draft = factories.make_draft(owner)
    Application.objects.filter(pk=draft.pk).update(title=HOSTILE)
    submit_application(draft, agreed={"declaration"}, by=owner)
    letter = render_letter(Message.objects.get(event="submitted"))

    assert HOSTILE in letter.text
    assert HOSTILE not in letter.html
