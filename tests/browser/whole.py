"""A page is whole: it fits a phone and axe finds nothing, in the light, and its colours in the dark. Which pages: those
of `tests/routes_table.py`; one that is added there is measured from then on.
"""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser

from tests.browser.steps import PHONE, Walk
from tests.routes_table import PAGES, PEOPLE
from tests.test_routes import World

LANGUAGES = ("kk", "ru", "en")
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # the rules of axe that a theme can break


def opened_by(person: str) -> set[str]:
    """The routes that answer this person with a page or a file."""
    place = PEOPLE.index(person)
    return {name for name, letters in PAGES.items() if letters[place] == "."}


def addresses(world: World, names: set[str], client: Client) -> Iterator[str]:
    """In the language that is spoken now; without those of files."""
    for name in sorted(names):
        address = reverse(name, args=world.arguments(name.rpartition(":")[2]))
        if client.get(address).headers["Content-Type"].startswith("text/html"):
            yield address


class BothThemes(Walk):
    """The same person in a real browser: each page is measured in the light, and its colours in the dark, too."""

    def __init__(self, browser: Browser, base: str, client: Client) -> None:
        context = browser.new_context(viewport=PHONE)
        if settings.SESSION_COOKIE_NAME in client.cookies:
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
        super().__init__(context.new_page(), base)

    def look(self) -> None:
        super().look()
        self.page.emulate_media(color_scheme="dark")
        found = Axe().run(self.page, options=COLOURS).response["violations"]
        self.faults += [f"{self.here}, dark: {fault['id']} {fault['nodes'][0]['html'][:120]}" for fault in found]
        self.page.emulate_media(color_scheme="light")


def faults_of(browser: Browser, base: str, language: str, names: set[str]) -> list[str]:
    """What is wrong with these pages of an applicant in one language."""
    world = World()
    client = world.browsers["applicant"]
    walk = BothThemes(browser, base, client)
    with override(language):
        for address in addresses(world, names, client):
            walk.open(address)
    walk.page.context.close()
    return walk.faults


def of_an_account() -> set[str]:
    """What an applicant opens and a stranger does not."""
    return opened_by("applicant") - opened_by("stranger")
