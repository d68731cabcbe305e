"""An applicant with a phone: from the first page to the receipt, in Kazakh, with and without JavaScript.

Each page on the way is measured: nothing wider than the screen, no accessibility fault that axe finds, no refusal by
the content security policy.
"""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from core.identifiers import control_digit
from grants.models import Application
from notifications.models import Message
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
EMAIL = "aiym@example.test"
WIDER = "document.documentElement.scrollWidth - window.innerWidth"


class Walk:
    """One page of a phone; what is wrong on the way is gathered and asked for at the end."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.faults: list[str] = []
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)

    def open(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.look()

    def press(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.look()

    def fill(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.fill(f"main [name={name}]", value)

    def choose(self, **fields: str) -> None:
        for name, value in fields.items():
            self.page.select_option(f"main [name={name}]", value)

    def look(self) -> None:
        where = self.page.url.removeprefix(self.base)
        if self.page.evaluate(WIDER) > 0:
            self.faults.append(f"{where} is wider than the screen")
        found = Axe().run(self.page).response["violations"]
        self.faults += [f"{where}: {fault['id']} {fault['nodes'][0]['html'][:120]}" for fault in found]


def iin() -> str:
    """An invented IIN with a right check digit."""
    first = "85010130012"
    return f"{first}{control_digit(first)}"


def sign_up(walk: Walk) -> None:
    walk.press("a.btn-primary[href*='/account/signup/']")
    walk.fill(email=EMAIL, password1="жайлау самал 2026")
    walk.page.check("main [name=consent]")
    walk.press("main form.panel button[type=submit]")
    code = Message.objects.get(event="account_code", address=EMAIL).context["code"]
    walk.fill(code=code)
    walk.press("main form.panel button[type=submit]")


def make_organisation(walk: Walk) -> None:
    walk.page.check("main [name=kind][value=ip]")
    walk.fill(name="ЖК «Айым Дизайн»", identifier=iin())
    sector = walk.page.locator("main [name=sector] option").nth(1).get_attribute("value")
    walk.choose(sector=sector or "", district="751110000")
    walk.press("main form button.btn-primary")


def fill_in(walk: Walk, folder: Path) -> None:
    walk.fill(title="Ою-өрнек кітапханасы", summary="Қазақ оюларының ашық цифрлық кітапханасы.")
    walk.fill(amount_requested="бір миллион", own_amount="300 000")
    walk.press("main form button.btn-primary")
    assert walk.page.input_value("main [name=amount_requested]") == "бір миллион"
    walk.fill(amount_requested="1 500 000")
    walk.press("main form button.btn-primary")
    walk.fill(q_problem="Оюлар шашыраңқы, дизайнерлер таба алмайды.", q_jobs="3")
    walk.press("main form button.btn-primary")
    wrong, right = folder / "смета.pdf", folder / "тұсаукесер.pdf"
    wrong.write_bytes(b"MZ" + b"\0" * 2000)
    right.write_bytes(factories.PDF)
    for file in (wrong, right):
        walk.page.set_input_files("main [type=file]", str(file))
        walk.press("#deck form[enctype] button[type=submit]")


def apply(walk: Walk, folder: Path) -> str:
    """From the first page to the receipt; returns the number that stands on it."""
    walk.open("/kk/")
    walk.press("main a[href*='/kk/calls/']")
    if not walk.page.url.rstrip("/").count("/calls/"):
        walk.press("main article a")
    sign_up(walk)
    make_organisation(walk)
    walk.press("main form button.btn-primary")  # begin
    walk.press("a.task__title >> nth=0")
    fill_in(walk, folder)
    walk.press("p.actions a.btn-primary")  # check and send
    walk.page.check("main [name=declaration]")
    walk.press("main form button.btn-primary")
    return walk.page.inner_text(".receipt__number")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_person_with_a_phone_applies_from_the_first_page_to_the_receipt(
    browser: Browser, live_server, tmp_path: Path, scripts: bool
):
    factories.make_user(roles=["officer"])
    factories.make_call()
    context = browser.new_context(viewport=PHONE, locale="kk-KZ", java_script_enabled=scripts)
    walk = Walk(context.new_page(), live_server.url)

    number = apply(walk, tmp_path)

    application = Application.objects.get()
    letter = Message.objects.get(event="submitted")
    context.close()
    assert walk.faults == []
    assert number == application.number
    assert (letter.address, letter.language) == (EMAIL, "kk")
    assert application.submissions.get().sha256 == letter.context["sha256"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_of_an_applicant_is_whole_on_a_phone(browser: Browser, live_server, theme: str):
    person = factories.make_user("dana@example.test", language="kk")
    draft = factories.make_draft(person)
    sent = factories.application_at("submitted", owner=person)
    context = browser.new_context(viewport=PHONE, color_scheme=theme)
    walk = Walk(context.new_page(), live_server.url)
    walk.open("/kk/account/login/?next=/kk/applications/")
    walk.fill(login=person.email, password="correct horse battery")
    walk.press("main form button[type=submit]")

    for path in ("edit/", "edit/project/", "edit/questions-0/", "edit/documents/", "check/", "withdraw/", ""):
        walk.open(f"/kk/applications/{draft.public_id}/{path}")
    for path in ("", "take-back/", "withdraw/", "check/"):
        walk.open(f"/ru/applications/{sent.public_id}/{path}")
    walk.open(f"/en/applications/receipts/{sent.submissions.get().public_id}/")
    walk.open("/ru/calls/")

    context.close()
    assert walk.faults == []
