"""A whole season in a real browser: from an empty database to an award that everybody can read.

Staff work at a desk in the Django admin, the applicant and the experts on a phone of 360 px. Mails go through a real
Celery worker to a real SMTP server, and the applicant follows the links that stand in them.
"""

import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from accounts.models import Sector, User
from core import clock, seals
from grants.models import Application, Award, Call, Programme, ProgrammeYear
from grants.statuses import ApplicationStatus
from notifications.models import Message
from notifications.wake import wake_worker
from questionnaires.models import Questionnaire
from tests import factories
from tests.browser.steps import PHONE, Walk, iin, sign_in, sign_up
from tests.services import start_worker
from tests.services.mail import MailServer

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]
APPLICANT = "aliya@example.test"
REASONS = {"kk": "Жоба қала үшін маңызды.", "ru": "Проект важен для города."}
BETTER = "Қазақ тіліндегі ойын: алты тарау, мектептерге тегін."
CALL = {
    "title_kk": "Ойын студияларына гранттар",
    "title_ru": "Гранты игровым студиям",
    "title_en": "Grants for game studios",
    "summary_kk": "Қайтарылмайтын гранттар.",
    "summary_ru": "Безвозвратные гранты.",
    "summary_en": "Non-repayable grants.",
    "rules_kk": "Алматыда тіркелген шағын бизнеске.",
    "rules_ru": "Малому бизнесу, который зарегистрирован в Алматы.",
    "rules_en": "For small business registered in Almaty.",
    "min_amount": "500 000",
    "max_amount": "5 000 000",
    "own_share_percent": "20",
}
FACTS = {
    "title": "Дала ойындары",
    "summary": "Қазақ тіліндегі ойын.",
    "amount_requested": "3 000 000",
    "own_amount": "1 000 000",
}
ANSWERS = {
    "q_revenue": "4 500 000",
    "q_works": "https://example.kz/oiyn",
    "q_jobs_now": "4",
    "q_jobs_after": "7",
    "q_taxes": "600 000",
}
ANSWER = "Ойындар қазақ тілінде аз, біз алғашқы тарауды жасап, оқушылармен сынадық."


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
                    return (
                        next(part for part in mail.walk() if part.get_content_type() == "text/plain")
                        .get_payload(decode=True)
                        .decode()
                    )
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

    def phone(self) -> Walk:
        """A narrow screen on which each page is measured."""
        return self._walk(Walk(self.browser.new_context(viewport=PHONE, locale="kk-KZ").new_page(), self.base))

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


def prepare_the_year(desk: Walk) -> None:
    desk.open("/admin/grants/programme/add/")
    desk.fill(code="grants", name_kk="Грант бағдарламасы", name_ru="Грантовая программа", name_en="Grant programme")
    desk.press("[name=_save]")
    desk.open("/admin/grants/programmeyear/add/")
    desk.choose(programme=str(Programme.objects.get().pk))
    desk.fill(year="2026", budget="500 000 000", target_projects="100")
    desk.press("[name=_save]")
    desk.open("/admin/questionnaires/questionnaire/")
    desk.press("form[action$='/usual/'] button")


def publish_the_call(desk: Walk) -> Call:
    opens, closes = (timezone.localtime(clock.now() + timedelta(days=days)) for days in (-1, 20))
    desk.open("/admin/grants/call/add/")
    desk.choose(programme_year=str(ProgrammeYear.objects.get().pk), questionnaire=str(Questionnaire.objects.get().pk))
    desk.fill(**CALL, **moment("opens_at", opens), **moment("closes_at", closes))
    for box in desk.page.locator("[name=sectors]").all():
        box.check()
    desk.press("[name=_continue]")
    desk.press("form[action$='/fill/'] button")
    desk.press("form[action$='/publish/'] button")
    return Call.objects.get()


def moment(name: str, at: datetime) -> dict[str, str]:
    """The admin's two inputs of an instant, Almaty time."""
    return {f"{name}_0": at.strftime("%Y-%m-%d"), f"{name}_1": at.strftime("%H:%M:%S")}


def find_the_call_and_sign_up(phone: Walk, post: Post) -> None:
    phone.open("/kk/")
    phone.press("main a[href*='/kk/calls/']")
    sign_up(phone, APPLICANT, post.code)
    phone.page.check("[name=kind][value=llp]")
    phone.fill(name="ЖШС «Дала ойындары»", identifier=factories.make_bin(7), head_name="Әлия Сапарова", head_iin=iin())
    phone.choose(sector=str(Sector.objects.get(code="it").pk), district="751110000")
    phone.press("main form.stack button.btn-primary")
    phone.press("main form.draft-form button.btn-primary")


def fill_in_the_draft(phone: Walk, folder: Path) -> None:
    phone.press("a.task__title")
    phone.fill(**FACTS)
    phone.press("main form.draft-form button.btn-primary")
    while "/questions-" in phone.here:
        for field in phone.page.locator("main [name^=q_]").all():
            if field.get_attribute("type") == "checkbox":
                field.check()
            else:
                field.fill(ANSWERS.get(field.get_attribute("name") or "", ANSWER))
        phone.press("main form.draft-form button.btn-primary")
    paper = folder / "тұсаукесер.pdf"
    paper.write_bytes(factories.PDF)
    for key in Call.objects.get().requirements.filter(is_required=True).values_list("key", flat=True):
        phone.page.set_input_files(f"#{key} [type=file]", paper)
        phone.press(f"#{key} form[enctype] button[type=submit]")


def send(phone: Walk) -> str:
    phone.press("p.actions a[href$='/check/']")
    phone.check("declaration", "publication")
    phone.press("main form button.btn-primary")
    return phone.page.inner_text(".receipt__number")


def return_for_correction(desk: Walk) -> None:
    desk.open("/admin/")
    desk.press("form[action$='/application/next/'] button")
    for kind in ("documents", "substance", "tax_debt"):
        desk.press(f"#check-{kind} [name=result][value=passed]")
    panel = desk.page.locator("details.decide", has=desk.page.locator("form[action$='/open_correction/']"))
    panel.locator("summary").click()
    desk.page.check("[name=correction-fields][value=summary]")
    desk.page.fill("[name=correction-more_kk]", "Ойынның мазмұнын нақты жазыңыз.")
    desk.page.fill("[name=correction-more_ru]", "Опишите содержание игры точнее.")
    desk.press("form[action$='/open_correction/'] button")


def correct(phone: Walk, post: Post) -> None:
    phone.open(post.link("returned"))
    if not phone.here.endswith("/correction/"):
        phone.press("main a.btn-primary[href$='/correction/']")
    assert phone.page.locator("#correction textarea:visible").count() == 1
    phone.fill(summary=BETTER)
    phone.press("[name=then][value=send]")


def find_eligible_and_ask(desk: Walk, application: Application, experts: list[User]) -> None:
    desk.open(f"/admin/grants/application/{application.pk}/change/")
    assert BETTER in desk.page.inner_text("main ins")
    desk.press("form[action$='/find_eligible/'] button")
    desk.press("a[href*='/assignment/application/']")
    for _expert in experts:
        desk.press("[name=verb][value=assign]")


def score(phone: Walk, expert: User, points: int) -> None:
    sign_in(phone, expert, f"/{expert.language}/reviews/")
    phone.press("a.task__title")
    phone.press("main form.actions button.btn-primary")
    for criterion in ("idea", "market", "effect", "team", "budget", "export", "city"):
        phone.page.locator(f"[name=score_{criterion}][value='{points}'] ~ .scale__number").click()
    phone.fill(comment="Нарықты нақтылау керек.")
    phone.press("[name=submit]")


def stage_the_award(desk: Walk, amount: str) -> None:
    desk.open("/admin/grants/decision/")
    desk.press("a[href*='/decision/ranking/']")
    desk.press("table.ranking a[href*='/stage/'][href$='/award/']")
    desk.fill(amount=amount, reason_kk=REASONS["kk"], reason_ru=REASONS["ru"])
    desk.press("form[method=post] .decision-bar [type=submit]")


def release(desk: Walk) -> None:
    desk.open("/admin/grants/decision/")
    desk.press("a[href*='/decision/ranking/']")
    desk.press("a[href*='/decision/release/']")
    desk.check("confirmed")
    desk.press("main form.sheet button[type=submit]")


def words_of(walk: Walk) -> str:
    """What stands on the page, with plain spaces in its numbers."""
    return re.sub(r"\s+", " ", walk.page.inner_text("main"))


def test_a_season_runs_from_an_empty_portal_to_a_published_award(town: Town, post: Post, tmp_path: Path):
    officer, secretary, member = (factories.make_staff(role) for role in ("officer", "secretary", "commission"))
    experts = [factories.make_expert().user for _ in range(3)]
    desk, phone = town.desk(officer), town.phone()

    prepare_the_year(desk)
    call = publish_the_call(desk)
    find_the_call_and_sign_up(phone, post)
    fill_in_the_draft(phone, tmp_path)
    number = send(phone)
    application = Application.objects.get()
    return_for_correction(desk)
    correct(phone, post)
    find_eligible_and_ask(desk, application, experts)
    for expert, points in zip(experts, (4, 3, 4), strict=True):
        score(town.phone(), expert, points)
    # Twenty days cannot be waited for, and the live server's clock is everybody's: the day of closing is moved instead.
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))
    stage_the_award(town.desk(secretary), "2 500 000")
    release(town.desk(member))
    phone.open(post.link("decided_award"))
    decision = words_of(phone)
    public = town.phone()
    public.open(f"/kk/calls/{call.public_id}/")
    results = words_of(public)
    public.open("/kk/progress/grants/")
    progress = words_of(public)
    post.wait_until_all_is_sent()

    assert town.faults == []
    application.refresh_from_db()
    assert (application.number, application.status) == (number, ApplicationStatus.AWARDED)
    assert list(Award.objects.values_list("application__number", "amount")) == [(number, 2_500_000)]
    assert [word for word in (REASONS["kk"], "2 500 000 ₸") if word not in decision] == []
    for page in (results, progress):
        assert [word for word in ("Дала ойындары", "2 500 000 ₸") if word not in page] == []
    sent = Message.objects.filter(cancelled_at=None).order_by("event")
    assert list(sent.values_list("event", "language")) == [
        ("account_code", "kk"),
        *[("assigned", "ru")] * 3,
        ("decided_award", "kk"),
        ("returned", "kk"),
        ("submitted", "kk"),
    ]
    arrived = [mail["Message-ID"] for mail in post.server.received]
    assert sorted(arrived) == sorted(message.message_id for message in sent)
    assert seals.verify().faults == ()
