"""Every page of an account on a phone, in three languages, light and dark (tests/browser/whole.py): what an applicant
writes, and who they are.
"""

import pytest
from playwright.sync_api import Browser

from tests.browser.whole import LANGUAGES, faults_of, of_an_account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def written() -> set[str]:
    """Applications, calls, papers."""
    return {name for name in of_an_account() if name.startswith("grants:")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_on_which_one_applies_is_whole(browser: Browser, live_server, language: str):
    assert faults_of(browser, live_server.url, language, written()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_other_page_of_an_account_is_whole(browser: Browser, live_server, language: str):
    assert faults_of(browser, live_server.url, language, of_an_account() - written()) == []
