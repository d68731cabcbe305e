"""Each field of a correction has the officer's own words beside it: in the form, on its page, in the letter."""

import pytest
from django.test import Client
from django.urls import reverse

from core.refusals import Refused
from grants.actions.corrections import open_correction
from grants.models import Application, Correction
from grants.statuses import ApplicationStatus as A
from notifications.letters import render_letter
from notifications.models import Message
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TITLE = {"kk": "Атауын қысқартыңыз.", "ru": "Сократите название."}
PROBLEM = {"kk": "Мысал келтіріңіз.", "ru": "Приведите пример."}
PAPER = {"kk": "Екінші беті оқылмайды.", "ru": "Вторая страница не читается."}
COMMON = {"reason_kk": "Барлығын тексеріңіз.", "reason_ru": "Проверьте всё."}


@shared
def sent() -> Application:
    return factories.application_at(A.SUBMITTED, owner=factories.make_user("asked@example.test", language="ru"))


@pytest.fixture
def officer():
    return factories.make_staff("officer")


def as_owner(application: Application, page: str) -> str:
    browser = Client()
    browser.force_login(application.created_by)
    return browser.get(reverse(f"grants:{page}", args=[application.public_id]).replace("/kk/", "/ru/")).content.decode()


def beside(text: str) -> list[str]:
    """What stands in each place for the officer's words, top down."""
    return [part.split("</span>")[1].split("</p>")[0].strip() for part in text.split('class="asked__words"')[1:]]


def returned(sent: Application, officer, **said) -> Correction:
    fields = ["title", "q_problem", "doc_deck"]
    return open_correction(sent, fields=fields, by=officer, **said)


def test_each_field_has_its_own_words_on_the_page_of_the_correction(sent, officer):
    returned(sent, officer, words={"title": TITLE, "q_problem": PROBLEM, "doc_deck": PAPER})

    text = as_owner(sent, "correction_edit")

    assert beside(text) == [TITLE["ru"], PROBLEM["ru"], PAPER["ru"]]


def test_a_field_without_words_of_its_own_has_the_common_reason(sent, officer):
    returned(sent, officer, words={"q_problem": PROBLEM}, **COMMON)

    text = as_owner(sent, "correction_edit")

    assert beside(text) == [COMMON["reason_ru"], PROBLEM["ru"], COMMON["reason_ru"]]
    assert text.count(COMMON["reason_ru"]) == 3


def test_the_page_of_the_budget_has_the_words_about_the_budget(officer):
    draft = factories.application_at(A.SUBMITTED, call=factories.make_planned_call())
    open_correction(draft, fields=["budget", "plan"], words={"budget": TITLE, "plan": PROBLEM}, by=officer)

    pages = [as_owner(draft, page) for page in ("application_budget", "application_plan")]

    assert [beside(page) for page in pages] == [[TITLE["ru"]], [PROBLEM["ru"]]]


def test_the_letter_and_the_status_page_name_each_field_with_its_words(sent, officer):
    returned(sent, officer, words={"title": TITLE, "q_problem": PROBLEM}, **COMMON)

    letter, page = render_letter(Message.objects.get(event="returned")).text, as_owner(sent, "application_detail")

    lines = [line for line in letter.splitlines() if any(said["ru"] in line for said in (TITLE, PROBLEM))]
    assert [line.split(": ")[1] for line in lines] == [TITLE["ru"], PROBLEM["ru"]]
    assert (COMMON["reason_ru"] in letter, all(f"<li>{line}</li>" in page for line in lines)) == (True, True)


def test_the_desk_reads_what_was_asked_of_each_field(client, sent, officer):
    returned(sent, officer, words={"title": TITLE, "q_problem": PROBLEM, "doc_deck": PAPER})
    client.force_login(officer)

    text = client.get(reverse("admin:grants_application_change", args=[sent.pk])).content.decode()

    assert [said["kk"] in text or said["ru"] in text for said in (TITLE, PROBLEM, PAPER)] == [True, True, True]


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"words": {"title": TITLE, "q_problem": PROBLEM}},
        {"words": {"title": {"kk": "А", "ru": " "}}, **COMMON},
        {"words": {"summary": TITLE}, **COMMON},
        {"reason_kk": "Тек қазақша."},
    ],
    ids=["nothing", "one field without", "one language", "a field that is not named", "a reason in one language"],
)
def test_nothing_is_returned_while_a_field_has_no_reason_in_both_languages(sent, officer, said):
    with pytest.raises(Refused) as refused:
        returned(sent, officer, **said)

    assert (refused.value.code, Correction.objects.count()) == ("no_reason", 0)


def step(application: Application) -> str:
    return reverse("admin:grants_application_open_correction", args=[application.pk])


def test_the_officer_ticks_fields_and_writes_beside_each(client, sent, officer):
    client.force_login(officer)
    typed = {"correction-fields": ["title", "q_problem"]}
    typed |= {"correction-kk_title": TITLE["kk"], "correction-ru_title": TITLE["ru"]}
    typed |= {"correction-kk_q_problem": PROBLEM["kk"], "correction-ru_q_problem": PROBLEM["ru"]}
    typed |= {"correction-kk_summary": "Бұл ұяшық таңдалмаған", "correction-ru_summary": "Это поле не выбрано"}

    answer = client.post(step(sent), typed)

    made = Correction.objects.get()
    assert answer.status_code == 302
    assert (made.words, made.reason_kk, made.reason_ru) == ({"title": TITLE, "q_problem": PROBLEM}, "", "")


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ({"correction-fields": ["title"], "correction-ru_title": "Только по-русски"}, "kk_title"),
        (
            {"correction-fields": ["title", "summary"], "correction-kk_title": "А", "correction-ru_title": "Н"},
            "__all__",
        ),
        ({"correction-fields": ["title"], "correction-kk_title": "а" * 1001, "correction-ru_title": "Н"}, "kk_title"),
        ({"correction-kk_title": "А", "correction-ru_title": "Н"}, "fields"),
    ],
    ids=["one language", "a field without words", "too long", "nothing ticked"],
)
def test_what_is_missing_is_said_beside_its_place_and_nothing_is_lost(client, sent, officer, typed, place):
    client.force_login(officer)

    answer = client.post(step(sent), typed)

    form = answer.context["forms"]["correction"]
    assert (place in form.errors, Correction.objects.count()) == (True, 0)
    assert form["ru_title"].value() == typed["correction-ru_title"]
    assert form["ru_title"].value() in answer.content.decode()
