"""Documents of an application: adding, refusing in words, removing, reading."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEvent
from documents.models import Document
from grants.actions import reviews
from grants.models import Application, ApplicationDocument, Assignment
from grants.statuses import ApplicationStatus as A
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def draft(client) -> Application:
    application = factories.make_draft()
    ApplicationDocument.objects.all().delete()
    client.force_login(application.created_by)
    return application


def upload(client, application: Application, file, key: str = "deck"):
    address = reverse("grants:application_documents", args=[application.public_id])
    return client.post(address, {"requirement": key, f"{key}-file": file})


def declared(assignment: Assignment) -> Assignment:
    """The expert has said that there is no conflict of interest."""
    reviews.declare_no_conflict(assignment, by=assignment.expert.user)
    return assignment


def archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as inside:
        inside.writestr("evil.exe", b"MZ")
    return packed.getvalue()


def test_a_right_file_is_added_under_its_own_name(client, draft):
    response = upload(client, draft, factories.pdf("Тұсаукесер жоспар.pdf"))

    row = draft.documents.get()
    assert response.status_code == 302
    assert (row.requirement.key, row.document.original_name) == ("deck", "Тұсаукесер жоспар.pdf")


BAD_FILES = {
    "an .exe renamed to .pdf": SimpleUploadedFile("смета.pdf", b"MZ\x90\x00" + b"\x00" * 4000),
    "an empty file": SimpleUploadedFile("пусто.pdf", b""),
    "an archive": SimpleUploadedFile("архив.zip", archive()),
    "an archive renamed to .docx": SimpleUploadedFile("план.docx", archive()),
    "a page with a script": SimpleUploadedFile("страница.pdf", b"<script>alert(1)</script>"),
    "50 MB": SimpleUploadedFile("большой.pdf", factories.PDF + b"0" * 50 * 1024 * 1024),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_beside_its_field_and_leaves_nothing_behind(client, draft, name):
    file = BAD_FILES[name]
    file.seek(0)
    before = (Document.objects.count(), AuditEvent.objects.count())

    response = upload(client, draft, file)

    assert response.status_code == 200
    assert list(response.context["wrong"].errors) == ["file"]
    assert draft.documents.count() == 0
    assert (Document.objects.count(), AuditEvent.objects.count()) == before


def test_without_a_file_it_says_so(client, draft):
    response = client.post(reverse("grants:application_documents", args=[draft.public_id]), {"requirement": "deck"})

    assert list(response.context["wrong"].errors) == ["file"]


def test_html_in_a_file_name_is_shown_as_text(client, draft):
    upload(client, draft, factories.pdf("<img src=x onerror=alert(1)>.pdf"))

    text = client.get(reverse("grants:application_documents", args=[draft.public_id])).content.decode()

    assert "<img src=x" not in text


def test_a_document_is_removed_by_a_press_only(client, draft):
    upload(client, draft, factories.pdf())
    address = reverse("grants:document_remove", args=[draft.documents.get().public_id])

    opened = client.get(address)
    left = draft.documents.count()
    client.post(address)

    assert (opened.status_code, left, draft.documents.count()) == (405, 1, 0)


def test_a_document_of_a_sent_application_stays(client):
    application = factories.application_at(A.SUBMITTED)
    client.force_login(application.created_by)

    response = client.post(reverse("grants:document_remove", args=[application.documents.get().public_id]))

    assert response.status_code == 409
    assert application.documents.count() == 1


def test_an_expired_session_says_that_the_file_must_be_chosen_again(client, draft):
    person = draft.created_by
    client.logout()
    upload(client, draft, factories.pdf())
    client.force_login(person)

    response = client.get(reverse("grants:application_documents", args=[draft.public_id]))

    assert response.context["parked"][1] is True
    assert draft.documents.count() == 0


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 200),
        ("officer", 200),
        ("expert", 200),
        ("expert who has not declared", 404),
        ("other expert", 404),
        ("outsider", 404),
        ("nobody", 302),
    ],
)
def test_who_may_read_a_document(client, who, status):
    application = factories.application_at(A.ELIGIBLE)
    people = {
        "owner": lambda: application.created_by,
        "officer": lambda: factories.make_staff("officer"),
        "expert": lambda: declared(factories.assign(application)).expert.user,
        "expert who has not declared": lambda: factories.assign(application).expert.user,
        "other expert": lambda: factories.make_expert().user,
        "outsider": factories.make_user,
    }
    if who in people:
        client.force_login(people[who]())

    response = client.get(reverse("grants:document_download", args=[application.documents.get().public_id]))

    assert response.status_code == status


def test_the_file_comes_back_as_it_was_and_runs_nothing(client):
    application = factories.application_at(A.SUBMITTED)
    client.force_login(application.created_by)

    response = client.get(reverse("grants:document_download", args=[application.documents.get().public_id]))

    assert b"".join(response.streaming_content) == factories.PDF
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
