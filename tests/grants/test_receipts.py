"""A receipt on paper, and the public page that confirms it without showing anything else."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from grants.actions.applications import (
    edit_application,
    submit_application,
    take_back_application,
    withdraw_application,
)
from grants.models import Submission
from grants.queries.receipts import CheckedReceipt, check_receipt, code_of
from grants.statuses import ApplicationStatus as A
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TITLE = "Ойын студиясы әғқңөұүһі ӘҒҚҢӨҰҮҺІ ёжщ"


@pytest.fixture
def submission() -> Submission:
    draft = factories.make_draft()
    edit_application(draft, facts={"title": TITLE}, by=draft.created_by)
    return submit_application(draft, agreed={"declaration"}, by=draft.created_by)


def again(submission: Submission) -> Submission:
    person = submission.submitted_by
    take_back_application(submission.application, by=person)
    return submit_application(submission.application, agreed={"declaration"}, by=person)


def pdf_text(client, submission: Submission, language: str) -> str:
    answer = client.get(f"/{language}/applications/receipts/{submission.public_id}/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


HEADINGS = {"kk": "Өтінім жіберілді", "ru": "Заявка отправлена", "en": "The application was sent"}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_paper_says_in_the_readers_language_what_was_sent_when_and_by_whom(client, submission, language):
    client.force_login(submission.submitted_by)
    text = pdf_text(client, submission, language)

    application = submission.application
    assert HEADINGS[language] in text
    assert TITLE in text
    assert application.number in text
    assert submission.sha256 in text.replace("\n", "")
    assert str(submission.submitted_by) in text
    assert application.organisation.name in text
    assert "UTC+5" in text
    assert code_of(submission) in text


def test_the_paper_holds_no_bin(client, submission):
    client.force_login(submission.submitted_by)

    text = pdf_text(client, submission, "ru")

    assert submission.application.organisation.identifier not in text


def test_the_same_press_gives_the_same_bytes(client, submission):
    client.force_login(submission.submitted_by)
    address = reverse("grants:submission_pdf", args=[submission.public_id])

    first, second = client.get(address).content, client.get(address).content

    assert first == second


def test_a_stranger_gets_no_paper(client, submission):
    client.force_login(factories.make_user())

    assert client.get(reverse("grants:submission_pdf", args=[submission.public_id])).status_code == 404


def told(submission: Submission, standing: str) -> CheckedReceipt:
    return CheckedReceipt(submission.submitted_at, submission.sha256, standing)


def test_the_last_receipt_counts_and_an_earlier_one_was_replaced(submission):
    later = again(submission)

    assert check_receipt(submission.public_id) == told(submission, "replaced")
    assert check_receipt(later.public_id) == told(later, "counts")


@pytest.mark.parametrize("give_up", [take_back_application, withdraw_application])
def test_a_receipt_of_what_was_taken_back_says_so(submission, give_up):
    give_up(submission.application, by=submission.submitted_by)

    assert check_receipt(submission.public_id) == told(submission, "taken_back")


def test_a_code_is_read_as_people_type_it(submission):
    typed = [code_of(submission), code_of(submission).lower().replace("-", " "), f"  {submission.public_id} "]

    assert [check_receipt(text) for text in typed] == [told(submission, "counts")] * 3


def test_the_same_content_sent_twice_is_confirmed_by_its_hash_as_the_later_one(submission):
    later = again(submission)

    found = check_receipt(submission.sha256.upper())

    assert later.sha256 == submission.sha256
    assert found == told(later, "counts")


@pytest.mark.parametrize("typed", ["", "abc", "zzzzzzzzzzzzzz", "f" * 64, "GR-2026-00001", "%", "'; --"])
def test_what_is_no_code_finds_nothing(submission, typed):
    assert check_receipt(typed) is None


def test_the_page_shows_the_moment_and_the_hash_and_nothing_of_the_application(client, submission):
    page = client.get(reverse("grants:receipt_check", args=[submission.public_id])).content.decode()

    application = submission.application
    hidden = [application.title, application.number, application.organisation.name, application.call.title_kk]
    hidden += [str(submission.submitted_by), application.public_id, application.organisation.identifier]
    assert submission.sha256 in page
    assert [word for word in hidden if word in page] == []


def test_known_and_unknown_codes_cost_the_same_and_answer_alike(client, submission):
    again(submission)
    answers = {}
    for code in (submission.public_id, "zzzzzzzzzzzzzz", "f" * 64, submission.sha256):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("grants:receipt_ask"), {"code": code})
        answers[code] = (page.status_code, len(asked.captured_queries))

    assert set(answers.values()) == {(200, 1)}


def test_guessing_is_slowed_down_and_asks_the_database_nothing_more(client, submission):
    address = reverse("grants:receipt_ask")
    for _n in range(30):
        client.get(address, {"code": "zzzzzzzzzzzzzz"})

    with CaptureQueriesContext(connection) as asked:
        refused = client.get(address, {"code": submission.public_id})
    scanned = client.get(reverse("grants:receipt_check", args=[submission.public_id]))
    empty = client.get(address)

    assert (refused.status_code, len(asked), scanned.status_code) == (429, 0, 429)
    assert submission.sha256 not in refused.content.decode()
    assert empty.status_code == 200


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_stands_in_three_languages(client, submission, language):
    page = client.get(f"/{language}/receipts/{submission.public_id}/")

    assert f'<html lang="{language}">' in page.content.decode()
    assert page.context["receipt"].standing == "counts"


def test_a_taken_back_application_is_red_and_says_not_sent_in_words_and_shape(client, submission):
    take_back_application(submission.application, by=submission.submitted_by)
    client.force_login(submission.submitted_by)

    page = client.get(f"/en/applications/{submission.application.public_id}/")
    receipt = client.get(f"/en/applications/receipts/{submission.public_id}/").content.decode()

    standing = page.context["standing"]
    assert (standing.label, standing.tone, standing.shape) == ("NOT SENT", "bad", "back")
    assert 'class="notice notice--bad"' in page.content.decode()
    assert 'class="notice notice--bad"' in receipt


def test_an_answered_correction_replaces_the_receipt(submission):
    from grants.actions import corrections

    officer = factories.make_user(roles=["officer"])
    application = submission.application
    corrections.open_correction(application, fields=["summary"], reason_kk="Қысқа.", reason_ru="Коротко.", by=officer)
    edit_application(application, facts={"summary": "Толығырақ"}, by=submission.submitted_by)
    corrections.answer_correction(application, by=submission.submitted_by)

    assert application.status == A.SUBMITTED
    assert check_receipt(submission.public_id) == told(submission, "replaced")
