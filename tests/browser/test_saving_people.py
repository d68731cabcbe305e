"""Two devices on one field, two people in one browser, and what is left in it after the person has gone."""

import pytest
from playwright.sync_api import Browser, expect

from accounts.models import User
from accounts.statuses import MembershipRole
from grants.models import Application
from tests import factories
from tests.browser.saving import PASSWORD, kept, line, path_of, sign_in, stored, wait_until_kept
from tests.browser.steps import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft() -> Application:
    return factories.make_draft(factories.make_user("aiym@example.test", language="kk"))


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_devices_on_one_field_show_both_texts_and_the_choice_wins(
    browser: Browser, live_server, draft: Application, choice: str
):
    pages = []
    for _device in ("phone", "laptop"):
        context = browser.new_context(viewport=PHONE, locale="kk-KZ")
        pages.append(context.new_page())
        sign_in(pages[-1], live_server.url, draft.created_by, path_of(draft))
    one, other = pages
    one.locator("main [name=title]").fill("Телефоннан")
    expect(line(one, "title")).to_have_attribute("data-kind", "saved")
    other.locator("main [name=title]").fill("Компьютерден")
    panel = other.locator("#div_id_title .clash")
    expect(panel).to_be_visible()
    both = panel.inner_text()
    untouched = stored(draft)["title"]

    panel.locator("button").nth(0 if choice == "mine" else 1).click()

    expect(line(other, "title")).to_have_attribute("data-kind", "saved")
    shown = other.input_value("main [name=title]")
    for page in pages:
        page.context.close()
    assert "Телефоннан" in both
    assert "Компьютерден" in both
    assert untouched == "Телефоннан"
    assert (shown, stored(draft)["title"]) == (("Компьютерден",) * 2 if choice == "mine" else ("Телефоннан",) * 2)


def test_without_javascript_too_nobody_is_overwritten(browser: Browser, live_server, draft: Application):
    context = browser.new_context(viewport=PHONE, locale="kk-KZ", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    Application.objects.filter(pk=draft.pk).update(title="Басқа құрылғыдан", fact_revs={**draft.fact_revs, "title": 9})
    page.fill("main [name=title]", "Осы құрылғыдан")
    page.fill("main [name=summary]", "Бұл өріске ешкім тимеді.")
    page.click("main form.draft-form button.btn-primary")
    asked = page.locator("fieldset.clash").inner_text()
    first = stored(draft)

    page.check("fieldset.clash [value='9']")
    with page.expect_navigation():
        page.click("main form.draft-form button.btn-primary")

    context.close()
    assert "Басқа құрылғыдан" in asked
    assert "Осы құрылғыдан" in asked
    assert (first["title"], first["summary"]) == ("Басқа құрылғыдан", "Бұл өріске ешкім тимеді.")
    assert stored(draft)["title"] == "Осы құрылғыдан"


def test_another_person_in_the_same_browser_neither_sees_nor_sends_the_queue(
    browser: Browser, live_server, draft: Application
):
    colleague = factories.make_user("dana@example.test", language="kk")
    factories.add_member(draft.organisation, colleague, MembershipRole.EDITOR)
    context = browser.new_context(viewport=PHONE, locale="kk-KZ")
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    context.set_offline(True)
    page.locator("main [name=title]").fill("Айымның мәтіні")
    wait_until_kept(page, "title", "Айымның мәтіні")
    context.clear_cookies()
    context.set_offline(False)

    sign_in(page, live_server.url, colleague, path_of(draft))
    page.wait_for_load_state("networkidle")
    shown = page.input_value("main [name=title]")
    page.locator("main [name=summary]").fill("Дананың мәтіні")
    expect(line(page, "summary")).to_have_attribute("data-kind", "saved")

    between, waiting = stored(draft), [(entry["owner"], entry["value"]) for entry in kept(page)]
    context.clear_cookies()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    expect(line(page, "title")).to_have_attribute("data-kind", "saved")
    context.close()
    assert shown == "Ойын студиясы"
    assert (between["title"], between["summary"]) == ("Ойын студиясы", "Дананың мәтіні")
    assert waiting == [(draft.created_by.public_id, "Айымның мәтіні")]
    assert stored(draft)["title"] == "Айымның мәтіні"


def test_signing_out_asks_first_and_then_deletes_the_queue(browser: Browser, live_server, draft: Application):
    context = browser.new_context(viewport=PHONE, locale="kk-KZ")
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    page.locator("main [name=amount_requested]").fill("екі миллион")
    expect(line(page, "amount_requested")).to_have_attribute("data-kind", "wrong")
    page.locator("details.menu summary").click()

    with page.expect_navigation():
        page.locator("[data-sign-out] button").click()

    expect(page.locator("[data-unsent]")).to_be_visible()
    way, count = page.locator("[data-unsent] a").get_attribute("href"), page.inner_text("[data-unsent-count]")
    still = kept(page)
    with page.expect_navigation():
        page.locator("main [data-sign-out] button").click()
    left = kept(page)
    context.close()
    assert (way, count, len(still), left) == (path_of(draft), "1", 1, [])


def test_erasing_the_account_leaves_nothing_in_the_browser(browser: Browser, live_server, draft: Application):
    context = browser.new_context(viewport=PHONE, locale="kk-KZ")
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    page.locator("main [name=amount_requested]").fill("екі миллион")
    expect(line(page, "amount_requested")).to_have_attribute("data-kind", "wrong")
    page.goto(f"{live_server.url}/kk/account/my-data/erase/")
    before = kept(page)

    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main [name=is_sure]").check()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()

    left, person = kept(page), User.objects.get(pk=draft.created_by.pk)
    context.close()
    assert (len(before), left, person.is_active) == (1, [], False)
