"""A correction by its applicant: the named fields and no others, until its own clock stops."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.statuses import MembershipRole
from grants.actions import corrections
from grants.models import Application
from grants.statuses import ApplicationStatus as A
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FIELDS = ["summary", "amount_requested", "q_problem", "doc_deck"]


@shared
def sent_back() -> Application:
    application = factories.application_at(A.SUBMITTED)
    corrections.open_correction(
        application,
        fields=FIELDS,
        reason_kk="Соманы нақтылаңыз.",
        reason_ru="Уточните сумму.",
        by=factories.make_user(roles=["officer"]),
    )
    return application


@pytest.fixture
def returned(client, sent_back) -> Application:
    client.force_login(sent_back.created_by)
    return sent_back


def address(application: Application) -> str:
    return reverse("grants:correction_edit", args=[application.public_id])


def typed(then: str = "send", **fields: str) -> dict[str, str]:
    return {
        "summary": "Уточнено",
        "amount_requested": "1 500 000",
        "q_problem": "Уточнённый ответ",
        "then": then,
        **fields,
    }


def test_the_page_shows_the_officers_words_and_exactly_the_named_fields(client, returned):
    response = client.get(address(returned).replace("/kk/", "/ru/"))

    forms = response.context["forms"]
    names = [name for form in forms.all() for name in form.fields]
    rest = [line.field for part in response.context["parts"] for line in part.lines]
    assert "Уточните сумму." in response.content.decode()
    assert names == ["summary", "amount_requested", "q_problem", "file"]
    assert rest == ["title", "sector", "district", "own_amount", "q_jobs"]


def test_saving_does_not_send(client, returned):
    client.post(address(returned), typed("save"))

    returned.refresh_from_db()
    assert (returned.summary, returned.amount_requested) == ("Уточнено", Decimal(1_500_000))
    assert returned.corrections.get().answered_at is None


def test_sending_answers_with_a_new_receipt_and_a_new_file(client, returned):
    response = client.post(address(returned), {**typed(), "deck-file": factories.pdf("новая.pdf")})

    correction = returned.corrections.get()
    assert response.url == reverse("grants:application_detail", args=[returned.public_id])
    assert sorted(correction.changed) == sorted(FIELDS)
    assert returned.submissions.count() == 2
    assert returned.documents.count() == 2


def test_a_field_that_was_not_named_stays_whatever_the_browser_sends(client, returned):
    client.post(address(returned), typed(title="Подмена", own_amount="1", q_jobs="99"))

    returned.refresh_from_db()
    assert (returned.title, returned.own_amount) == ("Ойын студиясы", Decimal(500_000))
    assert returned.answer_set.values()["jobs"] == 5


def test_a_wrong_value_is_refused_beside_its_field_and_nothing_is_sent(client, returned):
    response = client.post(address(returned), typed(amount_requested="много"))

    assert response.context["forms"].facts.errors.keys() == {"amount_requested"}
    assert "много" in response.content.decode()
    assert returned.corrections.get().answered_at is None


def test_an_amount_that_no_longer_fits_the_own_money_is_refused(client, returned):
    response = client.post(address(returned), typed(amount_requested="5000000"))

    assert response.context["forms"].facts.errors.keys() == {"amount_requested"}


def test_a_bad_file_is_refused_and_nothing_is_sent(client, returned):
    from django.core.files.uploadedfile import SimpleUploadedFile

    response = client.post(address(returned), {**typed(), "deck-file": SimpleUploadedFile("a.pdf", b"MZ" * 500)})

    assert response.status_code == 200
    assert returned.documents.count() == 1
    assert returned.corrections.get().answered_at is None


def test_an_emptied_field_is_refused_when_sent_and_shown_again(client, returned):
    response = client.post(address(returned), typed(q_problem=""))

    assert response.status_code == 409
    assert response.context["refused"].code == "incomplete"


def test_an_editor_saves_and_does_not_send(client, returned):
    editor = factories.make_user()
    factories.add_member(returned.organisation, editor, MembershipRole.EDITOR)
    client.force_login(editor)

    response = client.post(address(returned), typed())

    returned.refresh_from_db()
    assert response.status_code == 403
    assert response.context["refused"].code == "not_an_owner"
    assert returned.summary == "Уточнено"


def test_after_the_due_moment_it_is_closed(client, returned, at):
    at(returned.corrections.get().due_at + timedelta(seconds=1))

    response = client.post(address(returned), typed())

    returned.refresh_from_db()
    assert response.url == reverse("grants:application_detail", args=[returned.public_id])
    assert returned.summary == "Қазақ тіліндегі ойын"


def test_an_expired_session_loses_nothing(client, returned):
    person = returned.created_by
    client.logout()

    client.post(address(returned), typed(summary="Набрано до входа"))
    client.force_login(person)
    page = client.get(address(returned))

    assert "Набрано до входа" in page.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_stands_in_three_languages(client, returned, language):
    response = client.get(f"/{language}/applications/{returned.public_id}/correction/")

    assert response.status_code == 200
