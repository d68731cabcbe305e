"""Every page of an applicant on a phone, in three languages, light and dark: it fits, and axe finds nothing.

The pages are those of `tests/routes_table.py`: one that is added there is measured here from then on.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser

from accounts.models import User
from grants.actions.corrections import open_correction
from grants.models import Application
from grants.statuses import ApplicationStatus as A
from questionnaires.actions.usual import add_usual_questionnaire
from tests import factories
from tests.browser.steps import PHONE, Walk
from tests.routes_table import PAGES, PEOPLE
from tests.test_routes import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ("kk", "ru", "en")
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}  # the rules of axe that a theme can break
STATES = (A.SUBMITTED, A.INELIGIBLE, A.AWARDED, A.RESERVED, A.DECLINED, A.WITHDRAWN)


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_an_account_is_whole(browser: Browser, live_server, language: str):
    world = World()
    client = world.browsers["applicant"]
    walk = BothThemes(browser, live_server.url, client)

    with override(language):
        for address in addresses(world, opened_by("applicant") - opened_by("stranger"), client):
            walk.open(address)

    walk.page.context.close()
    assert walk.faults == []


def one_of_each(person: User) -> list[Application]:
    """Applications in every state, the first with a correction; the draft of a film, with questions of many types."""
    officer = factories.make_user(roles=["officer"])
    film = factories.make_call(questionnaire=add_usual_questionnaire(code="film-accelerator", by=officer))
    sent = [factories.application_at(status, owner=person) for status in STATES]
    fields = ["title", "q_problem", "doc_deck"]
    open_correction(sent[0], fields=fields, reason_kk="Анық емес.", reason_ru="Неясно.", by=officer)
    return [*sent, factories.make_draft(person, film)]


def test_every_state_and_many_types_of_question_are_whole(browser: Browser, live_server):
    person, client = factories.make_user(), Client()
    *sent, film = one_of_each(person)
    sections = [f"questions-{n}" for n in range(len(film.answer_set.version.content["sections"]))]
    client.force_login(person)
    walk = BothThemes(browser, live_server.url, client)

    for language in LANGUAGES:
        with override(language):
            for application in sent:
                walk.open(reverse("grants:application_detail", args=[application.public_id]))
            walk.open(reverse("grants:correction_edit", args=[sent[0].public_id]))
            walk.open(reverse("grants:application_list"))
            for section in sections:
                walk.open(reverse("grants:application_section", args=[film.public_id, section]))

    walk.page.context.close()
    assert walk.faults == []
