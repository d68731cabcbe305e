"""A whole section saved without JavaScript: nobody is overwritten; and what the list of sections says."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants.actions import applications, corrections
from grants.actions.saving import save_field
from grants.models import Application
from grants.statuses import ApplicationStatus as A
from tests import factories
from tests.grants.saving import elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def draft(client) -> Application:
    application = factories.make_draft()
    client.force_login(application.created_by)
    return application


# --- a whole section, without JavaScript ------------------------------------------------------------


def section(application: Application, key: str = "project") -> str:
    return reverse("grants:application_section", args=[application.public_id, key])


def as_rendered(client: Client, application: Application, key: str = "project") -> dict[str, str]:
    """Every input of the page as a browser would post it back untouched."""
    context = client.get(section(application, key)).context
    form = context["form"]
    typed = {name: "" if form[name].value() is None else str(form[name].value()) for name in form.fields}
    return {**typed, **{f"rev_{name}": token for name, token in context["revisions"]}}


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
