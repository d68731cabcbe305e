"""Files that arrive in pieces for a field of an application: who may, what is refused beside it, what is hung."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from accounts.statuses import MembershipRole
from core import clock
from core.refusals import Refused
from documents.actions import pieces
from documents.actions.check import check_upload
from documents.models import Document, PartialUpload, VaultEntry
from grants.actions import corrections, uploads
from grants.models import Application, ApplicationDocument, Call, DocumentRequirement, SizeTier
from grants.statuses import ApplicationStatus as A
from questionnaires.models import AnswerFile, Question
from tests import factories
from tests.documents import files
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch):
    """Pieces of a kilobyte, so that small files have several."""
    monkeypatch.setattr(pieces, "PIECE", 1024)
    monkeypatch.setattr("grants.views.uploads.PIECE", 1024)


@shared
def without_papers() -> Application:
    application = factories.make_draft()
    ApplicationDocument.objects.all().delete()
    VaultEntry.objects.all().delete()
    return application


@pytest.fixture
def draft(client, without_papers) -> Application:
    client.force_login(without_papers.created_by)
    return without_papers


def asked_for(application: Application, **fields) -> DocumentRequirement:
    """One more document that the call asks for."""
    titles = {"title_kk": "Қосымша", "title_ru": "Ещё один", "title_en": "One more"}
    return DocumentRequirement.objects.create(call=application.call, **{**titles, "position": 9, **fields})


def make_tiers(call: Call) -> None:
    """Small sums to 2 000 000, large ones over it."""
    SizeTier.objects.create(call=call, code="s", up_to=2_000_000)
    SizeTier.objects.create(call=call, code="l", up_to=None)
    factories.freeze_again(call)


def post(client, view: str, address: str, /, **body):
    return client.post(reverse(f"grants:{view}", args=[address]), json.dumps(body), content_type="application/json")


def begin(client, application: Application, content: bytes, field: str = "doc_deck", name: str = "a.pdf", **how):
    about = {"field": field, "name": name, "size": len(content), "fingerprint": hashlib.sha256(content).hexdigest()}
    return post(client, "upload_begin", application.public_id, **{**about, **how})


def piece(client, upload: str, offset: int, content: bytes):
    address = reverse("grants:upload_piece", args=[upload])
    return client.post(f"{address}?offset={offset}", content, content_type="application/octet-stream")


def send(client, application: Application, content: bytes, **how):
    """A whole file up to the finish; the answer that ended it, and the address of the upload."""
    answer = begin(client, application, content, **how)
    upload = answer.json().get("id", "")
    while answer.status_code == 200 and answer.json()["received"] < len(content):
        there = answer.json()["received"]
        answer = piece(client, upload, there, content[there : there + 1024])
    return answer, upload


def finish(client, application: Application, *uploads: str, field: str = "doc_deck"):
    return post(client, "upload_finish", application.public_id, field=field, uploads=list(uploads))


def test_a_file_in_pieces_hangs_where_the_plain_upload_would_hang_it(client, draft):
    content = files.pdf()
    _answer, upload = send(client, draft, content, name="Тұсаукесер.pdf")

    answer = finish(client, draft, upload)

    row = draft.documents.get()
    assert answer.json() == {"names": ["Тұсаукесер.pdf"], "warnings": []}
    assert (row.requirement.key, row.document.original_name) == ("deck", "Тұсаукесер.pdf")
    assert row.document.sha256 == hashlib.sha256(content).hexdigest()
    assert PartialUpload.objects.count() == 0


def test_photos_of_one_choice_are_finished_together_as_one_pdf(client, draft):
    sent = [send(client, draft, files.picture("JPEG", (64, 40 + n)), name=f"{n}.jpg")[1] for n in range(3)]

    finish(client, draft, *sent)

    assert list(draft.documents.values_list("document__media_type", flat=True)) == ["application/pdf"]
    assert draft.documents.get().document.original_name == f"{draft.call.requirements.get().title}.pdf"


def test_a_finish_that_is_pressed_twice_at_once_hangs_the_file_once(client, draft):
    _answer, address = send(client, draft, files.pdf())
    first, second = (PartialUpload.objects.get(public_id=address) for _press in range(2))
    uploads.finish_field_uploads(draft, "doc_deck", [first], by=draft.created_by)

    with pytest.raises(Refused) as refused:
        uploads.finish_field_uploads(draft, "doc_deck", [second], by=draft.created_by)

    assert (refused.value.code, draft.documents.count()) == ("added_already", 1)


def test_a_finish_whose_pieces_went_with_the_same_press_is_told_so(client, draft):
    _answer, address = send(client, draft, files.pdf())
    for name in PartialUpload.objects.get().pieces:
        default_storage.delete(name)  # the other press has just ended, after this one had read its row

    answer = finish(client, draft, address)

    assert (answer.status_code, answer.json()["code"]) == (409, "added_already")


def test_more_files_than_are_taken_at_a_time_are_refused_before_one_is_read(client, draft, monkeypatch):
    sent = [send(client, draft, files.pdf(), name=f"{n}.pdf", fingerprint=str(n))[1] for n in range(3)]
    monkeypatch.setattr("documents.actions.gather.MOST_SHEETS", 2)
    monkeypatch.setattr(default_storage, "open", lambda *_name: pytest.fail("a piece was read"))

    answer = finish(client, draft, *sent)

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_at_once")


@pytest.mark.parametrize("offset", ["", "-1", "a", "9" * 5000])
def test_an_offset_that_is_none_is_answered_so(client, draft, offset):
    address = begin(client, draft, files.pdf()).json()["id"]

    answer = piece(client, address, offset, b"x")

    assert (answer.status_code, PartialUpload.objects.get().received) == (400, 0)


def test_a_question_that_is_answered_by_a_file_takes_it_in_pieces(client):
    call = factories.make_draft_call()
    section = call.questionnaire.sections.get()
    labels = {"label_kk": "Логотип", "label_ru": "Логотип", "label_en": "Logo"}
    Question.objects.create(section=section, key="logo", kind="file", is_required=False, position=9, **labels)
    application = factories.make_draft(call=factories.publish(call))
    client.force_login(application.created_by)
    _answer, upload = send(client, application, files.pdf(), field="q_logo")

    answer = finish(client, application, upload, field="q_logo")

    assert answer.status_code == 200
    assert AnswerFile.objects.get(set=application.answer_set).key == "logo"


def test_what_has_arrived_is_told_to_who_asks(client, draft):
    content = files.pdf().ljust(3000, b" ")
    upload = begin(client, draft, content).json()["id"]
    piece(client, upload, 0, content[:1024])

    answer = client.get(reverse("grants:upload_piece", args=[upload]))

    assert answer.json() == {"id": upload, "received": 1024, "piece": 1024}


# --- who ------------------------------------------------------------------------------------------------------------

MEMBERS = {"owner": 200, "editor": 200, "viewer": 403}
OTHERS = ["outsider", "officer", "expert", "secretary", "commission", "finance", "auditor", "administrator", "manager"]


@pytest.mark.parametrize(("role", "status"), MEMBERS.items())
def test_writers_of_the_organisation_may_begin_and_a_viewer_is_told_why_not(client, draft, role, status):
    person = factories.make_user()
    factories.add_member(draft.organisation, person, MembershipRole(role))
    client.force_login(person)

    answer = begin(client, draft, files.pdf())

    assert answer.status_code == status


@pytest.mark.parametrize("role", OTHERS)
def test_for_anybody_else_the_application_does_not_exist(client, draft, role):
    client.force_login(factories.make_user() if role == "outsider" else factories.make_staff(role))

    answers = [begin(client, draft, files.pdf()).status_code, finish(client, draft, "x").status_code]

    assert (answers, PartialUpload.objects.count()) == ([404, 404], 0)


def test_without_a_session_nothing_begins_and_nothing_is_parked(client, draft):
    client.logout()

    answer = begin(client, draft, files.pdf())

    assert (answer.status_code, "parked" in answer.cookies, PartialUpload.objects.count()) == (302, False, 0)


def test_an_upload_belongs_to_who_began_it_even_within_one_organisation(client, draft):
    _answer, upload = send(client, draft, files.pdf())
    colleague = factories.make_user()
    factories.add_member(draft.organisation, colleague, MembershipRole.EDITOR)
    client.force_login(colleague)

    asked = client.get(reverse("grants:upload_piece", args=[upload]))
    added = piece(client, upload, 0, b"x")
    finished = finish(client, draft, upload)

    assert [asked.status_code, added.status_code, finished.status_code] == [404, 404, 404]


def test_what_was_sent_for_one_field_never_ends_in_another(client, draft):
    asked_for(draft, key="portfolio")
    _answer, upload = send(client, draft, files.pdf())

    answer = finish(client, draft, upload, field="doc_portfolio")

    assert (answer.status_code, draft.documents.count()) == (404, 0)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"field": "title"},
        {"field": "doc_deck", "size": -1},
        {"field": "doc_Deck"},
        {"field": "doc_deck", "size": "a"},
    ],
)
def test_what_is_no_request_of_ours_is_answered_so(client, draft, body):
    answer = post(client, "upload_begin", draft.public_id, **{"name": "a.pdf", **body})

    assert answer.status_code == 400


@pytest.mark.parametrize("given", ["x", 5, [1], {"a": 1}, None])
def test_a_finish_without_a_list_of_uploads_is_answered_so(client, draft, given):
    answer = post(client, "upload_finish", draft.public_id, field="doc_deck", uploads=given)

    assert answer.status_code == 400


# --- what is refused, in the reader's language ---------------------------------------------------------------------

LATE = {
    "a program after a right head": (files.pdf()[:400], "a.pdf", "damaged"),
    "a PDF with a script": (files.pdf(files.script_by_name), "a.pdf", "script"),
    "a PDF under a password": (files.pdf(lambda w: w.encrypt("secret")), "a.pdf", "encrypted"),
    "a PDF that starts a program": (files.pdf(files.opening(files.action("/Launch", F="cmd.exe"))), "a.pdf", "launch"),
    "a PDF with a file inside": (files.pdf(lambda w: w.add_attachment("e.exe", b"MZ")), "a.pdf", "attachment"),
    "a photo that was cut off": (files.picture("JPEG", (640, 480))[:900], "a.jpg", "damaged"),
    "a picture of 81 million pixels": (files.png_bomb(9_000, 9_000), "a.png", "pixels"),
    "an archive": (files.parcel({"a.txt": b"a"}), "a.zip", "archive"),
    "a document with macros": (files.office("xlsx", {"xl/vbaProject.bin": b"x"}), "a.xlsx", "macros"),
    "a name that lies": (files.pdf(), "a.exe", "name_disagrees"),
}
EARLY = {
    "HEIC": (files.heic(), "a.heic", "heic"),
    "a program": (files.PROGRAM, "a.pdf", "unknown"),
    "an old Word file": (files.old_office(), "a.doc", "old_office"),
    "a web page": (b"<!doctype html><script>alert(1)</script>", "a.pdf", "unknown"),
    "nothing": (b"", "a.pdf", "empty"),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("case", [*LATE, *EARLY])
def test_a_bad_file_is_answered_in_the_language_of_its_reader_and_leaves_nothing(client, draft, case, language):
    content, name, code = {**LATE, **EARLY}[case]
    with translation.override(language):
        answer, upload = send(client, draft, content, name=name)
        answer = finish(client, draft, upload) if answer.status_code == 200 else answer
        with pytest.raises(Refused) as plain:
            check_upload(files.upload(name, content))

    with translation.override(language):
        expected = {"sentence": str(plain.value.sentence), "code": code}
    assert (answer.status_code, answer.json()) == (409, expected)
    assert (draft.documents.count(), Document.objects.filter(uploaded_by=draft.created_by).count()) == (0, 1)
    assert PartialUpload.objects.count() == 0


def test_a_file_of_50_mb_is_refused_before_a_byte_of_it_travels(client, draft):
    with translation.override("ru"):
        answer = begin(client, draft, b"", size=50 * 1024 * 1024)

    assert (answer.status_code, answer.json()["code"], "50" in answer.json()["sentence"]) == (409, "too_large", True)


def test_the_sixth_file_is_refused_before_it_travels_and_nothing_is_lost(client, draft):
    requirement = draft.call.requirements.get()
    for number in range(5):
        factories.attach(draft, requirement, factories.pdf(f"{number}.pdf"), by=draft.created_by)

    answer = begin(client, draft, files.pdf())

    assert (answer.json()["code"], draft.documents.count()) == ("too_many_files", 5)


def test_what_arrived_for_a_full_field_is_kept_until_there_is_room(client, draft):
    requirement = draft.call.requirements.get()
    _answer, upload = send(client, draft, files.pdf())
    for number in range(5):
        factories.attach(draft, requirement, factories.pdf(f"{number}.pdf"), by=draft.created_by)

    refused = finish(client, draft, upload)
    factories.documents.remove_document(draft.documents.first(), by=draft.created_by)
    taken = finish(client, draft, upload)

    assert (refused.json()["code"], taken.status_code, draft.documents.count()) == ("too_many_files", 200, 5)


def test_one_bad_photo_among_several_is_named_and_the_others_stay_where_they_are(client, draft):
    good = send(client, draft, files.picture("JPEG"), name="1.jpg")[1]
    bad = send(client, draft, files.picture("JPEG", (640, 480))[:900], name="2.jpg")[1]

    answer = finish(client, draft, good, bad)

    assert "«2.jpg»" in answer.json()["sentence"]
    assert (draft.documents.count(), PartialUpload.objects.count()) == (0, 2)


@pytest.mark.parametrize("fields", [{"stage": "award"}, {"from_tier": "l"}])
def test_a_document_that_is_not_asked_of_this_application_is_not_taken(client, draft, fields):
    make_tiers(draft.call)
    asked_for(draft, key="tax", **fields)

    answer = begin(client, draft, files.pdf(), field="doc_tax")

    assert answer.json()["code"] == "not_asked"


def test_after_the_call_has_closed_nothing_begins(client, draft, at):
    Call.objects.filter(pk=draft.call_id).update(grace_minutes=0)
    at(draft.call.closes_at + timedelta(hours=1))

    assert begin(client, draft, files.pdf()).status_code == 409


def test_after_sending_only_what_an_officer_named_is_taken(client):
    application = factories.application_at(A.SUBMITTED)
    client.force_login(application.created_by)
    closed = begin(client, application, files.pdf())
    officer = factories.make_user(roles=["officer"])
    corrections.open_correction(
        application, fields=["doc_deck"], reason_kk="Анық емес.", reason_ru="Неясно.", by=officer
    )

    _answer, upload = send(client, application, files.pdf())
    named = finish(client, application, upload)

    assert (closed.status_code, named.status_code, application.documents.count()) == (409, 200, 2)
    assert clock.now() < application.corrections.get().due_at
