"""Signing in a real browser: a test double plays NCALayer on its socket and signs with the test authority's keys."""

import base64
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, WebSocketRoute

from core.models import AuditEvent
from documents.models import Signature
from tests.browser.steps import PHONE, Walk
from tests.documents import authority, files
from tests.documents.authority import AT, BIN, IIN
from tests.documents.signing import CONTENT, contract, head, organisation_of, pin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
SOCKET = re.compile(r"^wss://127\.0\.0\.1:13579/?$")
GREETING = '{"result":{"version":"1.4"}}'
Answer = Callable[[dict[str, Any]], Any]


class Desk:
    """A signer at the test page of `tests/documents/sign_urls.py`; what the page asked of NCALayer is in `asked`."""

    def __init__(self, browser: Browser, base: str, *, language: str = "ru", **context: Any) -> None:
        person = head(language=language, display_name="Әлия Сапарова")
        organisation_of(person)
        self.document = contract()
        client = Client()
        client.force_login(person)
        self.context = browser.new_context(**{"viewport": DESKTOP, **context})
        cookies = {"sessionid": client.cookies["sessionid"].value, "django_language": language}
        self.context.add_cookies([{"name": name, "value": value, "url": base} for name, value in cookies.items()])
        self.page: Page = self.context.new_page()
        self.walk = Walk(self.page, base)
        self.asked: list[dict[str, Any]] = []

    def ncalayer(self, answer: Answer) -> None:
        """From now on this one runs on the machine: greeting, heartbeat, and `answer` to what is asked."""

        def play(socket: WebSocketRoute) -> None:
            def hear(text: str | bytes) -> None:
                self.asked.append(json.loads(text))
                socket.send("--heartbeat--")
                said = answer(self.asked[-1])
                socket.send(said if isinstance(said, str) else json.dumps(said))

            socket.on_message(hear)
            socket.send(GREETING)
            socket.send("--heartbeat--")

        self.page.route_web_socket(SOCKET, play)

    def open(self) -> None:
        self.walk.open("/sign-test/")

    def said(self, words: str) -> None:
        """Waits for the line below the button to say this, and for the button to be ready again."""
        for _attempt in range(500):  # the content security policy forbids Playwright's own waiting
            if words in self.page.inner_text("[data-ncalayer] [role=status]"):
                assert self.page.is_enabled("[data-ncalayer] button")
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(self.page.inner_text("[data-ncalayer]"))


@pytest.fixture
def desk(live_server, browser: Browser, settings, tmp_path, at) -> Callable[..., Desk]:
    settings.ROOT_URLCONF = "tests.documents.sign_urls"
    pin(settings, tmp_path, authority.root("gost512"))
    at(AT)
    return lambda **how: Desk(browser, live_server.url, **how)


def signing(asked: dict[str, Any]) -> dict[str, Any]:
    """What NCALayer does with a key of the test authority."""
    content = base64.b64decode(asked["args"]["data"])
    cms = authority.as_base64(authority.sign(authority.issue("gost512"), content)).decode()
    return {"status": True, "body": {"result": [cms]}}


@pytest.mark.parametrize("language", ["kk", "en"])
def test_a_contract_is_signed_through_ncalayer_with_a_gost_key(desk, language):
    place = desk(language=language)
    place.ncalayer(signing)
    place.open()

    place.walk.press("[data-ncalayer] button")

    signature = Signature.objects.get()
    assert (signature.way, signature.result, signature.is_test) == ("ncalayer", "unrevoked_unknown", True)
    assert (signature.algorithm, signature.document) == ("GOST R 34.10-2012, 512", place.document)
    assert {"kk": "ТЕСТ", "en": "TEST"}[language] in place.page.inner_text("main")
    assert base64.b64decode(place.asked[0]["args"].pop("data")) == CONTENT
    assert place.asked == [question({"kk": "kk", "en": "ru"}[language])]
    assert place.walk.faults == []


def question(locale: str) -> dict[str, Any]:
    """What NCALayer has to be asked: a detached signature with a signing key of this very signer."""
    args = {
        "allowedStorages": None,
        "format": "cms",
        "signingParams": {"decode": True, "encapsulate": False, "digested": False, "tsaProfile": {}},
        "signerParams": {"extKeyUsageOids": ["1.3.6.1.5.5.7.3.4"], "iin": IIN, "bin": BIN},
        "locale": locale,
    }
    return {"module": "kz.gov.pki.knca.basics", "method": "sign", "args": args}


ANSWERS = {
    "cancelled": ({"status": True, "body": {}}, "You closed the window of NCALayer"),
    "an error": ({"status": False, "code": "500", "message": "Қате құпиясөз"}, "It says: Қате құпиясөз"),
    "cancelled with a list": ({"status": True, "body": {"result": []}}, "You closed the window of NCALayer"),
    "no module": ({"success": False, "errorCode": "MODULE_NOT_FOUND"}, "This NCALayer is too old"),
}


def test_what_ncalayer_answers_instead_is_said_in_words_and_nothing_is_sent(desk):
    place, answers = desk(language="en"), iter([answer for answer, _words in ANSWERS.values()])
    place.ncalayer(lambda asked: next(answers))
    place.open()

    for _answer, words in ANSWERS.values():
        place.page.click("[data-ncalayer] button")
        place.said(words)

    assert (Signature.objects.count(), AuditEvent.objects.filter(verb="signature.refuse").count()) == (0, 0)
    assert place.walk.faults == []


def test_without_ncalayer_the_page_says_so_and_its_policy_did_not_forbid_to_ask(desk):
    place = desk(language="en")
    place.open()

    place.page.click("[data-ncalayer] button")

    place.said("NCALayer does not run on this computer.")
    assert [fault for fault in place.walk.faults if "Content Security Policy" in fault] == []
    assert [fault for fault in place.walk.faults if "13579" not in fault] == []


def test_a_signature_that_does_not_hold_comes_back_with_its_sentence(desk):
    place = desk(language="en")
    place.ncalayer(lambda asked: signing({"args": {"data": base64.b64encode(CONTENT + b" ").decode()}}))
    place.open()

    place.walk.press("[data-ncalayer] button")

    assert "at least one byte differs" in place.page.inner_text("[role=alert]")
    assert Signature.objects.count() == 0


def test_on_a_phone_ncalayer_is_not_offered_and_a_file_signs(desk, tmp_path):
    agent = "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36"
    place = desk(language="kk", viewport=PHONE, user_agent=agent, has_touch=True, is_mobile=True)
    place.open()
    ready = tmp_path / "contract.cms"
    ready.write_bytes(authority.sign(authority.issue("gost512"), CONTENT))

    is_offered = place.page.is_visible("[data-ncalayer]")
    place.page.set_input_files("#sign-container", ready)
    place.walk.press("main form:has(#sign-container) button")

    assert is_offered is False
    assert Signature.objects.get().way == "file"
    assert place.walk.faults == []


def test_without_scripts_a_scan_signs(desk, tmp_path):
    place = desk(language="ru", viewport=PHONE, java_script_enabled=False)
    place.walk.scripts = False
    place.open()
    scan = tmp_path / "скан.pdf"
    scan.write_bytes(files.pdf())

    is_offered = place.page.is_visible("[data-ncalayer]")
    place.page.set_input_files("#sign-scan", scan)
    place.walk.press("main form:has(#sign-scan) button")

    assert is_offered is False
    assert (Signature.objects.get().way, Signature.objects.get().result) == ("scan", "attached")
    assert place.walk.faults == []


def test_the_page_fits_a_phone_in_the_dark_and_is_accessible(desk):
    place = desk(language="kk", viewport=PHONE, color_scheme="dark")
    place.open()

    place.page.click("main form:has(#sign-scan) button", no_wait_after=True)
    place.page.wait_for_selector("#sign-scan-error")
    place.walk.look()

    assert place.walk.faults == []
