"""The questions of a form with its script in a real browser on a phone: shown, counted, added, judged as one types."""

import pytest
from playwright.sync_api import Page

from questionnaires.actions.usual import add_usual_questionnaire
from tests import factories
from tests.browser.steps import PHONE, Walk

pytestmark = [pytest.mark.postgres]


@pytest.fixture
def film(page: Page, live_server, client, transactional_db):
    """The empty draft of a film, opened by its owner: goes to a section by its number."""
    officer = factories.make_user(roles=["officer"])
    questionnaire = add_usual_questionnaire(code="film-accelerator", by=officer)
    draft = factories.make_draft(call=factories.make_call(questionnaire=questionnaire))
    client.force_login(draft.created_by)
    for name, cookie in client.cookies.items():
        page.context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url}])
    page.set_viewport_size(PHONE)
    walk = Walk(page, live_server.url)

    def open_section(position: int) -> Walk:
        walk.open(f"/kk/applications/{draft.public_id}/edit/questions-{position}/")
        return walk

    return open_section


def test_a_question_appears_when_it_is_asked(film):
    walk = film(0)

    before = walk.page.is_visible("[name=q_episodes]")
    walk.page.check("[name=q_film_kind][value=series]")
    after = walk.page.is_visible("[name=q_episodes]")
    walk.page.check("[name=q_film_kind][value=short]")

    assert (before, after, walk.page.is_visible("[name=q_episodes]")) == (False, True, False)
    assert walk.faults == []


def test_rows_are_added_taken_away_and_counted_at_once(film):
    walk = film(3)
    page = walk.page

    page.fill("[name=q_film_budget]", "2 500 000")
    page.fill("[name=q_sources-0-amount]", "1 500 000,50")
    page.click("[data-add-row=q_sources]")
    page.fill("[name=q_sources-1-amount]", "999 999,50")
    kept = page.get_attribute("[data-rule='0']", "data-state")
    total, share = (
        page.inner_text("[data-calculated=sources_total]"),
        page.inner_text("[data-calculated=sources_share]"),
    )
    page.locator("#id_q_sources tbody tr").first.locator("[data-remove-row]").click()

    assert (total.replace("\u00a0", " "), share.replace("\u00a0", " ")) == ("2 500 000 ₸", "100 %")
    assert (kept, page.get_attribute("[data-rule='0']", "data-state")) == ("kept", "broken")
    assert page.inner_text("[data-calculated=sources_total]").replace("\u00a0", " ") == "999 999,50 ₸"
    walk.look()
    assert walk.faults == []


def test_a_text_that_is_too_long_says_by_how_much_and_keeps_every_letter(film):
    walk = film(1)
    page = walk.page

    page.fill("[name=q_statement]", "ғ" * 1503)

    assert "3" in page.inner_text("#div_id_q_statement .question__count")
    assert len(page.input_value("[name=q_statement]")) == 1503
