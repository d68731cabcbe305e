"""A phone of 360 px on a slow network: half an hour offline, a dead session, a killed browser lose no character.

The page's clock is moved on by half an hour; the server's clock is not touched, since the session is taken away by
deleting its cookie.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, expect

from grants.models import Application
from tests import factories
from tests.browser.saving import SLOW, kept, kill, line, path_of, phone, sign_in, slow, stored, wait_until_kept
from tests.browser.steps import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = {
    "title": "Ұлттық ойын — «Алтын адам»",
    "summary": "Қазақша ойын: әңгіме, сурет, дыбыс. 😀 Екі тілде: қазақша және орысша.",
    "own_amount": "1 250 000",
}


@pytest.fixture
def draft() -> Application:
    return factories.make_draft(factories.make_user("aiym@example.test", language="kk"))


def test_half_an_hour_offline_a_dead_session_and_a_killed_browser_lose_no_character(
    browser_type: BrowserType, live_server, tmp_path: Path, draft: Application
):
    folder, person, here = tmp_path / "phone", draft.created_by, path_of(draft)
    with phone(browser_type, folder) as context:
        page = context.new_page()
        sign_in(page, live_server.url, person, here)
        network = slow(context, page)
        page.clock.install()
        network.send("Network.emulateNetworkConditions", {**SLOW, "offline": True})
        for name, text in TYPED.items():
            page.locator(f"main [name={name}]").fill("")
            page.locator(f"main [name={name}]").press_sequentially(text)
            page.clock.run_for(600_000)  # ten minutes
            wait_until_kept(page, name, text)
            expect(line(page, name)).to_have_attribute("data-kind", "kept")
        context.clear_cookies()
        before = stored(draft)
        kill(folder)

    with phone(browser_type, folder) as context:
        page = context.new_page()
        slow(context, page)
        page.goto(live_server.url + here)
        signed_out = "/account/login/" in page.url
        sign_in(page, live_server.url, person, here)
        expect(page.locator("[data-saver]")).to_have_attribute("data-kind", "saved")
        shown = {name: page.input_value(f"main [name={name}]") for name in TYPED}
        left = kept(page)

    assert before["title"] == "Ойын студиясы"
    assert signed_out
    assert shown == TYPED
    assert stored(draft) == TYPED
    assert left == []


def test_a_killed_browser_loses_nothing_that_was_typed_while_the_session_was_dead(
    browser_type: BrowserType, live_server, tmp_path: Path, draft: Application
):
    """Online all the time: the server answers 401, the page says so, and the queue waits for its person."""
    folder, here = tmp_path / "phone", path_of(draft)
    with phone(browser_type, folder) as context:
        page = context.new_page()
        sign_in(page, live_server.url, draft.created_by, here)
        context.clear_cookies(name="sessionid")
        page.locator("main [name=title]").fill("Сессиясыз")
        expect(page.locator("[data-saver]")).to_have_attribute("data-kind", "out")
        way = page.locator("[data-saver] a").get_attribute("href")
        kill(folder)

    with phone(browser_type, folder) as context:
        page = context.new_page()
        sign_in(page, live_server.url, draft.created_by, "/kk/applications/")  # not the form: sent in passing
        page.wait_for_function("() => Queue.all().then((all) => all.length === 0)")

    assert way is not None
    assert here in way.replace("%2F", "/")
    assert stored(draft)["title"] == "Сессиясыз"


def test_a_field_saves_itself_and_says_when(browser: Browser, live_server, draft: Application):
    context = browser.new_context(viewport=PHONE, locale="kk-KZ")
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    slow(context, page)

    page.locator("main [name=title]").fill("Өзі сақталады")

    expect(line(page, "title")).to_have_attribute("data-kind", "saved")
    said = line(page, "title").inner_text()
    context.close()
    assert stored(draft)["title"] == "Өзі сақталады"
    assert any(character.isdigit() for character in said)


def test_what_comes_back_with_the_network_is_sent_without_a_press(browser: Browser, live_server, draft: Application):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    context.set_offline(True)
    page.locator("main [name=title]").fill("Желісіз")
    expect(line(page, "title")).to_have_attribute("data-kind", "kept")

    context.set_offline(False)

    expect(line(page, "title")).to_have_attribute("data-kind", "saved")
    context.close()
    assert stored(draft)["title"] == "Желісіз"


def test_the_button_without_a_network_loses_neither_the_page_nor_the_text(
    browser: Browser, live_server, draft: Application
):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    context.set_offline(True)
    page.locator("main [name=title]").fill("Желісіз")
    expect(line(page, "title")).to_have_attribute("data-kind", "kept")
    page.evaluate("() => { document.querySelector('[data-saver]').dataset.kind = ''; }")

    page.locator("main form.draft-form button.btn-primary").click()

    expect(page.locator("[data-saver]")).to_have_attribute("data-kind", "kept")
    here, shown = page.url, page.input_value("main [name=title]")
    context.close()
    assert (here, shown) == (live_server.url + path_of(draft), "Желісіз")


def test_letters_in_an_amount_stay_on_the_page_and_in_the_browser(browser: Browser, live_server, draft: Application):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    page.locator("main [name=amount_requested]").fill("екі миллион")
    expect(line(page, "amount_requested")).to_have_attribute("data-kind", "wrong")

    page.reload()

    expect(line(page, "amount_requested")).to_have_attribute("data-kind", "wrong")
    shown = page.input_value("main [name=amount_requested]")
    page.locator("main [name=amount_requested]").fill("2 200 000")
    expect(line(page, "amount_requested")).to_have_attribute("data-kind", "saved")
    left = kept(page)
    context.close()
    assert (shown, left) == ("екі миллион", [])
    assert Application.objects.get(pk=draft.pk).amount_requested == 2_200_000


def test_the_banner_appears_when_the_last_gap_is_filled(browser: Browser, live_server, draft: Application):
    Application.objects.filter(pk=draft.pk).update(summary="")
    context = browser.new_context(viewport=PHONE, locale="kk-KZ")
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    hidden = page.locator("[data-not-sent]").is_visible()

    page.locator("main [name=summary]").fill("Соңғы олқылық")

    expect(page.locator("[data-not-sent]")).to_be_visible(timeout=15_000)
    with page.expect_navigation():
        page.locator("[data-not-sent] a").click()  # one tap
    where = page.url
    context.close()
    assert not hidden
    assert where.endswith("/check/")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_of_a_draft_are_whole_in_every_state(
    browser: Browser, live_server, draft: Application, language: str, theme: str
):
    context = browser.new_context(viewport=PHONE, color_scheme=theme)
    walk = Walk(context.new_page(), live_server.url)
    sign_in(walk.page, live_server.url, draft.created_by, "/kk/applications/")
    for section in ("project", "questions-0"):
        walk.open(path_of(draft, section, language))
    walk.open(f"/{language}/applications/{draft.public_id}/edit/")
    walk.open(f"/{language}/account/logout/")

    walk.open(path_of(draft, language=language))
    Application.objects.filter(pk=draft.pk).update(title="Басқа", fact_revs={**draft.fact_revs, "title": 9})
    walk.fill(title="Ұзақ мәтін " * 10, amount_requested="көп")
    expect(walk.page.locator("#div_id_title .clash")).to_be_visible()
    expect(line(walk.page, "amount_requested")).to_have_attribute("data-kind", "wrong")
    walk.look()

    context.close()
    assert walk.faults == []


def test_a_new_card_of_the_budget_is_kept_offline_and_sent_after_a_kill(
    browser_type: BrowserType, live_server, tmp_path: Path
):
    person = factories.make_user("aiym@example.test", language="kk")
    planned = factories.make_draft(person, factories.make_planned_call())
    folder, here = tmp_path / "phone", path_of(planned, "budget")
    with phone(browser_type, folder) as context:
        page = context.new_page()
        sign_in(page, live_server.url, person, here)
        context.set_offline(True)
        page.locator("main [name=then][value=add]").click()
        card = page.locator("[data-save]").last
        name = card.get_attribute("data-save") or ""
        card.locator("[name$='-item']").fill("Жарық жабдығы")
        card.locator("[name$='-unit_price']").fill("120 000")
        page.wait_for_function(
            "(name) => Queue.all().then((all) => all.some((e) => e.field === name && e.value.unit_price))",
            arg=name,
        )
        kill(folder)

    with phone(browser_type, folder) as context:
        page = context.new_page()
        sign_in(page, live_server.url, person, here)
        page.wait_for_function("() => Queue.all().then((all) => all.length === 0)")
        expect(page.locator(f"[data-save={name}] [name$='-item']")).to_have_value("Жарық жабдығы")

    line = planned.budget_lines.get(public_id=name.removeprefix("line_"))
    assert (line.item, line.unit_price, line.rev) == ("Жарық жабдығы", 120_000, 1)
