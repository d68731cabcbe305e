"""Each field saves by itself: its own revision, both texts where two wrote, a handful of statements."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.statuses import MembershipRole
from core import clock
from core.models import AuditEvent
from core.refusals import NotAllowed, Overtaken, Refused
from grants.actions import applications, corrections
from grants.actions.calls import publish_call
from grants.actions.saving import save_field
from grants.models import Application, BudgetLine, Call, Milestone
from grants.statuses import ApplicationStatus as A
from questionnaires.models import Question
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
CARD = "abcdefghjkmnpq"


@pytest.fixture
def draft(client) -> Application:
    application = factories.make_draft()
    client.force_login(application.created_by)
    return application


def address(application: Application) -> str:
    return reverse("grants:application_save", args=[application.public_id])


def send(client: Client, application: Application, *entries: tuple[str, Any, int], owner: str = "") -> Any:
    body = {
        "owner": owner or application.created_by.public_id,
        "entries": [{"field": field, "value": value, "rev": rev} for field, value, rev in entries],
    }
    return client.post(address(application), json.dumps(body), content_type="application/json")


def answers(client: Client, application: Application, *entries: tuple[str, Any, int]) -> list[dict[str, Any]]:
    return send(client, application, *entries).json()["answers"]


def rev_of(application: Application, key: str) -> int:
    return application.answer_set.answers.get(key=key).rev


# --- one field --------------------------------------------------------------------------------------


def test_a_fact_and_an_answer_are_saved_and_get_their_next_revision(client, draft):
    first = draft.fact_revs["title"]

    found = answers(client, draft, ("title", "Жаңа атау", first), ("q_problem", "Жаңа жауап", 1))

    draft.refresh_from_db()
    assert found == [{"saved": first + 1}, {"saved": 2}]
    assert (draft.title, draft.answer_set.values()["problem"]) == ("Жаңа атау", "Жаңа жауап")
    assert draft.fact_revs["title"] == first + 1


def test_the_title_is_found_by_the_search_at_once(client, draft):
    answers(client, draft, ("title", "Сирек атау", draft.fact_revs["title"]))

    assert list(Application.objects.search("сирек")) == [draft]


def test_a_text_keeps_every_letter_and_line(client, draft):
    typed = "Бірінші жол\nЕкінші: «ұ қ ғ ә» 😀 <b>&amp;</b>"

    answers(client, draft, ("q_problem", typed, 1))

    assert draft.answer_set.values()["problem"] == typed


def test_half_a_letter_in_the_json_is_kept_as_a_sign_and_breaks_nothing(client, draft):
    body = '{"owner": "%s", "entries": [{"field": "title", "value": "А\\ud83d", "rev": 1}]}'

    client.post(address(draft), body % draft.created_by.public_id, content_type="application/json")

    draft.refresh_from_db()
    assert draft.title == "А\ufffd"


def test_an_amount_is_read_as_people_write_it(client, draft):
    answers(client, draft, ("amount_requested", "1 500 000 ₸", draft.fact_revs["amount_requested"]))

    draft.refresh_from_db()
    assert draft.amount_requested == Decimal(1_500_000)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("amount_requested", "два миллиона"),
        ("amount_requested", "499999"),
        ("own_amount", "-1"),
        ("title", "я" * 201),
        ("sector", "999999"),
        ("q_jobs", "много"),
        ("q_problem", "я" * 1001),
        ("q_problem", "а\x00б"),
        ("title", {"x": {"y": 1}}),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence_and_not_stored(client, draft, field, typed):
    before = Application.objects.values().get(pk=draft.pk), draft.answer_set.values()

    [found] = answers(client, draft, (field, typed, 1))

    assert (set(found), found["code"], bool(found["refused"])) == ({"refused", "code"}, "unreadable", True)
    assert (Application.objects.values().get(pk=draft.pk), draft.answer_set.values()) == before


def test_each_entry_of_a_queue_is_answered_by_itself(client, draft):
    found = answers(client, draft, ("amount_requested", "много", 1), ("title", "Верно", 1), ("q_nothing", "x", 0))

    draft.refresh_from_db()
    assert [next(iter(answer)) for answer in found] == ["refused", "saved", "refused"]
    assert (found[2]["code"], draft.title) == ("not_asked", "Верно")


def test_an_amount_that_does_not_fit_the_other_yet_is_kept_and_told(client, draft):
    [found] = answers(client, draft, ("own_amount", "100", draft.fact_revs["own_amount"]))

    draft.refresh_from_db()
    assert ("saved" in found, bool(found["hint"]), draft.own_amount) == (True, True, Decimal(100))


def test_the_answer_says_whether_the_draft_still_lacks_anything(client, draft):
    emptied = send(client, draft, ("summary", "", draft.fact_revs["summary"])).json()
    filled = send(client, draft, ("summary", "Снова", draft.fact_revs["summary"] + 1)).json()

    assert (emptied["missing"], filled["missing"]) == (True, False)


def test_a_field_that_changes_nothing_about_that_leaves_the_page_as_it_is(client, draft):
    kept = send(client, draft, ("summary", "Другое", draft.fact_revs["summary"])).json()
    draft.documents.all().delete()
    still = send(client, draft, ("summary", "Третье", draft.fact_revs["summary"] + 1)).json()

    assert ("missing" in kept, "missing" in still) == (False, False)


def test_where_the_last_gap_of_the_form_is_closed_and_where_sums_change_the_rest_is_read(client, draft):
    draft.documents.all().delete()
    summary, own = draft.fact_revs["summary"], draft.fact_revs["own_amount"]

    send(client, draft, ("summary", "", summary))
    filled = send(client, draft, ("summary", "Снова", summary + 1)).json()
    summed = send(client, draft, ("own_amount", "1500000", own)).json()

    assert (filled["missing"], summed["missing"]) == (True, True)  # the document


# --- two devices ------------------------------------------------------------------------------------


def test_a_stale_revision_overwrites_nothing_and_carries_both_texts(client, draft):
    rev = draft.fact_revs["title"]
    answers(client, draft, ("title", "С телефона", rev))

    [found] = answers(client, draft, ("title", "С компьютера", rev))

    draft.refresh_from_db()
    assert found == {"conflict": {"theirs": "С телефона", "value": "С телефона", "rev": rev + 1}}
    assert draft.title == "С телефона"


def test_the_action_raises_both_texts(draft):
    save_field(draft, field="q_problem", value="Бірі", rev=1, by=draft.created_by)

    with pytest.raises(Overtaken) as caught:
        save_field(draft, field="q_problem", value="Екіншісі", rev=1, by=draft.created_by)

    assert (caught.value.typed, caught.value.kept, caught.value.rev) == ("Екіншісі", "Бірі", 2)


def test_the_same_text_sent_twice_is_no_conflict_and_no_new_revision(client, draft):
    entry = ("q_problem", "Один раз", 1)

    found = answers(client, draft, entry, entry)

    assert found == [{"saved": 2}, {"saved": 2}]


def test_the_chosen_text_wins_over_the_revision_that_was_shown(client, draft):
    answers(client, draft, ("q_problem", "Первый", 1))

    found = answers(client, draft, ("q_problem", "Второй", 1), ("q_problem", "Второй", 2))

    assert (found[0]["conflict"]["theirs"], found[1]) == ("Первый", {"saved": 3})
    assert draft.answer_set.values()["problem"] == "Второй"


def test_a_sector_that_clashes_is_named_in_words(client, draft):
    first, other = draft.call.sectors.exclude(pk=draft.sector_id)[:2]
    rev = draft.fact_revs.get("sector", 0)
    answers(client, draft, ("sector", str(first.pk), rev))

    [found] = answers(client, draft, ("sector", str(other.pk), rev))

    assert found["conflict"] == {"theirs": str(first), "value": str(first.pk), "rev": rev + 1}


def test_an_answer_to_a_question_nobody_had_answered_begins_at_one(client, draft):
    draft.answer_set.answers.filter(key="jobs").delete()

    found = answers(client, draft, ("q_jobs", "", 0), ("q_jobs", "7", 0), ("q_jobs", "8", 0))

    assert [found[0], found[1]] == [{"saved": 0}, {"saved": 1}]
    assert found[2]["conflict"]["theirs"] == "7"


# --- who, and when ----------------------------------------------------------------------------------


def test_a_signed_out_browser_gets_json_and_no_redirect(client, draft):
    client.logout()

    response = send(client, draft, ("title", "После выхода", 1))

    draft.refresh_from_db()
    assert (response.status_code, response["Content-Type"], draft.title) == (401, "application/json", "Ойын студиясы")


def test_a_queue_of_another_person_is_not_taken_even_from_a_colleague(client, draft):
    colleague = factories.make_user()
    factories.add_member(draft.organisation, colleague, MembershipRole.EDITOR)
    client.force_login(colleague)

    response = send(client, draft, ("title", "Чужая очередь", 1), owner=draft.created_by.public_id)

    draft.refresh_from_db()
    assert (response.status_code, draft.title) == (401, "Ойын студиясы")


def test_an_application_that_is_not_yours_is_not_found_and_learns_nothing(client, draft):
    stranger = factories.make_user()
    client.force_login(stranger)

    response = send(client, draft, ("title", "Чужое", 1), owner=stranger.public_id)

    assert response.status_code == 404
    assert "Ойын" not in response.content.decode()


def test_a_viewer_is_refused(draft):
    viewer = factories.make_user()
    factories.add_member(draft.organisation, viewer, MembershipRole.VIEWER)

    with pytest.raises(NotAllowed):
        save_field(draft, field="title", value="x", rev=1, by=viewer)


def test_after_closing_nothing_is_saved_and_the_browser_keeps_it(client, draft):
    Call.objects.filter(pk=draft.call_id).update(closes_at=clock.now() - timedelta(hours=2))

    [found] = answers(client, draft, ("title", "Поздно", draft.fact_revs["title"]))

    draft.refresh_from_db()
    assert (found["code"], draft.title) == ("closed", "Ойын студиясы")


def test_a_correction_opens_the_named_fields_and_no_others(client):
    application = factories.application_at(A.SUBMITTED)
    officer = factories.make_user(roles=["officer"])
    corrections.open_correction(application, fields=["summary"], reason_kk="Себеп", reason_ru="Причина", by=officer)
    client.force_login(application.created_by)
    revs = Application.objects.get(pk=application.pk).fact_revs

    found = answers(client, application, ("summary", "Уточнено", revs["summary"]), ("title", "Нет", revs["title"]))

    application.refresh_from_db()
    assert ("saved" in found[0], found[1]["code"]) == (True, "field_not_named")
    assert (application.summary, application.title) == ("Уточнено", "Ойын студиясы")


def test_a_sent_application_takes_no_autosave():
    application = factories.application_at(A.SUBMITTED)

    with pytest.raises(Refused) as caught:
        save_field(application, field="title", value="x", rev=1, by=application.created_by)

    assert caught.value.code == "sent"


def test_a_form_post_without_a_csrf_token_is_refused(draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(draft.created_by)

    assert send(client, draft, ("title", "x", 1)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"entries": 5}',
        '{"entries": [1]}',
        '{"entries": [{"field": "title"}]}',
        '{"entries": [{"field": 1, "value": "", "rev": 0}]}',
        "[" * 100_000,
        json.dumps({"entries": [{"field": "title", "value": "", "rev": 0}] * 51}),
    ],
    ids=["nothing", "list", "null", "empty", "number", "no object", "no value", "no name", "deep", "too many"],
)
def test_a_body_that_is_none_of_ours_is_a_bad_request(client, draft, body):
    assert client.post(address(draft), body, content_type="application/json").status_code == 400


def test_who_sends_too_fast_is_told_when_to_come_back(client, draft, monkeypatch):
    monkeypatch.setattr("grants.views.saving.PER_MINUTE", 2)

    statuses = [send(client, draft, ("title", f"{n}", 1)).status_code for n in range(3)]
    last = send(client, draft, ("title", "x", 1))

    assert (statuses, last.status_code, last["Retry-After"]) == ([200, 200, 429], 429, "20")


# --- cards ------------------------------------------------------------------------------------------


@pytest.fixture
def planned(client) -> Application:
    application = factories.make_draft(call=factories.make_planned_call())
    application.budget_lines.all().delete()
    application.milestones.all().delete()
    client.force_login(application.created_by)
    return application


def test_a_card_is_saved_as_one_object_under_one_revision(client, planned):
    found = answers(
        client,
        planned,
        (f"line_{CARD}", {"item": "Камера", "quantity": "2", "unit_price": "150 000", "has_vat": True}, 0),
        (f"milestone_{CARD}", {"title": "Түсірілім", "proof": "Бейне"}, 0),
        (f"line_{CARD}", {"item": "Екі камера"}, 1),
    )

    line, milestone = BudgetLine.objects.get(), Milestone.objects.get()
    assert found == [{"saved": 1}, {"saved": 1}, {"saved": 2}]
    assert (line.item, line.quantity, line.unit_price, line.rev) == ("Екі камера", 2, Decimal(150_000), 2)
    assert (milestone.title, milestone.proof) == ("Түсірілім", "Бейне")


def test_what_is_right_in_a_card_is_saved_beside_what_is_not(client, planned):
    [found] = answers(client, planned, (f"line_{CARD}", {"item": "Камера", "quantity": "екі"}, 0))

    line = BudgetLine.objects.get()
    assert (found["code"], found["rev"], bool(found["refused"])) == ("unreadable", 1, True)
    assert (line.item, line.quantity) == ("Камера", None)


def test_a_card_that_two_people_changed_shows_both(client, planned):
    name = f"line_{CARD}"
    answers(client, planned, (name, {"item": "Камера", "quantity": "1"}, 0), (name, {"item": "Штатив"}, 1))

    [found] = answers(client, planned, (name, {"item": "Объектив"}, 1))

    assert found["conflict"] == {"theirs": "Штатив", "value": {"item": "Штатив"}, "rev": 2}


@pytest.mark.parametrize("field", ["line_", "line_1", "milestone_ABC", f"card_{CARD}"])
def test_a_name_that_is_no_card_is_refused(client, planned, field):
    assert answers(client, planned, (field, {"item": "x"}, 0))[0]["code"] == "not_asked"


# --- the trail and the time -------------------------------------------------------------------------


def edits(application: Application) -> int:
    return AuditEvent.objects.filter(object_id=application.public_id, verb="application.edit").count()


def test_the_trail_is_no_diary_of_keystrokes(client, draft, at):
    start = clock.now() + timedelta(hours=1)
    before = edits(draft)

    for minute in (0, 1, 9, 11):
        at(start + timedelta(minutes=minute))
        rev = Application.objects.get(pk=draft.pk).fact_revs["title"]
        answers(client, draft, ("title", f"Минута {minute}", rev))

    assert edits(draft) - before == 2  # at once, and again when ten minutes have passed


def test_two_people_who_write_leave_two_traces(client, draft):
    colleague = factories.make_user()
    factories.add_member(draft.organisation, colleague, MembershipRole.EDITOR)
    before = edits(draft)

    save_field(draft, field="title", value="Бірі", rev=draft.fact_revs["title"], by=colleague)
    save_field(draft, field="title", value="Екі", rev=draft.fact_revs["title"] + 1, by=colleague)

    assert edits(draft) - before == 1


def test_time_on_the_form_is_counted_while_the_person_writes_and_not_while_away(draft, at):
    start = clock.now()
    for second, text in ((0, "а"), (60, "аб"), (300, "абв"), (900, "абвг"), (930, "абвгд")):
        at(start + timedelta(seconds=second))
        rev = Application.objects.get(pk=draft.pk).fact_revs["title"]
        save_field(draft, field="title", value=text, rev=rev, by=draft.created_by)

    draft.refresh_from_db()
    assert draft.active_seconds == 60 + 240 + 30  # ten minutes of silence are not among them


# --- cost -------------------------------------------------------------------------------------------


def draft_with(questions: int) -> Application:
    """A draft whose form has so many questions."""
    call = factories.make_draft_call()
    section = call.questionnaire.sections.get()
    Question.objects.bulk_create(
        Question(
            section=section,
            key=f"more{n}",
            kind="short_text",
            label_kk="Сұрақ",
            label_ru="Вопрос",
            position=n,
            is_required=False,
        )
        for n in range(10, 8 + questions)
    )
    return factories.make_draft(call=publish_call(call, by=factories.make_user(roles=["officer"])))


@pytest.mark.parametrize("questions", [3, 80])
def test_an_autosave_costs_the_same_handful_whatever_the_forms_length(client, questions, django_assert_num_queries):
    draft = draft_with(questions)
    client.force_login(draft.created_by)
    person = draft.created_by
    save_field(draft, field="q_problem", value="Начато", rev=1, by=person)
    draft = Application.objects.to_fill_in().get(pk=draft.pk)

    with django_assert_num_queries(6):  # savepoint, lock with role and trail, answers, answer, time, release
        save_field(draft, field="q_problem", value="Дальше", rev=2, by=person)


@pytest.mark.parametrize("questions", [3, 80])
def test_a_request_of_the_saver_costs_the_same_whatever_the_forms_length(client, questions, django_assert_num_queries):
    draft = draft_with(questions)
    client.force_login(draft.created_by)
    answers(client, draft, ("q_problem", "Начато", 1))

    with django_assert_num_queries(8):  # session, person; the six of the action, two of them the test's savepoint
        answers(client, draft, ("q_problem", "Дальше", 2))


def test_a_section_of_eighty_questions_is_drawn_without_a_query_per_question(client, django_assert_num_queries):
    draft = draft_with(80)
    client.force_login(draft.created_by)

    with django_assert_num_queries(7):
        client.get(reverse("grants:application_section", args=[draft.public_id, "questions-0"]))


# --- a whole section, without JavaScript ------------------------------------------------------------


def section(application: Application, key: str = "project") -> str:
    return reverse("grants:application_section", args=[application.public_id, key])


def as_rendered(client: Client, application: Application, key: str = "project") -> dict[str, str]:
    """Every input of the page as a browser would post it back untouched."""
    context = client.get(section(application, key)).context
    form = context["form"]
    typed = {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}
    return {**typed, **{f"rev_{name}": token for name, token in context["revisions"]}}


def elsewhere(application: Application, **fields: str) -> None:
    """The same person saves on another device."""
    for name, text in fields.items():
        rev = Application.objects.get(pk=application.pk).fact_revs.get(name, 0)
        save_field(application, field=name, value=text, rev=rev, by=application.created_by)


def test_a_page_that_was_overtaken_shows_both_texts_and_saves_the_other_fields(client, draft):
    page = as_rendered(client, draft)
    elsewhere(draft, title="С другого телефона")

    response = client.post(section(draft), {**page, "title": "С этого телефона", "summary": "Ново"})

    draft.refresh_from_db()
    [clash] = response.context["clashes"]
    assert (response.status_code, clash.field) == (409, "title")
    assert (clash.mine, clash.theirs) == ("С этого телефона", "С другого телефона")
    assert (draft.title, draft.summary) == ("С другого телефона", "Ново")


@pytest.mark.parametrize(("choice", "stays"), [("mine", "С этого телефона"), ("theirs", "С другого телефона")])
def test_the_choice_of_the_page_wins(client, draft, choice, stays):
    page = as_rendered(client, draft)
    elsewhere(draft, title="С другого телефона")
    typed = {**page, "title": "С этого телефона"}
    clash = client.post(section(draft), typed).context["clashes"][0]

    response = client.post(section(draft), {**typed, "choose_title": clash.rev if choice == "mine" else "theirs"})

    draft.refresh_from_db()
    assert (response.status_code, draft.title) == (302, stays)


def test_without_a_choice_the_page_asks_again_and_a_choice_made_too_late_too(client, draft):
    page = as_rendered(client, draft)
    elsewhere(draft, title="Второй")
    typed = {**page, "title": "Мой"}
    clash = client.post(section(draft), typed).context["clashes"][0]
    elsewhere(draft, title="Третий")

    unchosen = client.post(section(draft), typed)
    late = client.post(section(draft), {**typed, "choose_title": clash.rev})

    draft.refresh_from_db()
    assert (unchosen.status_code, late.status_code) == (409, 409)
    assert (late.context["clashes"][0].theirs, draft.title) == ("Третий", "Третий")


def test_a_field_that_was_only_left_standing_overwrites_nothing_and_asks_nothing(client, draft):
    page = as_rendered(client, draft)
    elsewhere(draft, title="С другого телефона")

    response = client.post(section(draft), {**page, "summary": "Только это"})

    draft.refresh_from_db()
    assert (response.status_code, draft.title, draft.summary) == (302, "С другого телефона", "Только это")


def test_line_ends_of_a_form_are_no_change(client, draft):
    save_field(draft, field="q_problem", value="Раз\nдва", rev=1, by=draft.created_by)
    page = as_rendered(client, draft, "questions-0")
    save_field(draft, field="q_problem", value="С другого", rev=2, by=draft.created_by)

    response = client.post(section(draft, "questions-0"), {**page, "q_problem": "Раз\r\nдва"})

    assert (response.status_code, draft.answer_set.values()["problem"]) == (302, "С другого")


def test_after_an_expired_session_the_page_still_knows_what_it_was_rendered_with(client, draft):
    page = as_rendered(client, draft)
    elsewhere(draft, title="С другого телефона")
    client.logout()
    client.post(section(draft), {**page, "title": "Набрано до входа"})
    client.force_login(draft.created_by)

    restored = as_rendered(client, draft)
    response = client.post(section(draft), restored)

    assert restored["title"] == "Набрано до входа"
    assert (response.status_code, response.context["clashes"][0].theirs) == (409, "С другого телефона")


def test_a_correction_that_two_people_wrote_is_not_sent_until_they_chose(client):
    application = factories.application_at(A.SUBMITTED)
    officer = factories.make_user(roles=["officer"])
    corrections.open_correction(application, fields=["summary"], reason_kk="Себеп", reason_ru="Причина", by=officer)
    client.force_login(application.created_by)
    address = reverse("grants:correction_edit", args=[application.public_id])
    [(name, token)] = client.get(address).context["revisions"]
    elsewhere(application, summary="Коллега")

    response = client.post(address, {"summary": "Я", f"rev_{name}": token, "then": "send"})

    application.refresh_from_db()
    assert [clash.theirs for clash in response.context["clashes"]] == ["Коллега"]
    assert (application.summary, application.corrections.get().answered_at) == ("Коллега", None)


# --- the task list ----------------------------------------------------------------------------------


def test_the_task_list_says_what_is_not_begun_what_lacks_and_what_is_ready(client, draft):
    started = applications.start_application(factories.make_call(), draft.organisation, by=draft.created_by)
    elsewhere(draft, summary="")

    states = [
        {part.key: (part.state, len(part.missing)) for part in sections_of(client, application)}
        for application in (started, draft)
    ]

    assert states == [
        {"project": ("new", 4), "questions-0": ("new", 1), "documents": ("new", 1)},
        {"project": ("going", 1), "questions-0": ("ready", 0), "documents": ("ready", 0)},
    ]


def sections_of(client: Client, application: Application) -> Any:
    return client.get(reverse("grants:application_edit", args=[application.public_id])).context["sections"]


@pytest.mark.parametrize(("then", "leads_to"), [("", "documents/"), ("back", "project/"), ("list", "")])
def test_a_section_leads_on_back_and_to_the_list(client, draft, then, leads_to):
    response = client.post(section(draft, "questions-0"), {"q_problem": "Ответ", "then": then})

    assert response.url == reverse("grants:application_edit", args=[draft.public_id]) + leads_to


def test_every_page_of_a_complete_draft_says_not_sent_with_one_tap_to_send(client, draft):
    base = f"/ru/applications/{draft.public_id}/"
    check = f'href="{base}check/"'
    banner = re.compile(r'class="notice notice--wait not-sent"( data-not-sent)?>')  # and not hidden

    texts = {
        page: client.get(base + page).content.decode()
        for page in ("", "edit/", "edit/project/", "edit/questions-0/", "edit/documents/", "withdraw/")
    }

    assert [page for page, text in texts.items() if not banner.search(text) or check not in text] == []
