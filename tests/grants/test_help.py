"""«Нужна помощь»: a question with its place; officers see that section with consent alone, and each look is kept."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import override

from accounts.statuses import Role
from core.models import AuditEvent
from core.refusals import NotAllowed, Refused
from grants.actions.help import MOST_OPEN, answer_help, ask_help, look_at_section
from grants.models import HelpRequest
from notifications.models import Message
from tests.factories import add_member, make_call, make_draft, make_staff, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
QUESTION = "Что писать, если мы только начинаем?"
SECRET = "Ойындар қазақ тілінде аз."  # the factory's answer in the section questions-0


@pytest.fixture
def owner():
    return make_user(language="kk")


@pytest.fixture
def draft(owner):
    return make_draft(owner)


@pytest.fixture
def officer():
    return make_staff("officer")


def page(draft, section: str = "questions-0", language: str = "en") -> str:
    with override(language):
        return reverse("grants:help_ask", args=[draft.public_id, section])


def admin_page(asked: HelpRequest) -> str:
    return reverse("admin:grants_helprequest_change", args=[asked.pk])


def ask(draft, *, may_look: bool = False, section: str = "questions-0") -> HelpRequest:
    return ask_help(draft, section, text=QUESTION, may_look=may_look, by=draft.created_by)


def looks() -> int:
    return AuditEvent.objects.filter(verb="help.look").count()


def test_the_question_goes_with_its_place_and_without_consent_by_default(client, draft, owner):
    client.force_login(owner)

    form = client.get(page(draft)).content.decode()
    client.post(page(draft), {"text": QUESTION})

    asked = HelpRequest.objects.get()
    assert (asked.section, asked.text, asked.may_look, asked.asked_by) == ("questions-0", QUESTION, False, owner)
    assert 'name="may_look"' in form
    assert "checked" not in form.split('name="may_look"')[1].split(">")[0]


def test_each_section_leads_there(client, draft, owner):
    client.force_login(owner)

    bodies = [
        client.get(reverse("grants:application_section", args=[draft.public_id, "project"])).content.decode(),
        client.get(reverse("grants:application_documents", args=[draft.public_id])).content.decode(),
    ]

    assert f"{draft.public_id}/help/project/" in bodies[0]
    assert f"{draft.public_id}/help/documents/" in bodies[1]


def test_without_consent_the_officer_sees_the_question_alone(client, draft, officer):
    asked = ask(draft)
    client.force_login(officer)

    body = client.get(admin_page(asked)).content.decode()

    assert (QUESTION in body, SECRET in body, looks()) == (True, False, 0)


def test_with_consent_the_officer_reads_that_section_and_no_other_and_each_look_is_kept(client, draft, officer):
    asked = ask(draft, may_look=True)
    client.force_login(officer)

    bodies = [client.get(admin_page(asked)).content.decode() for _n in range(2)]

    event = AuditEvent.objects.filter(verb="help.look").first()
    assert (SECRET in bodies[0], draft.summary in bodies[0], looks()) == (True, False, 2)
    assert (event.actor_id, event.object_id) == (officer.pk, asked.public_id)
    assert event.data == {"application": draft.public_id, "section": "questions-0"}


def test_consent_to_the_documents_shows_names_and_no_door_to_the_files(client, draft, officer):
    asked = ask(draft, may_look=True, section="documents")
    client.force_login(officer)

    body = client.get(admin_page(asked)).content.decode()
    file = reverse("grants:document_download", args=[draft.documents.get().public_id])

    assert ("презентация.pdf" in body, file in body, client.get(file).status_code) == (True, False, 404)


def test_with_the_answer_the_section_closes_and_the_asker_gets_a_letter_in_their_language(client, draft, officer):
    asked = ask(draft, may_look=True)
    client.force_login(officer)

    client.post(admin_page(asked), {"answer": "Алғашқы айды жазыңыз."})
    after = client.get(admin_page(asked)).content.decode()

    letter = Message.objects.get(event="help_answered")
    assert (letter.language, letter.user, letter.context["answer"]) == ("kk", draft.created_by, "Алғашқы айды жазыңыз.")
    assert letter.context["path"] == page(draft, language="kk")
    assert SECRET not in after
    with pytest.raises(NotAllowed):
        look_at_section(asked, by=officer)


def test_the_answer_stands_on_the_section_and_on_the_page_of_the_application(client, draft, owner, officer):
    answer_help(ask(draft), answer="Жазыңыз.", by=officer)
    client.force_login(owner)

    bodies = [
        client.get(address).content.decode()
        for address in (
            page(draft),
            reverse("grants:application_section", args=[draft.public_id, "questions-0"]),
            reverse("grants:application_detail", args=[draft.public_id]),
        )
    ]

    assert ["Жазыңыз." in body for body in bodies] == [True] * 3


def test_it_is_answered_once(draft, officer):
    asked = ask(draft)
    answer_help(asked, answer="Бір.", by=officer)

    with pytest.raises(Refused):
        answer_help(asked, answer="Екі.", by=make_staff("officer"))

    assert Message.objects.filter(event="help_answered").count() == 1


def test_who_answers_a_moment_after_a_colleague_reads_the_answer_and_looks_no_more(client, draft, officer, monkeypatch):
    asked, colleague = ask(draft, may_look=True), make_staff("officer")

    def beaten(question, **how):
        answer_help(question, answer="Жауап", by=colleague)
        return answer_help(question, **how)

    monkeypatch.setattr("grants.admin.help.answer_help", beaten)
    client.force_login(officer)

    response = client.post(admin_page(asked), {"answer": "Ответ"})

    assert (response.status_code, "Жауап" in response.content.decode(), looks()) == (200, True, 0)


@pytest.mark.parametrize("role", [role for role in Role.values if role != "officer"])
def test_no_other_role_sees_answers_or_looks(draft, role):
    person, asked = make_user(roles=[role]), ask(draft, may_look=True)

    assert HelpRequest.objects.visible_to(person).count() == 0
    for action in (lambda: look_at_section(asked, by=person), lambda: answer_help(asked, answer="x", by=person)):
        with pytest.raises(NotAllowed):
            action()


def test_own_organisation_and_officers_see_a_question(draft, owner, officer):
    viewer, stranger = make_user(), make_user()
    add_member(draft.organisation, viewer, "viewer")
    ask(draft)

    people = (owner, viewer, officer, stranger)
    seen = [HelpRequest.objects.visible_to(person).count() for person in people]

    assert seen == [1, 1, 1, 0]
    assert AnonymousUser().is_authenticated is False


def test_a_viewer_and_a_stranger_ask_nothing(client, draft):
    viewer = make_user()
    add_member(draft.organisation, viewer, "viewer")
    answers = []

    for person in (viewer, make_user()):
        client.force_login(person)
        answers.append(client.post(page(draft), {"text": QUESTION}).status_code)

    assert (answers, HelpRequest.objects.count()) == ([403, 404], 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Write what is not clear"),
        ({"text": "  \n "}, "Write what is not clear"),
        ({"text": "я" * 2001}, "Too long: 2001 characters, at most 2000 fit."),
    ],
)
def test_a_bad_question_is_answered_beside_its_field_and_loses_nothing(client, draft, owner, typed, sentence):
    client.force_login(owner)

    form = client.post(page(draft), typed).context["form"]

    assert form.errors["text"][0].startswith(sentence)
    assert (form["text"].value(), HelpRequest.objects.count()) == (typed["text"], 0)


def test_a_section_that_is_not_there_is_no_place_for_a_question(client, draft, owner):
    client.force_login(owner)

    assert client.get(page(draft, "questions-9")).status_code == 404


def test_the_sixth_open_question_waits_and_its_text_stays_in_the_form(client, draft, owner):
    for _n in range(MOST_OPEN):
        ask(draft)
    client.force_login(owner)

    response = client.post(page(draft), {"text": "Ещё вопрос"})

    assert (response.status_code, response.context["form"]["text"].value()) == (409, "Ещё вопрос")
    assert HelpRequest.objects.count() == MOST_OPEN


def test_the_desk_shows_who_waits(client, draft, officer):
    ask(draft)
    client.force_login(officer)

    desk = client.get(reverse("admin:index")).context["desk"]

    waits = [rows for rows in desk.lists if any(QUESTION[:20] in row.title for row in rows.rows)]
    assert len(waits) == 1


def test_a_question_with_markup_is_shown_as_text(client, draft, officer):
    asked = ask_help(draft, "project", text="<b onclick=x>?</b>", may_look=False, by=draft.created_by)
    client.force_login(officer)

    body = client.get(admin_page(asked)).content.decode()

    assert ("<b onclick" in body, "&lt;b onclick" in body) == (False, True)


def test_the_queue_costs_the_same_for_one_and_three(client, officer, django_assert_num_queries):
    call = make_call()
    ask(make_draft(call=call))
    client.force_login(officer)
    address = reverse("admin:grants_helprequest_changelist")
    client.get(address)
    with django_assert_num_queries(5) as once:
        client.get(address)
    for _n in range(2):
        ask(make_draft(call=call))

    with django_assert_num_queries(len(once)):
        body = client.get(address).content.decode()

    assert body.count(QUESTION[:20]) == 3


def test_the_trail_holds_no_words(draft, officer):
    answer_help(ask(draft, may_look=True), answer="Жазыңыз.", by=officer)

    trail = " ".join(str(e.data) for e in AuditEvent.objects.filter(verb__startswith="help."))

    assert [words for words in (QUESTION, "Жазыңыз") if words in trail] == []
