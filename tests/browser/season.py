"""The scenes of a season, each by the pages that its people use: staff at a desk, applicant and experts on a phone.

Staff read Russian and the applicant Kazakh, so nothing here is looked for by its words.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Locator, expect

from accounts.models import Sector, User
from committees.models import Committee, Meeting
from core import clock
from grants.models import Application, Call, Programme, ProgrammeYear
from questionnaires.models import Questionnaire
from tests import factories
from tests.browser.steps import Walk, give_file, iin, sign_in, sign_up

REASONS = {"kk": "Жоба қала үшін маңызды.", "ru": "Проект важен для города."}
MOTIVES = {"kk": "Бірінші тарауға осы қаражат жетеді.", "ru": "Этих денег хватит на первую главу."}
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
    "reviews_needed": "2",
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
LINE = {
    "category": "services",
    "item": "Ойын графикасы",
    "quantity": "1",
    "unit_price": "4 000 000",
    "grant_amount": "3 000 000",
    "own_amount": "1 000 000",
}
ANSWER = "Ойындар қазақ тілінде аз, біз алғашқы тарауды жасап, оқушылармен сынадық."


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


def publish_the_call(desk: Walk, second: Walk, commission: Committee) -> Call:
    """An officer prepares and proposes, an administrator publishes."""
    opens, closes = (timezone.localtime(clock.now() + timedelta(days=days)) for days in (-1, 20))
    desk.open("/admin/grants/call/add/")
    desk.choose(programme_year=str(ProgrammeYear.objects.get().pk), questionnaire=str(Questionnaire.objects.get().pk))
    desk.fill(**CALL, **moment("opens_at", opens), **moment("closes_at", closes))
    desk.choose(commission=str(commission.pk))
    for box in desk.page.locator("[name=sectors]").all():
        box.check()
    desk.press("[name=_continue]")
    desk.press("form[action$='/fill/'] button")
    desk.press("form[action$='/propose_publishing/'] button")
    second.open(f"/admin/grants/call/{Call.objects.get().pk}/change/")
    second.press("form[action$='/publish/'] button")
    return Call.objects.get()


def moment(name: str, at: datetime) -> dict[str, str]:
    """The admin's two inputs of an instant, Almaty time."""
    return {f"{name}_0": at.strftime("%Y-%m-%d"), f"{name}_1": at.strftime("%H:%M:%S")}


def find_the_call_and_sign_up(phone: Walk, email: str, read_code: Callable[[], str]) -> None:
    phone.open("/kk/")
    phone.press("main a[href*='/kk/calls/']")
    sign_up(phone, email, read_code)
    phone.page.check("[name=kind][value=llp]")
    phone.fill(name="ЖШС «Дала ойындары»", identifier=factories.make_bin(7), head_name="Әлия Сапарова", head_iin=iin())
    phone.choose(sector=str(Sector.objects.get(code="it").pk), district="751110000")
    phone.press("main form.stack button.btn-primary")
    phone.press("main form.draft-form button.btn-primary")


def fill_in_the_draft(phone: Walk, folder: Path) -> None:
    phone.press("a.task__title")
    phone.fill(**FACTS)
    phone.press("main form.draft-form button.btn-primary")
    for _section in range(12):
        if "/questions-" in phone.here:
            for field in phone.page.locator("main [name^=q_]").all():
                answer(phone, field)
        elif "/edit/plan/" in phone.here:
            fill_cards(phone, [{"title": f"Кезең {n}", "due_on": day_of(n), "proof": "Сілтеме"} for n in (1, 2, 3)])
        elif "/edit/budget/" in phone.here:
            fill_cards(phone, [LINE | {"supplier_identifier": factories.make_bin(9)}])
        else:
            break
        phone.press("main form.draft-form button.btn-primary")
    paper = folder / "тұсаукесер.pdf"
    paper.write_bytes(factories.PDF)
    asked = Call.objects.get().requirements.before_decision().filter(is_required=True)
    for key in asked.values_list("key", flat=True):
        give_file(phone, key, paper)


def day_of(step: int) -> str:
    """A day some months after the call has closed."""
    return (timezone.localdate() + timedelta(days=60 * step)).isoformat()


def fill_cards(phone: Walk, rows: list[dict[str, str]]) -> None:
    """As many cards as there are rows, each filled in; the button adds a card on the spot."""
    cards = phone.page.locator("[data-card-list] > li")
    while cards.count() < len(rows):
        before = cards.count()
        phone.page.locator("[name=then][value=add]").click()
        expect(cards).to_have_count(before + 1)
    for card, row in zip(cards.all(), rows, strict=False):
        for name, text in row.items():
            field = card.locator(f"[name$='-{name}']")
            field.select_option(text) if name == "category" else field.fill(text)


def answer(phone: Walk, field: Locator) -> None:
    """One input of a question that is asked now: a box is ticked, of several circles the first, a text is typed."""
    name, kind = field.get_attribute("name") or "", field.get_attribute("type")
    if not field.is_visible():
        return
    if kind == "checkbox":
        field.check()
    elif kind == "radio":
        phone.page.locator(f"main [name={name}]").first.check()
    else:
        field.fill(ANSWERS.get(name, ANSWER))


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
    desk.page.fill("[name=correction-kk_summary]", "Ойынның мазмұнын нақты жазыңыз.")
    desk.page.fill("[name=correction-ru_summary]", "Опишите содержание игры точнее.")
    desk.press("form[action$='/open_correction/'] button")


def correct(phone: Walk, letter: str) -> None:
    phone.open(letter)
    phone.press("main a.btn-primary[href$='/correction/']")
    assert phone.page.locator("#correction textarea:visible").count() == 1
    phone.fill(summary=BETTER)
    phone.press("[name=then][value=send]")


def find_eligible_and_ask(desk: Walk, experts: list[User]) -> None:
    desk.open(f"/admin/grants/application/{Application.objects.get().pk}/change/")
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


def call_a_meeting(desk: Walk, committee: Committee, amount: str) -> Meeting:
    """The secretary plans a meeting, makes its agenda from the ranking, proposes a smaller amount, sends the notice."""
    desk.open("/admin/committees/meeting/add/")
    starts = timezone.localtime(clock.now() + timedelta(minutes=30))
    desk.choose(committee=str(committee.pk))
    desk.fill(**moment("starts_at", starts), place_kk="Алматы", place_ru="Алматы", observers_needed="0")
    desk.press(".submit-row [type=submit]")
    desk.press("a[href*='/applicationitem/make/']")
    desk.fill(**{f"award-reason_{language}": words for language, words in REASONS.items()})
    desk.press(".submit-row [type=submit]")
    desk.press("a[href*='/applicationitem/depart/']")
    desk.page.check("[name=outcome][value=award]")
    desk.fill(amount=amount, **{f"motive_{language}": words for language, words in MOTIVES.items()})
    desk.fill(**{f"reason_{language}": words for language, words in REASONS.items()})
    desk.press(".submit-row [type=submit]")
    desk.press("form[action$='/act/notice/'] button")
    return Meeting.objects.get()


def declare(phone: Walk, member: User, meeting: Meeting) -> None:
    """A member reads the agenda and has no conflict of interest."""
    sign_in(phone, member, f"/ru/meetings/{meeting.public_id}/")
    phone.press("main a[href$='/declare/']")
    phone.check("is_none")
    phone.press("main form button.btn-primary")


def open_the_vote(desk: Walk, meeting: Meeting) -> None:
    """The member is here, the session is open, and so is the vote on the only item."""
    desk.open(f"/admin/committees/meeting/{meeting.pk}/change/")
    desk.press("form[action$='/act/attendance/'] [value=here]")
    desk.press("form[action$='/act/open/'] button")
    desk.press("form[action$='/act/open_item/'] button")


def vote(phone: Walk, meeting: Meeting) -> None:
    """One item on the screen, two presses."""
    phone.open(f"/ru/meetings/{meeting.public_id}/")
    phone.press("main a.btn-primary[href$='/vote/']")
    phone.page.check("[name=choice][value=for]")
    phone.press("main form button.btn-primary")


def count_and_minute(desk: Walk, meeting: Meeting) -> None:
    """The item is counted, the session closed, the minutes made."""
    desk.open(f"/admin/committees/meeting/{meeting.pk}/change/")
    desk.press("form[action$='/act/close_item/'] button")
    desk.press("form[action$='/act/close/'] button")
    desk.press("form[action$='/act/minutes/'] button")


def propose_the_release(desk: Walk) -> None:
    """The secretary says that what is staged is what the commission decided."""
    desk.open("/admin/grants/decision/")
    desk.press("a[href*='/decision/ranking/']")
    desk.press("a[href*='/decision/release/']")
    desk.check("confirmed")
    desk.press("main form:has([name=step]) button[type=submit]")


def release(desk: Walk) -> None:
    desk.open("/admin/grants/decision/")
    desk.press("a[href*='/decision/ranking/']")
    desk.press("a[href*='/decision/release/']")
    desk.check("confirmed")
    desk.press("main form.sheet button[type=submit]")
