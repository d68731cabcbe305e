"""Each field saves by itself: its own revision, both texts where two wrote, who may and when."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from accounts.statuses import MembershipRole
from core import clock
from core.refusals import NotAllowed, Overtaken, Refused
from grants.actions import corrections
from grants.actions.saving import save_field
from grants.models import Application, Call
from grants.statuses import ApplicationStatus as A
from tests import factories
from tests.grants.saving import address, answers, send

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def draft(client) -> Application:
    application = factories.make_draft()
    client.force_login(application.created_by)
    return application


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
