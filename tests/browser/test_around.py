"""The pages around the form on a phone: before it, all questions, the sample, one's own data."""

import io

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from accounts.actions.consents import give_consent
from accounts.models import User
from grants.actions.call_defaults import fill_with_usual
from questionnaires.actions.usual import add_usual_questionnaire
from tests import factories
from tests.browser.steps import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "correct horse battery"


def usual_call():
    """A call with everything that is shipped for one."""
    officer = factories.make_user(roles=["officer"])
    call = factories.make_draft_call(questionnaire=add_usual_questionnaire(by=officer))
    call.requirements.all().delete()
    call.criteria.all().delete()
    return factories.publish(fill_with_usual(call, by=officer))


def applicant() -> User:
    """With an application that was sent, and consents."""
    person = factories.application_at("submitted").created_by
    give_consent("publication", by=person, about="a1")
    return person


def test_the_pages_around_the_form_fit_a_phone_and_are_accessible_in_each_language(live_server, browser: Browser):
    call, person = usual_call(), applicant()
    faults: list[str] = []
    for scheme in ("light", "dark"):
        page = browser.new_context(viewport=PHONE, color_scheme=scheme).new_page()
        walk = Walk(page, live_server.url)
        for language in ("kk", "ru", "en"):
            for name in ("before", "questions", "sample"):
                walk.open(f"/{language}/calls/{call.public_id}/{name}/")
        walk.open("/ru/account/login/")
        walk.fill(login=person.email, password=PASSWORD)
        walk.press("main form button[type=submit]")
        for language in ("kk", "ru", "en"):
            for path in (
                f"calls/{call.public_id}/apply",
                "account/consents",
                "account/my-data",
                "account/my-data/erase",
            ):
                walk.open(f"/{language}/{path}/")
        faults += walk.faults
        page.context.close()

    assert faults == []


def test_statements_are_answered_without_javascript(live_server, browser: Browser):
    call = usual_call()
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    walk = Walk(page, live_server.url, scripts=False)
    walk.open(f"/ru/calls/{call.public_id}/before/")
    first = page.locator(".statement input").first

    ticked_for_them = page.locator(".statement input:checked").count()
    first.check()
    walk.press("main form button[type=submit]")

    assert (ticked_for_them, page.locator(".statement input:checked").count()) == (0, 1)
    assert page.locator(".statement .notice").count() == page.locator(".statement").count() - 1
    assert walk.faults == []


def test_every_printed_page_of_the_sample_says_that_it_is_invented(live_server, browser: Browser):
    call = usual_call()
    page = browser.new_context().new_page()
    page.goto(f"{live_server.url}/en/calls/{call.public_id}/sample/")

    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages

    assert len(sheets) > 1
    assert ["no such person" in sheet.extract_text() for sheet in sheets] == [True] * len(sheets)
