"""An applicant with a phone: from the first page to the receipt, in Kazakh, with and without JavaScript.

Each page on the way is measured: nothing wider than the screen, no accessibility fault that axe finds, no refusal by
the content security policy.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from grants.models import Application
from notifications.models import Message
from tests import factories
from tests.browser.steps import PHONE, Walk, give_file, iin, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL = "aiym@example.test"


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
        give_file(walk, "deck", file, is_taken=file == right)


def apply(walk: Walk, folder: Path) -> str:
    """From the first page to the receipt; returns the number that stands on it."""
    walk.open("/kk/")
    walk.press("main a[href*='/kk/calls/']")
    if not walk.page.url.rstrip("/").count("/calls/"):
        walk.press("main article a")
    sign_up(walk, EMAIL)
    make_organisation(walk)
    walk.press("main form button.btn-primary")  # begin
    walk.press("a.task__title >> nth=0")
    fill_in(walk, folder)
    walk.press("p.actions a[href$='/check/']")
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
    walk = Walk(context.new_page(), live_server.url, scripts=scripts)

    number = apply(walk, tmp_path)

    application = Application.objects.get()
    letter = Message.objects.get(event="submitted")
    context.close()
    assert walk.faults == []
    assert number == application.number
    assert (letter.address, letter.language) == (EMAIL, "kk")
    assert application.submissions.get().sha256 == letter.context["sha256"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pages_in_the_states_that_test_whole_states_does_not_reach_are_whole_too(
    browser: Browser, live_server, theme: str
):
    person = factories.make_user("dana@example.test", language="kk")
    draft = factories.make_draft(person)
    sent = factories.application_at("submitted", owner=person)
    context = browser.new_context(viewport=PHONE, color_scheme=theme)
    walk = Walk(context.new_page(), live_server.url)
    walk.open("/kk/account/login/?next=/kk/applications/")
    walk.fill(login=person.email, password="correct horse battery")
    walk.press("main form button[type=submit]")

    for language in ("kk", "ru", "en"):
        walk.open(f"/{language}/applications/{draft.public_id}/edit/questions-0/")
        for path in ("take-back/", "withdraw/", "check/"):
            walk.open(f"/{language}/applications/{sent.public_id}/{path}")
        for path in ("", "calls/", f"calls/{draft.call.public_id}/"):  # signed in
            walk.open(f"/{language}/{path}")

    context.close()
    assert walk.faults == []
