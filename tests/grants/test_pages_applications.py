"""Beginning an application, the list, the status page, taking back and withdrawing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.statuses import MembershipRole
from core import clock
from core.models import AuditEvent
from grants.actions import applications, corrections, screening
from grants.models import Application, Call
from grants.statuses import ApplicationStatus as A
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def close(call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))


def page(client, name: str, application: Application, *more: str, **kwargs):
    return client.get(reverse(f"grants:{name}", args=[application.public_id, *more]), **kwargs)


def press(client, name: str, application: Application, *more: str, data: dict | None = None):
    return client.post(reverse(f"grants:{name}", args=[application.public_id, *more]), data or {})


def text_of(response) -> str:
    return response.content.decode()


@shared
def submitted() -> Application:
    return factories.application_at(A.SUBMITTED)


# --- beginning ------------------------------------------------------------------------------------


def test_without_an_organisation_one_is_made_first_and_the_way_back_is_kept(client):
    call = factories.make_call()
    client.force_login(factories.make_user())

    response = client.get(f"/ru/calls/{call.public_id}/apply/")

    assert response.status_code == 302
    assert response.url == f"/ru/account/organisations/new/?next=%2Fru%2Fcalls%2F{call.public_id}%2Fapply%2F"


def test_opening_the_page_begins_nothing(client):
    call, person = factories.make_call(), factories.make_user()
    factories.make_organisation(person)
    client.force_login(person)

    response = client.get(f"/ru/calls/{call.public_id}/apply/")

    assert response.status_code == 200
    assert Application.objects.count() == 0


def test_one_press_begins_a_draft_and_the_next_press_goes_on_with_it(client):
    call, person = factories.make_call(), factories.make_user()
    factories.make_organisation(person)
    client.force_login(person)

    first = client.post(f"/ru/calls/{call.public_id}/apply/")
    second = client.post(f"/ru/calls/{call.public_id}/apply/")

    draft = Application.objects.get()
    assert first.url == f"/ru/applications/{draft.public_id}/edit/"
    assert second.url == first.url


def test_with_several_organisations_one_is_chosen(client):
    call, person = factories.make_call(), factories.make_user()
    factories.make_organisation(person)
    second = factories.make_organisation(person)
    client.force_login(person)

    asked = client.post(f"/ru/calls/{call.public_id}/apply/")
    client.post(f"/ru/calls/{call.public_id}/apply/", {"organisation": second.public_id})

    assert asked.context["form"].errors.keys() == {"organisation"}
    assert Application.objects.get().organisation == second


def test_nobody_applies_for_an_organisation_of_others(client):
    call, person = factories.make_call(), factories.make_user()
    factories.make_organisation(person)
    factories.make_organisation(person)
    foreign = factories.make_organisation(factories.make_user())
    client.force_login(person)

    client.post(f"/ru/calls/{call.public_id}/apply/", {"organisation": foreign.public_id})

    assert Application.objects.count() == 0


def test_a_closed_call_begins_nothing_and_says_so(client):
    call, person = factories.make_call(), factories.make_user()
    factories.make_organisation(person)
    close(call)
    client.force_login(person)

    response = client.post(f"/ru/calls/{call.public_id}/apply/")

    assert response.status_code == 409
    assert response.context["refused"].code == "closed"
    assert Application.objects.count() == 0


# --- the list -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_my_list_costs_four_queries_however_many_applications_there_are(client, django_assert_num_queries, rows):
    person = factories.make_user()
    for _row in range(rows):
        factories.make_draft(person)
    client.force_login(person)

    with django_assert_num_queries(4):  # session, person with roles, applications, their open corrections
        response = client.get("/ru/applications/")

    assert len(response.context["rows"]) == rows


def test_where_it_is_my_turn_stands_first(client):
    person = factories.make_user()
    factories.make_draft(person)
    factories.application_at(A.SUBMITTED, owner=person)
    client.force_login(person)

    rows = client.get("/ru/applications/").context["rows"]

    assert [row.status for row, _standing in rows] == [A.DRAFT, A.SUBMITTED]


def test_an_empty_list_leads_to_the_calls(client):
    client.force_login(factories.make_user())

    text = text_of(client.get("/ru/applications/"))

    assert 'class="empty"' in text
    assert 'href="/ru/calls/"' in text


def test_the_list_shows_nothing_of_others(client):
    factories.make_draft()
    client.force_login(factories.make_user())

    assert client.get("/ru/applications/").context["rows"] == []


# --- who sees -------------------------------------------------------------------------------------

OWN_PAGES = [
    ("application_detail",),
    ("application_edit",),
    ("application_section", "project"),
    ("application_documents",),
    ("application_check",),
    ("application_withdraw",),
    ("application_take_back",),
    ("correction_edit",),
]


@shared
def draft() -> Application:
    return factories.make_draft()


@pytest.mark.parametrize("where", OWN_PAGES, ids=lambda where: where[0])
def test_an_application_of_others_is_not_found_by_its_address(client, draft, where):
    client.force_login(factories.make_user())

    read = page(client, where[0], draft, *where[1:])
    written = press(client, where[0], draft, *where[1:], data={"title": "Взлом", "then": "send"})

    assert (read.status_code, written.status_code) in [(404, 404), (404, 405)]
    draft.refresh_from_db()
    assert (draft.title, draft.status) == ("Ойын студиясы", A.DRAFT)


@pytest.mark.parametrize("where", OWN_PAGES, ids=lambda where: where[0])
def test_a_stranger_is_asked_to_sign_in(client, draft, where):
    response = page(client, where[0], draft, *where[1:])

    assert response.status_code == 302
    assert "/account/login/" in response.url


@shared
def in_status(status) -> Application:
    return factories.application_at(status)


@pytest.mark.parametrize("status", list(A))
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_status_page_stands_in_every_status_and_language(client, in_status, status, language):
    client.force_login(in_status.created_by)

    response = client.get(f"/{language}/applications/{in_status.public_id}/")

    standing = response.context["standing"]
    assert response.status_code == 200
    assert standing.label
    assert standing.ball
    assert standing.next


@shared
def returned(submitted) -> Application:
    officer = factories.make_user(roles=["officer"])
    corrections.open_correction(submitted, fields=["title"], reason_kk="Атауы.", reason_ru="Название.", by=officer)
    return submitted


@pytest.mark.parametrize("where", OWN_PAGES, ids=lambda where: where[0])
def test_reading_changes_nothing(client, returned, where):
    client.force_login(returned.created_by)
    before = (AuditEvent.objects.count(), Application.objects.values().get())

    page(client, where[0], returned, *where[1:])

    assert (AuditEvent.objects.count(), Application.objects.values().get()) == before


def test_a_viewer_reads_and_is_told_why_not_more(client):
    application, viewer = factories.make_draft(), factories.make_user()
    factories.add_member(application.organisation, viewer, MembershipRole.VIEWER)
    client.force_login(viewer)

    read = page(client, "application_detail", application)
    form = page(client, "application_section", application, "project")
    written = press(client, "application_section", application, "project", data={"title": "Другое"})

    application.refresh_from_db()
    assert read.status_code == 200
    assert not read.context["may_write"]
    assert (form.status_code, written.status_code) == (403, 403)
    assert application.title == "Ойын студиясы"


# --- decisions and their reasons ------------------------------------------------------------------


def test_a_staged_decision_is_a_secret(client):
    application = factories.application_at(A.ELIGIBLE)
    for _round in range(application.call.reviews_needed):
        factories.review(factories.assign(application))
    factories.decide(application)
    client.force_login(application.created_by)

    response = page(client, "application_detail", application)

    assert response.context["result"].decision is None
    assert "Решение комиссии." not in text_of(response)


def test_a_released_decision_shows_its_reasons(client):
    application = factories.application_at(A.DECLINED)
    client.force_login(application.created_by)

    response = client.get(f"/ru/applications/{application.public_id}/")

    assert "Решение комиссии." in text_of(response)


def test_a_proposal_not_eligible_is_a_secret_until_a_second_officer_confirms(client, submitted):
    first, second = factories.make_user(roles=["officer"]), factories.make_user(roles=["officer"])
    screening.propose_ineligible(submitted, reason_kk="Сектор емес.", reason_ru="Не тот сектор.", by=first)
    client.force_login(submitted.created_by)

    before = text_of(client.get(f"/ru/applications/{submitted.public_id}/"))
    screening.confirm_ineligible(submitted, by=second)
    after = text_of(client.get(f"/ru/applications/{submitted.public_id}/"))

    assert "Не тот сектор." not in before
    assert "Не тот сектор." in after


# --- taking back, withdrawing ---------------------------------------------------------------------


def test_after_taking_back_it_says_that_it_is_not_sent(client, submitted):
    client.force_login(submitted.created_by)

    asked = page(client, "application_take_back", submitted)
    press(client, "application_take_back", submitted)
    shown = client.get(f"/en/applications/{submitted.public_id}/")

    submitted.refresh_from_db()
    assert asked.status_code == 200
    assert submitted.status == A.DRAFT
    assert shown.context["standing"].label == "NOT SENT"


def test_after_closing_it_cannot_be_taken_back_and_stays_sent(client, submitted):
    close(submitted.call)
    client.force_login(submitted.created_by)

    response = press(client, "application_take_back", submitted)

    submitted.refresh_from_db()
    assert response.status_code == 409
    assert response.context["refused"].code == "closed"
    assert submitted.status == A.SUBMITTED


def test_withdrawing_asks_first_and_then_ends_it(client, submitted):
    client.force_login(submitted.created_by)

    page(client, "application_withdraw", submitted)
    submitted.refresh_from_db()
    asked = submitted.status
    press(client, "application_withdraw", submitted)

    submitted.refresh_from_db()
    assert (asked, submitted.status) == (A.SUBMITTED, A.WITHDRAWN)


def test_an_editor_neither_withdraws_nor_takes_back(client, submitted):
    editor = factories.make_user()
    factories.add_member(submitted.organisation, editor, MembershipRole.EDITOR)
    client.force_login(editor)

    pressed = [press(client, name, submitted) for name in ("application_withdraw", "application_take_back")]

    submitted.refresh_from_db()
    assert [response.status_code for response in pressed] == [403, 403]
    assert submitted.status == A.SUBMITTED


def test_an_unfinished_draft_of_a_closed_call_is_kept_and_readable(client):
    application = factories.make_draft()
    close(application.call)
    client.force_login(application.created_by)

    detail = page(client, "application_detail", application)
    form = page(client, "application_section", application, "project")

    assert "Ойын студиясы" in text_of(detail)
    assert form.status_code == 302
    with pytest.raises(applications.Refused):
        applications.edit_application(application, facts={"title": "Поздно"}, by=application.created_by)
