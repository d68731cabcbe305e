"""Every page without an account on a phone, in three languages, light and dark (tests/browser/whole.py)."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser

from tests.browser.whole import LANGUAGES, BothThemes, addresses, opened_by
from tests.test_routes import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_without_an_account_is_whole(browser: Browser, live_server, language: str):
    world = World()
    client = world.browsers["stranger"]
    walk = BothThemes(browser, live_server.url, client)

    with override(language):
        for address in addresses(world, opened_by("stranger"), client):
            walk.open(address)
        walk.open(reverse("account_signup"))
    walk.fill(email="aiym@example.test", password1="жайлау самал 2026")
    walk.check("consent")
    walk.press("main form.panel button[type=submit]")  # to the page of the code

    where = walk.here
    walk.page.context.close()
    assert walk.faults == []
    assert "confirm-email" in where
