"""A whole season in a real browser: from an empty database to an award that everybody can read.

Staff work at a desk in the Django admin, the applicant and the experts on a phone of 360 px. Mails go through a real
Celery worker to a real SMTP server, and the applicant follows the links that stand in them.
"""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from email.message import Message as EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from accounts.models import User
from core import clock, seals
from grants.models import Application, Award, Call, ProgrammeYear
from grants.statuses import ApplicationStatus
from notifications.models import Message
from notifications.wake import wake_worker
from tests import factories
from tests.browser import season
from tests.browser.steps import PHONE, Walk, sign_in
from tests.services import start_worker
from tests.services.mail import MailServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
APPLICANT = "aliya@example.test"
EXPECTED_LETTERS = [
    ("account_code", "kk"),
    ("assigned", "ru"),
    ("assigned", "ru"),
    ("decided_award", "kk"),
    ("meeting_notice", "ru"),
    ("returned", "kk"),
    ("submitted", "kk"),
]


class Post:
    """The SMTP server as its readers see it: letters that have arrived."""

    def __init__(self, server: MailServer) -> None:
        self.server = server

    def letter(self, event: str, address: str = APPLICANT) -> str:
        """The plain text of the letter about an event, once the worker has delivered it."""
        wanted = Message.objects.get(event=event, address=address).message_id
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for mail in list(self.server.received):
                if mail["Message-ID"] == wanted:
                    return plain_text(mail)
            time.sleep(0.05)
        raise AssertionError(f"the letter «{event}» did not arrive")

    def code(self) -> str:
        """The code that a new address is asked for: a line of its own."""
        found = re.search(r"^[0-9A-Z]{3,}(-[0-9A-Z]{3,})?\s*$", self.letter("account_code"), re.MULTILINE)
        assert found
        return found[0].strip()

    def link(self, event: str) -> str:
        """The address that stands in a letter."""
        found = re.search(r"http\S+", self.letter(event))
        assert found
        return found[0]

    def wait_until_all_is_sent(self) -> None:
        """Wakes the worker as the beat does."""
        deadline = time.monotonic() + 20
        while Message.objects.pending().exists() and time.monotonic() < deadline:
            wake_worker()
            time.sleep(0.2)


def plain_text(mail: EmailMessage) -> str:
    """The part of a letter that every mail program shows."""
    part = next(part for part in mail.walk() if part.get_content_type() == "text/plain")
    return part.get_payload(decode=True).decode()


@pytest.fixture
def post(transactional_db, live_server, settings, tmp_path: Path) -> Iterator[Post]:
    settings.SITE_URL = live_server.url
    server = MailServer()
    try:
        worker = start_worker(tmp_path / "worker.log", EMAIL_URL=server.url, SITE_URL=live_server.url)
        yield Post(server)
        worker.stop()
    finally:
        server.stop()


class Town:
    """Everybody with a browser of their own."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser, self.base = browser, base
        self.walks: list[Walk] = []

    def phone(self, *, is_measured: bool = True) -> Walk:
        """A narrow screen."""
        page = self.browser.new_context(viewport=PHONE, locale="kk-KZ").new_page()
        return self._walk(Walk(page, self.base, is_measured=is_measured))

    def desk(self, person: User) -> Walk:
        """A member of the staff who has signed in to the admin."""
        page = self.browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        walk = self._walk(Walk(page, self.base, is_measured=False))
        sign_in(walk, person, "/admin/")
        return walk

    def _walk(self, walk: Walk) -> Walk:
        self.walks.append(walk)
        return walk

    @property
    def faults(self) -> list[str]:
        """What was wrong on anybody's way."""
        return [fault for walk in self.walks for fault in walk.faults]


@pytest.fixture
def town(transactional_db, live_server, browser: Browser) -> Iterator[Town]:
    made = Town(browser, live_server.url)
    yield made
    for walk in made.walks:
        walk.page.context.close()


def words_of(walk: Walk) -> str:
    """What stands on the page, with plain spaces in its numbers."""
    return re.sub(r"\s+", " ", walk.page.inner_text("main"))


def read_the_results(public: Walk, call: Call) -> list[str]:
    """What anybody reads: the page of the call, the progress of the year."""
    pages = []
    for path in (f"/kk/calls/{call.public_id}/", "/kk/progress/grants/"):
        public.open(path)
        pages.append(words_of(public))
    return pages


def test_a_season_runs_from_an_empty_portal_to_a_published_award(town: Town, post: Post, tmp_path: Path):
    officer, secretary = (factories.make_staff(role) for role in ("officer", "secretary"))
    commission = factories.make_committee(1)
    member = commission.seats.get().user
    first, second = (factories.make_expert().user for _ in range(2))
    desk, phone = town.desk(officer), town.phone()

    season.prepare_the_year(desk)
    call = season.publish_the_call(desk, town.desk(factories.make_staff("administrator")), commission)
    season.find_the_call_and_sign_up(phone, APPLICANT, post.code)
    season.fill_in_the_draft(phone, tmp_path)
    number = season.send(phone)
    season.return_for_correction(desk)
    season.correct(phone, post.link("returned"))
    season.find_eligible_and_ask(desk, [first, second])
    season.score(town.phone(), first, 4)
    season.score(town.phone(is_measured=False), second, 3)  # the same pages were measured a moment ago
    # Twenty days cannot be waited for, and the live server's clock is everybody's: the day of closing is moved instead.
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))
    records = town.desk(secretary)
    meeting, seat = season.call_a_meeting(records, commission, "2 500 000"), town.phone()
    season.declare(seat, member, meeting)
    season.open_the_vote(records, meeting)
    season.vote(seat, meeting)
    season.count_and_minute(records, meeting)
    season.propose_the_release(records)
    season.release(town.desk(member))
    phone.open(post.link("decided_award"))
    decision = words_of(phone)
    results = read_the_results(town.phone(), call)
    post.wait_until_all_is_sent()

    assert town.faults == []
    application = Application.objects.get()
    assert (application.number, application.status) == (number, ApplicationStatus.AWARDED)
    assert list(Award.objects.values_list("application", "amount")) == [(application.pk, 2_500_000)]
    assert ProgrammeYear.objects.get().remaining == 497_500_000
    assert [words for words in (season.REASONS["kk"], "2 500 000 ₸") if words not in decision] == []
    assert [page for page in results if season.FACTS["title"] not in page or "2 500 000 ₸" not in page] == []
    sent = Message.objects.filter(cancelled_at=None).order_by("event")
    assert list(sent.values_list("event", "language")) == EXPECTED_LETTERS
    arrived = [mail["Message-ID"] for mail in post.server.received]
    assert sorted(arrived) == sorted(message.message_id for message in sent)
    assert seals.verify().faults == ()
