"""Every state of an application and many types of question on a phone (tests/browser/whole.py)."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser

from accounts.models import User
from grants.actions.corrections import open_correction
from grants.models import Application
from grants.statuses import ApplicationStatus as A
from questionnaires.actions.usual import add_usual_questionnaire
from tests import factories
from tests.browser.whole import LANGUAGES, BothThemes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATES = (A.SUBMITTED, A.INELIGIBLE, A.AWARDED, A.RESERVED, A.DECLINED, A.WITHDRAWN)


def one_of_each(person: User) -> list[Application]:
    """Applications in every state, the first with a correction; the draft of a film, with questions of many types."""
    officer = factories.make_user(roles=["officer"])
    film = factories.make_call(questionnaire=add_usual_questionnaire(code="film-accelerator", by=officer))
    sent = [factories.application_at(status, owner=person) for status in STATES]
    fields = ["title", "q_problem", "doc_deck"]
    open_correction(sent[0], fields=fields, reason_kk="Анық емес.", reason_ru="Неясно.", by=officer)
    return [*sent, factories.make_draft(person, film)]


def test_every_state_and_many_types_of_question_are_whole(browser: Browser, live_server):
    person, client = factories.make_user(), Client()
    *sent, film = one_of_each(person)
    sections = [f"questions-{n}" for n in range(len(film.answer_set.version.content["sections"]))]
    client.force_login(person)
    walk = BothThemes(browser, live_server.url, client)

    for language in LANGUAGES:
        with override(language):
            for application in sent:
                walk.open(reverse("grants:application_detail", args=[application.public_id]))
            walk.open(reverse("grants:correction_edit", args=[sent[0].public_id]))
            walk.open(reverse("grants:application_list"))
            for section in sections:
                walk.open(reverse("grants:application_section", args=[film.public_id, section]))

    walk.page.context.close()
    assert walk.faults == []
