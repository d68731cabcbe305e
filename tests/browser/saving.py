"""A phone for the tests of the saver: a throttled network, the browser's own store, and a kill that tells nobody.

The network is throttled by the browser's own protocol (400 kbit/s, 300 ms).
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, CDPSession, Error, Page, expect

from accounts.models import User
from grants.models import Application
from tests.browser.steps import PHONE
from tests.services import chromium

SLOW = {"offline": False, "latency": 300, "downloadThroughput": 50_000, "uploadThroughput": 50_000}

expect.set_options(timeout=20_000)  # two cores, throttled

PASSWORD = "correct horse battery"


def path_of(application: Application, section: str = "project", language: str = "kk") -> str:
    return f"/{language}/applications/{application.public_id}/edit/{section}/"


def sign_in(page: Page, base: str, person: User, path: str) -> None:
    page.goto(f"{base}/kk/account/login/?next={path}")
    page.fill("main [name=login]", person.email)
    page.fill("main [name=password]", PASSWORD)
    with page.expect_navigation():
        page.click("main form button[type=submit]")


def slow(context: BrowserContext, page: Page) -> CDPSession:
    """A slow network from now on; the session takes the network away, too."""
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    return session


def kept(page: Page) -> list[dict[str, Any]]:
    """What stands in the browser's own store, whoever asks."""
    return page.evaluate(
        """() => new Promise((done) => {
            const ask = indexedDB.open("applying", 1);
            ask.onsuccess = () => {
                const all = ask.result.transaction("texts").objectStore("texts").getAll();
                all.onsuccess = () => { ask.result.close(); done(all.result); };
            };
        })"""
    )


def wait_until_kept(page: Page, name: str, text: str) -> None:
    page.wait_for_function(
        """([name, text]) => Queue.all().then((all) => all.some((e) => e.field === name && e.value === text))""",
        arg=[name, text],
    )


def stored(application: Application) -> dict[str, Any]:
    row = Application.objects.get(pk=application.pk)
    return {"title": row.title, "summary": row.summary, "own_amount": f"{row.own_amount:,.0f}".replace(",", " ")}


def line(page: Page, name: str) -> Any:
    return page.locator(f"#div_id_{name} .saving")


@contextmanager
def phone(kind: BrowserType, folder: Path) -> Iterator[BrowserContext]:
    """A browser with a memory of its own, as a phone has; closed if it was not killed."""
    context = kind.launch_persistent_context(str(folder), viewport=PHONE, locale="kk-KZ", **chromium.launch_args())
    try:
        yield context
    finally:
        with suppress(Error):  # it was killed
            context.close()


def kill(folder: Path) -> None:
    """SIGKILL to every process of the browser that has this folder: nothing is told, nothing is closed."""
    listed = subprocess.run(["pgrep", "-f", f"user-data-dir={folder}"], capture_output=True, text=True, check=True)
    for pid in listed.stdout.split():
        try:
            os.kill(int(pid), signal.SIGKILL)
        except ProcessLookupError:  # a child that went with its parent
            continue
    (folder / "SingletonLock").unlink(missing_ok=True)
