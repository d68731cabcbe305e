"""What the queue of a browser keeps besides plain fields, and where: rows of a table, a browser without IndexedDB."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from grants.models import Application
from questionnaires.actions.usual import add_usual_questionnaire
from tests import factories
from tests.browser.saving import kill, line, path_of, phone, sign_in, stored, wait_until_kept
from tests.browser.steps import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "Жергілікті қойма «ұ қ ғ ә» 😀"

# Three browsers without IndexedDB: one has none, one forbids it, one opens it and fails.
BROKEN = {
    "none": "Object.defineProperty(window, 'indexedDB', { value: undefined });",
    "forbidden": "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); };",
    "failing": """IDBFactory.prototype.open = () => {
        const ask = {};
        setTimeout(() => ask.onerror());
        return ask;
    };""",
}


def in_local_storage(page: Page) -> list[Any]:
    """The values that wait there."""
    return page.evaluate(
        """() => Object.keys(localStorage).filter((key) => key.startsWith("applying:"))
            .map((key) => JSON.parse(localStorage.getItem(key)).value)"""
    )


@pytest.mark.parametrize("how", BROKEN)
def test_without_indexed_db_what_was_typed_offline_survives_the_page_and_is_sent(
    browser: Browser, live_server, how: str
):
    draft = factories.make_draft(factories.make_user("aiym@example.test", language="kk"))
    context = browser.new_context(viewport=PHONE, locale="kk-KZ")
    context.add_init_script(BROKEN[how])
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    context.set_offline(True)
    page.locator("main [name=title]").fill(TYPED)
    wait_until_kept(page, "title", TYPED)
    expect(line(page, "title")).to_have_attribute("data-kind", "kept")
    page.close()
    before = stored(draft)["title"]

    context.set_offline(False)
    context.route("**/save/", lambda route: route.abort())  # pages come again, nothing is saved yet
    page = context.new_page()
    page.goto(live_server.url + path_of(draft))
    expect(page.locator("main [name=title]")).to_have_value(TYPED)
    waiting = in_local_storage(page)
    context.unroute("**/save/")

    expect(line(page, "title")).to_have_attribute("data-kind", "saved")
    left = in_local_storage(page)
    context.close()
    assert (before, waiting) == ("Ойын студиясы", [TYPED])
    assert (left, stored(draft)["title"]) == ([], TYPED)


def test_without_indexed_db_signing_out_deletes_the_queue_too(browser: Browser, live_server):
    draft = factories.make_draft(factories.make_user("aiym@example.test", language="kk"))
    context = browser.new_context(viewport=PHONE, locale="kk-KZ")
    context.add_init_script(BROKEN["forbidden"])
    page = context.new_page()
    sign_in(page, live_server.url, draft.created_by, path_of(draft))
    page.locator("main [name=amount_requested]").fill("екі миллион")
    expect(line(page, "amount_requested")).to_have_attribute("data-kind", "wrong")
    before = in_local_storage(page)
    page.goto(f"{live_server.url}/kk/account/logout/")

    with page.expect_navigation():
        page.locator("main [data-sign-out] button").click()

    left = in_local_storage(page)
    context.close()
    assert (before, left) == (["екі миллион"], [])


def film_draft() -> Application:
    """Of a call whose fourth section asks for a table: where the money comes from."""
    officer = factories.make_user(roles=["officer"])
    questionnaire = add_usual_questionnaire(code="film-accelerator", by=officer)
    person = factories.make_user("aiym@example.test", language="kk")
    return factories.make_draft(person, factories.make_call(questionnaire=questionnaire))


def test_rows_of_a_table_are_kept_offline_and_sent_after_a_kill(browser_type: BrowserType, live_server, tmp_path: Path):
    draft = film_draft()
    folder, here = tmp_path / "phone", path_of(draft, "questions-3")
    with phone(browser_type, folder) as context:
        page = context.new_page()
        sign_in(page, live_server.url, draft.created_by, here)
        context.set_offline(True)
        page.fill("[name=q_sources-0-source]", "Өз қаражатымыз")
        page.fill("[name=q_sources-0-amount]", "1 500 000,50")
        page.click("[data-add-row=q_sources]")
        page.fill("[name=q_sources-1-source]", "Грант «Алматы»")
        page.wait_for_function(
            "() => Queue.all().then((all) => all.some((e) => e.value['q_sources-1-source']?.[0] === 'Грант «Алматы»'))"
        )
        before = draft.answer_set.values().get("sources")
        kill(folder)

    with phone(browser_type, folder) as context:
        page = context.new_page()
        sign_in(page, live_server.url, draft.created_by, here)
        page.wait_for_function("() => Queue.all().then((all) => all.length === 0)")
        shown = [page.input_value(f"[name=q_sources-{row}-source]") for row in (0, 1)]

    rows = draft.answer_set.values()["sources"]
    assert before is None
    assert shown == ["Өз қаражатымыз", "Грант «Алматы»"]
    assert [row.get("source") for row in rows] == shown
    assert rows[0]["amount"] == "1500000.5"
