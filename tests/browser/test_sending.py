"""Sending and afterwards on a phone: every page of it in three languages, light and dark, measured on the way."""

from datetime import timedelta

import pytest
from django.test import Client
from playwright.sync_api import Browser

from core import clock
from grants.actions import applications, call_questions, corrections, extensions
from grants.models import Application, Call
from tests import factories as make
from tests.browser.steps import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASONS = {"reason_kk": "Портал істемей қалды.", "reason_ru": "Портал не работал."}
ANSWER = {
    "question_kk": "Жалға алу төленеді ме?",
    "question_ru": "Оплачивается ли аренда?",
    "answer_kk": "Иә.",
    "answer_ru": "Да.",
}


def cookie(person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def season() -> dict[str, list[str]]:
    """Whose pages: a taken-back draft with its receipts, a correction, questions and added time on one call."""
    officer, administrator = make.make_user(roles=["officer"]), make.make_staff("administrator")
    owner, other = make.make_user(), make.make_user()
    draft = make.make_draft(owner)
    call = draft.call
    first = applications.submit_application(draft, agreed={"declaration"}, by=owner)
    applications.take_back_application(draft, by=owner)
    sent = make.application_at("submitted", owner=other, call=call)
    fields = ["title", "q_problem", "doc_deck"]
    corrections.open_correction(sent, fields=fields, **REASONS, by=officer)
    question = call_questions.ask_about_call(call, text="Жалға алуға бола ма?", by=owner)
    call_questions.answer_call_question(question, texts=ANSWER, by=officer)
    extensions.extend_call(call, closes_at=call.closes_at + timedelta(days=1), **REASONS, by=administrator)
    mine, public = f"applications/{draft.public_id}/", f"calls/{call.public_id}/"
    return {
        "": [public, f"{public}answers/", "receipts/", f"receipts/{first.public_id}/", "receipts/?code=abcde"],
        cookie(owner): [mine, f"{mine}check/", f"applications/receipts/{first.public_id}/", f"{public}ask/"],
        cookie(other): [f"applications/{sent.public_id}/", f"applications/{sent.public_id}/correction/"],
    }


@pytest.mark.parametrize(("language", "theme"), [("kk", "light"), ("ru", "dark"), ("en", "light")])
def test_every_page_of_sending_fits_a_phone_and_has_no_fault(browser: Browser, live_server, language, theme):
    faults = []
    for session, paths in season().items():
        context = browser.new_context(viewport=PHONE, color_scheme=theme)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        walk = Walk(context.new_page(), live_server.url)
        for path in paths:
            walk.open(f"/{language}/{path}")
        faults += walk.faults
        context.close()

    assert faults == []


def test_a_page_that_was_open_at_closing_sends_without_javascript(browser: Browser, live_server):
    owner = make.make_user()
    draft = make.make_draft(owner)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": cookie(owner), "url": live_server.url}])
    walk = Walk(context.new_page(), live_server.url, scripts=False)
    walk.open(f"/kk/applications/{draft.public_id}/check/")
    Call.objects.filter(pk=draft.call_id).update(closes_at=clock.now())

    walk.page.check("main [name=declaration]")
    walk.press("main form button.btn-primary")

    submission = Application.objects.get(pk=draft.pk).submissions.get()
    assert walk.here == f"/kk/applications/receipts/{submission.public_id}/"
    assert submission.grace_opened_at is not None
    assert walk.faults == []
