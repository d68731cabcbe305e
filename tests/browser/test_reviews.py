"""The expert's page in a real browser: nothing typed is lost, evidence by one tap, whole at 360 px and on a desktop."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from accounts.models import User
from grants.actions import reviews
from grants.models import Assignment, Review, ScoreEntry
from tests import factories
from tests.browser.saving import kept, kill, phone, wait_until_kept
from tests.browser.steps import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESKTOP = {"width": 1280, "height": 900}
WORDS = "Келісім бар: үш мектеп, 1 200 оқушы. 😀"
ADVICE = "Екінші тарауға серіктес табу керек."


def enter(context: BrowserContext, base: str, person: User) -> None:
    """The session of who has signed in with the second factor: tests/browser/test_season.py signs in by the pages."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": base}])


def path_of(assignment: Assignment, language: str = "kk") -> str:
    return reverse("grants:review_edit", args=[assignment.public_id]).replace("/kk/", f"/{language}/")


@pytest.fixture
def assignment() -> Assignment:
    """Open papers of a call with budget and plan; another review of the same expert is in, one more is to do."""
    call = factories.make_planned_call()
    expert = factories.make_expert()
    factories.review(factories.assign(factories.application_at("eligible", call=call), expert))
    assignment = factories.assign(factories.application_at("eligible", call=call), expert)
    factories.assign(factories.application_at("eligible", call=call), expert)
    return reviews.declare_no_conflict(assignment, by=expert.user)


def choose_score(page: Page, criterion: str, points: int) -> None:
    page.locator(f"[name=score_{criterion}][value='{points}'] ~ .scale__number").click()


def state(page: Page, name: str) -> object:
    return page.locator(f"#div_id_{name} .saving")


def test_offline_a_dead_session_and_a_killed_browser_lose_nothing_of_a_review(
    browser_type: BrowserType, live_server, tmp_path: Path, assignment: Assignment
):
    folder, person, here = tmp_path / "phone", assignment.expert.user, live_server.url + path_of(assignment)
    with phone(browser_type, folder) as context:
        enter(context, live_server.url, person)
        page = context.new_page()
        page.goto(here)
        context.set_offline(True)
        choose_score(page, "idea", 5)
        page.select_option("[name=evidence_idea]", "fact:summary")
        page.fill("[name=words_idea]", WORDS)
        page.fill("[name=comment]", ADVICE)
        wait_until_kept(page, "comment", ADVICE)
        wait_until_kept(page, "words_idea", WORDS)
        expect(page.locator("[data-saver]")).to_have_attribute("data-kind", "kept")
        context.clear_cookies()
        before = Review.objects.filter(assignment=assignment).count()
        kill(folder)

    stranger = factories.make_expert().user
    with phone(browser_type, folder) as context:
        page = context.new_page()
        page.goto(here)
        signed_out = "/account/login/" in page.url
        enter(context, live_server.url, stranger)
        page.goto(f"{live_server.url}/kk/reviews/")
        theirs = page.evaluate("() => Queue.all().then((all) => all.length)")
        waiting, sent = len(kept(page)), Review.objects.filter(assignment=assignment).count()
        context.clear_cookies()
        enter(context, live_server.url, person)
        page.goto(here)
        expect(page.locator("[data-saver]")).to_have_attribute("data-kind", "saved")
        shown = (page.input_value("[name=words_idea]"), page.is_checked("[name=score_idea][value='5']"))
        left = kept(page)

    draft = Review.objects.get(assignment=assignment).draft
    assert (before, signed_out, theirs, waiting, sent, left) == (0, True, 0, 4, 0, [])
    assert shown == (WORDS, True)
    assert draft == {"score_idea": "5", "evidence_idea": "fact:summary", "words_idea": WORDS, "comment": ADVICE}
    assert ScoreEntry.objects.filter(review__assignment=assignment).count() == 0


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_one_tap_in_the_dossier_chooses_the_evidence_and_a_mark_its_passage(
    browser: Browser, live_server, assignment: Assignment, size: dict[str, int]
):
    context = browser.new_context(viewport=size)
    enter(context, live_server.url, assignment.expert.user)
    page = context.new_page()
    page.goto(live_server.url + path_of(assignment))
    line = assignment.application.budget_lines.first()

    page.select_option("[data-evidence-for]", "market")
    page.locator(f"[data-place='line:{line.public_id}'] [data-cite]").click()
    page.select_option("[data-evidence-for]", "idea")
    page.evaluate(
        """() => {
            const text = document.querySelector("[data-place='answer:problem'] dd").firstChild;
            getSelection().setBaseAndExtent(text, 0, text, 8);
        }"""
    )
    page.locator("[data-place='answer:problem'] [data-cite]").click()
    for name in ("evidence_market", "evidence_idea", "quote_idea"):
        expect(state(page, name)).to_have_attribute("data-kind", "saved")
    said = page.inner_text("[data-evidence-said]")
    context.close()

    assert Review.objects.get(assignment=assignment).draft == {
        "evidence_market": f"line:{line.public_id}",
        "evidence_idea": "answer:problem",
        "quote_idea": "Ойындар",
    }
    assert "Ойындар" in said


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_experts_pages_are_whole_in_every_state(
    browser: Browser, live_server, assignment: Assignment, size: dict[str, int], language: str
):
    other = factories.assign(assignment.application)
    factories.review(other, score=5)
    sample_call = factories.make_call()
    factories.make_sample(sample_call)
    factories.assign(factories.application_at("eligible", call=sample_call), assignment.expert)
    context = browser.new_context(viewport=size)
    enter(context, live_server.url, assignment.expert.user)
    walk = Walk(context.new_page(), live_server.url)

    walk.open(reverse("grants:review_list").replace("/kk/", f"/{language}/"))
    walk.open(reverse("grants:review_calibrate", args=[sample_call.public_id]).replace("/kk/", f"/{language}/"))
    for key in ("idea", "market", "team"):
        choose_score(walk.page, key, 3)
    walk.press("main form.rubric button.btn-primary")
    walk.open(path_of(assignment, language))
    for key in ("idea", "market", "team"):
        choose_score(walk.page, key, 5)
    walk.press("[name=submit]")  # refused: words, evidence and the sentence are missing
    walk.page.fill("[name=comment]", ADVICE)
    for key in ("idea", "market", "team"):
        walk.page.fill(f"[name=words_{key}]", WORDS)
        walk.page.select_option(f"[name=evidence_{key}]", "answer:problem")
    walk.press("[name=submit]")
    others = walk.page.locator("#others ~ details").count()
    walk.press("a[rel=next], a[rel=prev]")
    context.close()

    assert walk.faults == []
    assert others == 1
    assert ScoreEntry.objects.filter(review__assignment=assignment).count() == 3


def test_without_scripts_evidence_is_a_list_and_everything_works(browser: Browser, live_server, assignment: Assignment):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    enter(context, live_server.url, assignment.expert.user)
    walk = Walk(context.new_page(), live_server.url, scripts=False)

    walk.open(path_of(assignment))
    taps = walk.page.locator("[data-cite]:visible").count()
    for key in ("idea", "market", "team"):
        choose_score(walk.page, key, 1)
        walk.page.fill(f"[name=words_{key}]", WORDS)
        walk.page.select_option(f"[name=evidence_{key}]", "answer:problem")
    walk.page.fill("[name=comment]", ADVICE)
    walk.press("[name=keep]")
    walk.press("[name=submit]")
    context.close()

    entries = ScoreEntry.objects.filter(review__assignment=assignment)
    assert (walk.faults, taps) == ([], 0)
    assert set(entries.values_list("score", "words", "evidence")) == {(1, WORDS, "answer:problem")}
