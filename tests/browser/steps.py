"""What browser tests share: a walk over pages that are measured on the way, signing up, signing in with two factors."""

import time
from collections.abc import Callable
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from accounts.models import User
from core.identifiers import control_digit
from notifications.models import Message

PHONE = {"width": 360, "height": 740}
WIDER = "document.documentElement.scrollWidth - window.innerWidth"
STEP = 30  # seconds for which a one-time password stands


class Walk:
    """One page of a browser; what is wrong on the way is gathered and asked for at the end.

    Whatever the console calls an error is a fault: a refusal of the content security policy, a file that is missing,
    a script that fails. On a measured walk so is a page wider than the screen, and each violation that axe finds.
    Where the browser runs no scripts (`scripts=False`) only the width is measured: axe would wait for ever.
    """

    def __init__(self, page: Page, base: str, *, is_measured: bool = True, scripts: bool = True) -> None:
        self.page, self.base, self.is_measured, self.scripts = page, base, is_measured, scripts
        self.faults: list[str] = []
        page.on(
            "console", lambda said: self.faults.append(f"{said.text} {self.here}") if said.type == "error" else None
        )
        page.on("pageerror", lambda error: self.faults.append(f"{error} {self.here}"))

    @property
    def here(self) -> str:
        """The address without the host."""
        return self.page.url.removeprefix(self.base)

    def open(self, path: str) -> None:
        """Goes to an address of the portal."""
        self.page.goto(self.base + path.removeprefix(self.base))
        self.look()

    def press(self, selector: str) -> None:
        """Presses the first such link or button, which leads to another page."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.look()

    def fill(self, **fields: str) -> None:
        """Types into the fields of these names."""
        for name, value in fields.items():
            self.page.fill(f"main [name={name}]", value)

    def choose(self, **fields: str) -> None:
        """Chooses these values in lists."""
        for name, value in fields.items():
            self.page.select_option(f"main [name={name}]", value)

    def check(self, *names: str) -> None:
        """Ticks the boxes of these names."""
        for name in names:
            self.page.check(f"main [name={name}]")

    def look(self) -> None:
        """Measures the page that is open."""
        if not self.is_measured:
            return
        if self.page.evaluate(WIDER) > 0:
            self.faults.append(f"{self.here} is wider than the screen")
        if not self.scripts:
            return
        found = Axe().run(self.page).response["violations"]
        self.faults += [f"{self.here}: {fault['id']} {fault['nodes'][0]['html'][:120]}" for fault in found]


def give_file(walk: Walk, key: str, path: Path, *, is_taken: bool = True) -> None:
    """Chooses a file for one document: with scripts it is on its way at once, without them a button sends it."""
    walk.page.set_input_files(f"#{key} [type=file]", path)
    if walk.scripts:
        kind = "done" if is_taken else "bad"
        walk.page.wait_for_selector(f"#{key} .upload__status[data-kind={kind}]")
        if not is_taken:  # the browser writes down every refusal of the server
            walk.faults = [fault for fault in walk.faults if "status of 409" not in fault]
        walk.look()
    else:
        walk.press(f"#{key} [data-upload-button]")


def iin() -> str:
    """An invented IIN with a right check digit."""
    first = "85010130012"
    return f"{first}{control_digit(first)}"


def sign_up(walk: Walk, email: str, read_code: Callable[[], str] | None = None) -> None:
    """From the page of a call, with the code of the letter; by default the code is read where it waits to be sent."""
    walk.press("a.btn-primary[href*='/account/signup/']")
    walk.fill(email=email, password1="жайлау самал 2026")
    walk.check("consent")
    walk.press("main form.panel button[type=submit]")
    code = read_code() if read_code else Message.objects.get(event="account_code", address=email).context["code"]
    walk.fill(code=code)
    walk.press("main form.panel button[type=submit]")


LAST_STEP: dict[str, int] = {}  # secret -> the step whose digits were typed last


def sign_in(walk: Walk, person: User, path: str) -> None:
    """A person with a role: the password, then what the app on their phone shows now."""
    walk.open(f"/{person.language}/account/login/?next={path}")
    walk.fill(login=person.email, password="correct horse battery")
    walk.press("main form.panel button[type=submit]")
    walk.fill(code=one_time_password(person))
    walk.press("main form.panel button[type=submit]")


def one_time_password(person: User) -> str:
    """The six digits of this moment; near the end of a step, or where this step's were used already (they are taken
    once), those of the next one.
    """
    secret = decrypt(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP).data["secret"])
    left = STEP - time.time() % STEP
    if left < 3 or LAST_STEP.get(secret) == int(time.time()) // STEP:
        time.sleep(left)
    LAST_STEP[secret] = int(time.time()) // STEP
    return format_hotp_value(hotp_value(secret, LAST_STEP[secret]))
