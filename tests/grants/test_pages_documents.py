"""Documents of an application: adding, refusing in words, removing, reading."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEvent
from core.refusals import Refused
from documents.models import Document, VaultEntry
from grants.actions import documents, reviews
from grants.models import Application, ApplicationDocument, Assignment, DocumentRequirement, SizeTier
from grants.queries.completeness import gaps
from grants.queries.snapshot import snapshot
from grants.statuses import ApplicationStatus as A
from tests import factories
from tests.documents import files, pages
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


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


def asked_for(application: Application, key: str, **fields) -> DocumentRequirement:
    """One more document that the call asks for."""
    titles = {"title_kk": f"Құжат {key}", "title_ru": f"Документ {key}", "title_en": f"Document {key}"}
    return DocumentRequirement.objects.create(call=application.call, key=key, **{**titles, "position": 9, **fields})


def page_of(client, application: Application):
    return client.get(reverse("grants:application_documents", args=[application.public_id]))


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
        ("expert", 404),  # reads through the pages of the review, under neutral names
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


# --- what is asked, and when ------------------------------------------------------------------------------------------


def test_what_is_asked_of_winners_is_nowhere_before_the_decision(client, draft):
    asked_for(draft, "registration", stage="award")
    upload(client, draft, factories.pdf())

    asked = [field.requirement.key for field in page_of(client, draft).context["fields"]]

    assert asked == ["deck"]
    assert gaps(draft) == []
    assert [row["requirement"] for row in snapshot(draft)["documents"]] == ["deck"]


def test_the_page_of_a_call_names_apart_what_winners_bring(client):
    call = factories.make_draft_call()
    titles = {"title_kk": "Салық анықтамасы", "title_ru": "Справка о налогах", "title_en": "Tax certificate"}
    DocumentRequirement.objects.create(call=call, key="tax", stage="award", position=2, **titles)
    call = factories.publish(call)

    response = client.get(reverse("grants:call_detail", args=[call.public_id]))

    before, after = response.content.decode().split('id="documents"')[1].split("<h3>", 1)
    assert ("Презентация" in before, "Салық анықтамасы" in before) == (True, False)
    assert "Салық анықтамасы" in after.split("</section>")[0]


def test_a_paper_of_winners_is_not_taken_before_the_decision(client, draft):
    requirement = asked_for(draft, "registration", stage="award")

    response = upload(client, draft, factories.pdf(), key="registration")

    assert (response.status_code, draft.documents.count()) == (200, 0)
    with pytest.raises(Refused) as refused:
        factories.attach(draft, requirement, factories.pdf(), by=draft.created_by)
    assert refused.value.code == "not_asked"


@pytest.mark.parametrize(("up_to", "asked"), [(1_000_000, ["deck", "portfolio"]), (2_000_000, ["deck"])])
def test_less_is_asked_for_less_money(client, draft, up_to, asked):
    asked_for(draft, "portfolio", from_tier="l")
    SizeTier.objects.create(call=draft.call, code="s", up_to=up_to)
    SizeTier.objects.create(call=draft.call, code="l", up_to=None)
    factories.freeze_again(draft.call)
    draft.refresh_from_db()

    found = [field.requirement.key for field in page_of(client, draft).context["fields"]]

    assert found == asked
    assert [gap.field for gap in gaps(draft)] == [f"doc_{key}" for key in asked]


def test_what_was_given_for_a_larger_sum_stays_until_its_owner_takes_it_off(client, draft):
    portfolio = asked_for(draft, "portfolio", from_tier="l")
    factories.attach(draft, portfolio, factories.pdf(), by=draft.created_by)
    SizeTier.objects.create(call=draft.call, code="s", up_to=None)
    factories.freeze_again(draft.call)

    before = [field.requirement.key for field in page_of(client, draft).context["fields"]]
    documents.remove_document(draft.documents.get(), by=draft.created_by)
    after = [field.requirement.key for field in page_of(client, draft).context["fields"]]

    assert (before, after) == (["deck", "portfolio"], ["deck"])


# --- several files ----------------------------------------------------------------------------------------------------


def test_several_photos_in_one_post_become_one_pdf_named_after_what_they_answer(client, draft):
    photos = [files.upload(f"{n}.jpg", files.picture("JPEG", (64, 40 + n))) for n in range(3)]

    upload(client, draft, photos)

    document = draft.documents.get().document
    assert (document.original_name, document.media_type) == ("Презентация.pdf", "application/pdf")


def test_papers_and_a_photo_in_one_post_stay_apart(client, draft):
    upload(client, draft, [factories.pdf("a.pdf"), files.upload("b.jpg", files.picture("JPEG"))])

    assert [row.document.original_name for row in draft.documents.all()] == ["a.pdf", "b.jpg"]


@pytest.mark.parametrize("bad", [files.heic(), files.PROGRAM, b"", files.picture("JPEG", (640, 480))[:900]])
def test_one_bad_file_among_several_keeps_all_of_them_out_and_is_named(client, draft, bad):
    photos = [files.upload("1.jpg", files.picture("JPEG")), files.upload("2.jpg", bad)]

    response = upload(client, draft, photos)

    assert "«2.jpg»" in response.context["wrong"].errors["file"][0]
    assert draft.documents.count() == 0


def test_a_blurred_photo_is_taken_with_a_warning(client, draft):
    address = reverse("grants:application_documents", args=[draft.public_id])
    photo = files.upload("бет.jpg", pages.as_jpeg(pages.typed(smear=9)))

    response = client.post(address, {"requirement": "deck", "deck-file": photo}, follow=True)

    levels = [message.level_tag for message in response.context["messages"]]
    assert (levels, draft.documents.count()) == (["success", "warning"], 1)


def test_at_most_five_files_have_their_place_and_the_sentence_stands_beside_the_field(client, draft):
    for number in range(5):
        upload(client, draft, factories.pdf(f"{number}.pdf"))

    response = upload(client, draft, factories.pdf("6.pdf"))

    assert "5" in response.context["wrong"].errors["file"][0]
    assert "5" in page_of(client, draft).content.decode()
    assert draft.documents.count() == 5


def test_photos_that_were_taken_one_by_one_become_one_pdf_on_demand(client, draft):
    for number in range(2):
        upload(client, draft, files.upload(f"{number}.jpg", files.picture("JPEG", (64, 40 + number))))
    offered = page_of(client, draft).context["fields"][0].has_photos

    client.post(reverse("grants:document_join", args=[draft.public_id, "deck"]))

    row = draft.documents.get()
    assert (offered, row.document.original_name) == (True, "Презентация.pdf")
    assert [entry.document_id for entry in VaultEntry.objects.all()] == [row.document_id]


def test_one_photo_alone_is_not_joined(client, draft):
    upload(client, draft, files.upload("a.jpg", files.picture("JPEG")))

    response = client.post(reverse("grants:document_join", args=[draft.public_id, "deck"]))

    assert (response.status_code, draft.documents.count()) == (409, 1)


@pytest.mark.parametrize("more", [[], ["quotes", "attorney"]])
def test_the_page_asks_the_database_as_often_for_three_documents_as_for_one(
    client, draft, more, django_assert_num_queries
):
    upload(client, draft, factories.pdf())
    page_of(client, draft)
    for key in more:
        requirement = asked_for(draft, key)
        factories.attach(draft, requirement, factories.pdf(f"{key}.pdf"), by=draft.created_by)

    with django_assert_num_queries(9):
        page_of(client, draft)
