"""Check, send, receipt."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Consent, ConsentText
from accounts.statuses import ConsentKind, MembershipRole
from core import clock
from grants.models import Application, Call, Submission
from grants.statuses import ApplicationStatus as A
from notifications.models import Message
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def complete() -> Application:
    return factories.make_draft()


@pytest.fixture
def draft(client, complete) -> Application:
    client.force_login(complete.created_by)
    return complete


def check(application: Application) -> str:
    return reverse("grants:application_check", args=[application.public_id])


def send(client, application: Application, **ticked: str):
    shown = client.get(check(application)).context["form"]["shown_sha256"].value()
    return client.post(check(application), {"shown_sha256": shown, "declaration": "on", **ticked})


def test_sending_gives_a_number_and_a_receipt(client, draft):
    response = send(client, draft)

    draft.refresh_from_db()
    submission = draft.submissions.get()
    receipt = client.get(response.url).content.decode()
    assert response.url == reverse("grants:submission_receipt", args=[submission.public_id])
    assert draft.status == A.SUBMITTED
    assert draft.number in receipt
    assert submission.sha256 in receipt


def test_the_fingerprint_is_of_the_file_that_the_applicant_can_download(client, draft):
    send(client, draft)
    submission = draft.submissions.get()

    response = client.get(reverse("grants:submission_snapshot", args=[submission.public_id]))

    assert hashlib.sha256(b"".join(response.streaming_content)).hexdigest() == submission.sha256


def test_the_same_press_twice_gives_the_same_receipt(client, draft):
    first = send(client, draft)
    second = send(client, draft)

    assert first.url == second.url
    assert Submission.objects.count() == 1
    assert Message.objects.filter(event="submitted").count() == 1


def test_nothing_is_ticked_beforehand_and_the_declaration_is_needed(client, draft):
    page = client.get(check(draft))
    shown = page.context["form"]["shown_sha256"].value()

    response = client.post(check(draft), {"shown_sha256": shown})

    draft.refresh_from_db()
    assert "checked" not in page.content.decode()
    assert list(response.context["form"].errors) == ["declaration"]
    assert draft.status == A.DRAFT


@pytest.mark.parametrize(
    ("ticked", "kinds"),
    [({}, ["declaration"]), ({"publication": "on"}, ["declaration", "publication"])],
)
def test_publication_is_a_consent_of_its_own(client, draft, ticked, kinds):
    send(client, draft, **ticked)

    given = Consent.objects.filter(about=draft.public_id).values_list("text__kind", flat=True)
    assert sorted(given) == kinds


def test_a_text_that_changed_meanwhile_is_shown_and_asked_again(client, draft):
    shown = client.get(check(draft)).context["form"]["shown_sha256"].value()
    ConsentText.objects.create(
        kind=ConsentKind.DECLARATION, version=2, text_kk="Жаңа мәтін.", text_ru="Новый текст.", valid_from=clock.now()
    )

    response = client.post(check(draft), {"shown_sha256": shown, "declaration": "on"})

    draft.refresh_from_db()
    assert list(response.context["form"].errors) == ["declaration"]
    assert response.context["form"]["declaration"].value() is False
    assert draft.status == A.DRAFT


def test_an_incomplete_draft_shows_each_gap_with_the_way_to_it_and_no_button(client, draft):
    draft.documents.all().delete()
    Application.objects.filter(pk=draft.pk).update(title="")

    text = client.get(check(draft)).content.decode()

    assert f"/applications/{draft.public_id}/edit/project/#id_title" in text
    assert f"/applications/{draft.public_id}/edit/documents/#deck" in text
    assert 'name="declaration"' not in text


def test_an_incomplete_draft_is_refused_in_words_when_sent_all_the_same(client, draft):
    shown = client.get(check(draft)).context["form"]["shown_sha256"].value()
    draft.documents.all().delete()

    response = client.post(check(draft), {"shown_sha256": shown, "declaration": "on"})

    assert response.status_code == 409
    assert response.context["refused"].code == "incomplete"


def test_an_editor_is_told_that_an_owner_sends(client, draft):
    editor = factories.make_user()
    factories.add_member(draft.organisation, editor, MembershipRole.EDITOR)
    client.force_login(editor)

    page = client.get(check(draft))
    response = send(client, draft)

    draft.refresh_from_db()
    assert 'name="declaration"' not in page.content.decode()
    assert response.status_code == 403
    assert response.context["refused"].code == "not_an_owner"
    assert draft.status == A.DRAFT


def test_a_second_after_closing_is_too_late_and_says_that_all_is_kept(client, draft):
    shown = client.get(check(draft)).context["form"]["shown_sha256"].value()
    Call.objects.filter(pk=draft.call_id).update(closes_at=clock.now() - timedelta(seconds=1))

    response = client.post(check(draft), {"shown_sha256": shown, "declaration": "on"})

    draft.refresh_from_db()
    assert response.status_code == 409
    assert response.context["refused"].code == "closed"
    assert "Ойын студиясы" in response.content.decode()
    assert draft.status == A.DRAFT


def test_an_expired_session_sends_nothing_and_ticks_nothing(client, draft):
    person, shown = draft.created_by, client.get(check(draft)).context["form"]["shown_sha256"].value()
    client.logout()

    client.post(check(draft), {"shown_sha256": shown, "declaration": "on"})
    client.force_login(person)
    page = client.get(check(draft))

    draft.refresh_from_db()
    assert draft.status == A.DRAFT
    assert page.context["parked"] is not None
    assert "checked" not in page.content.decode()


def test_taken_back_and_sent_again_keeps_the_number_and_has_two_receipts(client, draft):
    first = send(client, draft)
    client.post(reverse("grants:application_take_back", args=[draft.public_id]))
    old = client.get(first.url)
    second = send(client, draft)

    draft.refresh_from_db()
    assert not old.context["is_current"]
    assert first.url != second.url
    assert draft.submissions.count() == 2
    assert draft.number.endswith("-00001")


def test_a_receipt_of_others_is_not_found(client):
    submission = factories.application_at(A.SUBMITTED).submissions.get()
    client.force_login(factories.make_user())

    receipt = client.get(reverse("grants:submission_receipt", args=[submission.public_id]))
    snapshot = client.get(reverse("grants:submission_snapshot", args=[submission.public_id]))

    assert (receipt.status_code, snapshot.status_code) == (404, 404)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_receipt_stands_in_three_languages(client, language):
    application = factories.application_at(A.SUBMITTED)
    client.force_login(application.created_by)

    response = client.get(f"/{language}/applications/receipts/{application.submissions.get().public_id}/")

    assert response.status_code == 200
    assert application.number in response.content.decode()


def statements(asked: CaptureQueriesContext) -> list[str]:
    """What was asked, but for the marks of transactions (a test stands inside one, so each is a savepoint)."""
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return [query["sql"] for query in asked.captured_queries if not query["sql"].startswith(marks)]


def test_the_press_that_sends_costs_under_forty_statements(client, draft):
    factories.application_at(A.SUBMITTED, call=draft.call)  # the year's counter stands
    shown = client.get(check(draft)).context["form"]["shown_sha256"].value()

    with CaptureQueriesContext(connection) as asked:
        client.post(check(draft), {"shown_sha256": shown, "declaration": "on", "publication": "on"})

    assert len(statements(asked)) == 18


def test_adding_a_document_and_sending_cost_under_forty_statements(client, draft):
    factories.application_at(A.SUBMITTED, call=draft.call)
    draft.documents.all().delete()
    shown = client.get(check(draft)).context["form"]["shown_sha256"].value()
    documents = reverse("grants:application_documents", args=[draft.public_id])

    with CaptureQueriesContext(connection) as asked:
        client.post(documents, {"requirement": "deck", "deck-file": factories.pdf()})
        client.post(check(draft), {"shown_sha256": shown, "declaration": "on"})

    assert len(statements(asked)) == 25
