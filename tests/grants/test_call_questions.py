"""Questions about a call: asked privately, answered for everybody, without the asker's name."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions.call_questions import answer_call_question, ask_about_call
from grants.models import Call, CallQuestion
from notifications.letters import render_letter
from notifications.models import Message
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ASKED = "Мен Әлия Сапаровамын. Жалға алуға бола ма?"
ANSWER = {
    "question_kk": "Жалға алу төленеді ме?",
    "question_ru": "Оплачивается ли аренда?",
    "answer_kk": "Иә, 20 %-ға дейін.",
    "answer_ru": "Да, до 20 %.",
}


@pytest.fixture
def call() -> Call:
    return factories.make_call()


@pytest.fixture
def asker():
    return factories.make_user("aliya@example.test", display_name="Әлия Сапарова")


@pytest.fixture
def officer():
    return factories.make_staff("officer")


def answered(call: Call, asker, officer, **changed: str) -> CallQuestion:
    question = ask_about_call(call, text=ASKED, by=asker)
    return answer_call_question(question, texts={**ANSWER, **changed}, by=officer)


def test_a_question_is_seen_by_its_asker_and_by_officers_until_it_is_answered(call, asker, officer):
    question = ask_about_call(call, text=ASKED, by=asker)
    people = [asker, officer, factories.make_user(), factories.make_staff("secretary")]

    seen = [question in CallQuestion.objects.visible_to(person) for person in people]

    assert seen == [True, True, False, False]


def test_an_answer_stands_on_the_calls_page_without_the_asker_and_without_their_words(client, call, asker, officer):
    answered(call, asker, officer)

    pages = [client.get(f"/kk/calls/{call.public_id}/{page}").content.decode() for page in ("", "answers/")]

    for page in pages:
        assert ANSWER["question_kk"] in page
        assert ANSWER["answer_kk"] in page
        assert [word for word in (ASKED, "Сапарова", asker.email) if word in page] == []


def test_an_unanswered_question_stands_nowhere_in_public(client, call, asker):
    ask_about_call(call, text=ASKED, by=asker)

    pages = [client.get(f"/kk/calls/{call.public_id}/{page}").content.decode() for page in ("", "answers/")]

    assert [ASKED in page for page in pages] == [False, False]


def test_the_asker_gets_one_letter_and_a_second_wording_replaces_the_first(call, asker, officer):
    question = answered(call, asker, officer)
    answer_call_question(question, texts={**ANSWER, "answer_ru": "Да, до 30 %."}, by=officer)

    letter = Message.objects.get(event="call_answered")
    question.refresh_from_db()
    assert letter.user == asker
    assert letter.context["answer"] == ANSWER["answer_ru"]
    assert question.answer_ru == "Да, до 30 %."


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_letter_is_whole_in_its_language(call, officer, language):
    asker = factories.make_user(language=language)
    answered(call, asker, officer)

    letter = render_letter(Message.objects.get(event="call_answered"))

    answer = ANSWER["answer_kk" if language == "kk" else "answer_ru"]
    assert answer in letter.text
    assert answer in letter.html
    assert f"/{language}/calls/{call.public_id}/answers/" in letter.text


@pytest.mark.parametrize("name", list(ANSWER))
def test_question_and_answer_are_needed_in_both_languages(call, asker, officer, name):
    with pytest.raises(Refused) as caught:
        answered(call, asker, officer, **{name: " "})

    assert caught.value.code == "no_text"
    assert CallQuestion.objects.published().count() == 0


@pytest.mark.parametrize("role", ["secretary", "commission", "administrator", "auditor"])
def test_officers_alone_answer(call, asker, role):
    with pytest.raises(NotAllowed):
        answered(call, asker, factories.make_staff(role))


def test_a_sixth_question_waits_for_an_answer_to_one_of_five(call, asker, officer):
    questions = [ask_about_call(call, text=ASKED, by=asker) for _n in range(5)]
    with pytest.raises(Refused) as caught:
        ask_about_call(call, text=ASKED, by=asker)
    answer_call_question(questions[0], texts=ANSWER, by=officer)

    sixth = ask_about_call(call, text=ASKED, by=asker)

    assert caught.value.code == "too_many"
    assert sixth.pk


@pytest.mark.parametrize(("text", "code"), [("  ", "no_text"), (ASKED, "wrong_state")])
def test_what_cannot_be_asked_is_refused_in_words(call, asker, text, code):
    if code == "wrong_state":
        factories.cancel_call(call)

    with pytest.raises(Refused) as caught:
        ask_about_call(call, text=text, by=asker)

    assert caught.value.code == code


def test_the_trail_holds_neither_words_nor_names(call, asker, officer):
    answered(call, asker, officer)

    kept = str(list(AuditEvent.objects.filter(verb__startswith="callquestion").values_list("verb", "data")))

    assert "callquestion.ask" in kept
    assert "callquestion.answer" in kept
    assert [word for word in ("Сапарова", "Жалға", "аренда") if word in kept] == []


# --- pages -----------------------------------------------------------------------------------------


def test_a_signed_in_person_asks_on_the_page_and_sees_what_became_of_it(client, call, asker):
    client.force_login(asker)
    address = reverse("grants:call_ask", args=[call.public_id])

    answer = client.post(address, {"text": ASKED})
    page = client.get(address)

    question = CallQuestion.objects.get()
    assert (answer.status_code, question.text, question.asked_by, question.language) == (302, ASKED, asker, "kk")
    assert [one.text for one in page.context["mine"]] == [ASKED]


def test_a_stranger_signs_in_first_and_finds_what_they_typed(client, call, asker):
    address = reverse("grants:call_ask", args=[call.public_id])
    sent = client.post(address, {"text": ASKED})
    client.force_login(asker)

    page = client.get(address)

    assert "/account/login/" in sent.url
    assert ASKED in page.content.decode()
    assert CallQuestion.objects.count() == 0


def test_a_refused_question_is_not_lost(client, call, asker):
    for _n in range(5):
        ask_about_call(call, text="Сұрақ", by=asker)
    client.force_login(asker)

    page = client.post(reverse("grants:call_ask", args=[call.public_id]), {"text": ASKED})

    assert page.status_code == 409
    assert page.context["refused"].code == "too_many"
    assert ASKED in page.content.decode()


def test_ten_questions_an_hour_are_enough(client, asker):
    calls = [factories.make_call() for _n in range(3)]
    client.force_login(asker)

    answers = [
        client.post(reverse("grants:call_ask", args=[calls[n // 4].public_id]), {"text": ASKED}).status_code
        for n in range(11)
    ]

    assert answers == [302] * 10 + [409]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_answers_costs_the_same_however_many_there_are(client, call, asker, officer, rows):
    for _n in range(rows):
        answered(call, asker, officer)
    address = reverse("grants:call_answers", args=[call.public_id])
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        page = client.get(address)

    assert len(page.context["page_obj"].object_list) == rows
    assert len(asked.captured_queries) == 3


def test_twenty_answers_make_a_page(client, call, officer):
    for _n in range(21):
        question = CallQuestion.objects.create(call=call, text="?", language="kk")
        answer_call_question(question, texts=ANSWER, by=officer)
    address = reverse("grants:call_answers", args=[call.public_id])

    counts = [len(client.get(address, {"page": n}).context["page_obj"].object_list) for n in (1, 2)]

    assert counts == [20, 1]


def test_an_officer_answers_in_the_admin_from_the_queue(client, call, asker, officer):
    question = ask_about_call(call, text=ASKED, by=asker)
    client.force_login(officer)
    address = reverse("admin:grants_callquestion_change", args=[question.pk])
    waiting = reverse("admin:grants_callquestion_changelist") + "?answer=waits"

    listed, page = client.get(waiting).content.decode(), client.get(address)
    answer = client.post(address, ANSWER)
    after = client.get(waiting).content.decode()

    question.refresh_from_db()
    assert (ASKED in listed, ASKED in after) == (True, False)
    assert page.context["form"]["question_kk"].value() == ASKED
    assert asker.email not in page.content.decode()
    assert answer.status_code == 302
    assert question.published_at is not None


def test_a_question_without_russian_stays_on_the_page_with_what_was_typed(client, call, asker, officer):
    question = ask_about_call(call, text=ASKED, by=asker)
    client.force_login(officer)

    page = client.post(reverse("admin:grants_callquestion_change", args=[question.pk]), {**ANSWER, "answer_ru": ""})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["answer_ru"]
    assert ANSWER["answer_kk"] in page.content.decode()
