"""Files over a line that breaks, in a real browser of 360 px: cut, resumed, the right bytes at the end."""

import hashlib
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request

from documents.actions.pieces import PIECE
from documents.models import PartialUpload
from grants.actions.corrections import open_correction
from grants.models import Application, ApplicationDocument, Call
from questionnaires.models import AnswerFile, Question
from tests import factories
from tests.browser.steps import PHONE, Walk
from tests.documents import files

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZE = 12 * PIECE + 1000
LINE = {"offline": False, "latency": 40, "downloadThroughput": 2_000_000, "uploadThroughput": 1_000_000}


class Upload:
    """A person on the documents page of a draft; every piece that leaves the browser is counted."""

    def __init__(
        self, browser: Browser, base: str, *, call: Call | None = None, status: str = "draft", **context
    ) -> None:
        self.person = factories.make_user(language="kk")
        self.draft = factories.application_at(status, owner=self.person, call=call)
        if status == "draft":
            ApplicationDocument.objects.all().delete()
        self.context = browser.new_context(viewport=PHONE, **context)
        self.walk = Walk(self.context.new_page(), base, is_measured=False)
        self.walk.open("/kk/account/login/?next=/kk/applications/")
        self.walk.fill(login=self.person.email, password="correct horse battery")
        self.walk.press("main form button[type=submit]")
        self.address = f"/kk/applications/{self.draft.public_id}/edit/documents/"
        self.sent = 0
        self.open(self.walk.page)

    def open(self, page: Page) -> None:
        """The documents page over a slow line."""
        page.on("request", self.count)
        self.line = self.context.new_cdp_session(page)
        self.cut(False)
        page.goto(self.walk.base + self.address)

    def cut(self, is_cut: bool) -> None:
        """Takes the line away, or gives it back."""
        self.line.send("Network.emulateNetworkConditions", {**LINE, "offline": is_cut})

    def count(self, request: Request) -> None:
        if "offset=" in request.url:
            self.sent += len(request.post_data_buffer or b"")

    def wait_for(self, page: Page, percent: int) -> None:
        for _attempt in range(1_500):  # the content security policy forbids Playwright's own waiting
            if page.evaluate("document.querySelector('#deck progress')?.value || 0") >= percent:
                return
            page.wait_for_timeout(20)
        raise AssertionError(f"{percent} % never came: {page.inner_text('#deck')}")

    def row(self) -> ApplicationDocument:
        return Application.objects.get(pk=self.draft.pk).documents.select_related("document").get()


def large_pdf(folder: Path) -> Path:
    """A right PDF of three megabytes."""
    path = folder / "тұсаукесер.pdf"
    small = files.pdf()
    path.write_bytes(small + b"\n%" + b"x" * (SIZE - len(small) - 2))
    return path


def photo(folder: Path, name: str, colour: str, *, turned: bool = False) -> Path:
    """A camera's photo of a page; turned ones lie on their side and say so."""
    drawn = Image.new("RGB", (600, 400), "white")
    drawn.paste(colour, (0, 0, 300, 400))
    exif = Image.Exif()
    exif[0x0112] = 6 if turned else 1
    drawn.save(folder / name, "JPEG", exif=exif)
    return folder / name


def test_an_upload_that_is_cut_at_60_percent_goes_on_at_60_percent(browser: Browser, live_server, tmp_path: Path):
    upload, path = Upload(browser, live_server.url), large_pdf(tmp_path)
    page = upload.walk.page

    page.set_input_files("#deck input[type=file]", path)
    upload.wait_for(page, 60)
    upload.cut(True)
    page.wait_for_selector("#deck .upload__status[data-kind=wait]")
    there, sent = PartialUpload.objects.get().received, upload.sent
    upload.cut(False)
    page.wait_for_selector("#deck .upload__status[data-kind=done]", timeout=30_000)

    document = upload.row().document
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert 0.6 * SIZE - PIECE <= there < SIZE
    assert sent - there <= PIECE
    assert upload.sent - SIZE <= PIECE
    assert PartialUpload.objects.count() == 0
    assert page.locator("#deck .file a").inner_text() == "тұсаукесер.pdf"
    upload.context.close()


def test_after_the_page_was_closed_the_same_file_goes_on(browser: Browser, live_server, tmp_path: Path):
    upload, path = Upload(browser, live_server.url), large_pdf(tmp_path)
    upload.walk.page.set_input_files("#deck input[type=file]", path)
    upload.wait_for(upload.walk.page, 40)
    upload.walk.page.close()

    page = upload.context.new_page()
    upload.open(page)
    announced, there = page.inner_text("#deck"), PartialUpload.objects.get().received
    page.set_input_files("#deck input[type=file]", path)
    page.wait_for_selector("#deck .upload__status[data-kind=done]", timeout=30_000)

    assert there >= 0.4 * SIZE - PIECE
    assert re.search(rf"{there * 100 // SIZE}\s%", announced)
    assert upload.row().document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert upload.sent - SIZE <= PIECE
    upload.context.close()


def test_several_photos_become_one_upright_pdf_and_several_fields_take_turns(
    browser: Browser, live_server, tmp_path: Path
):
    upload = Upload(browser, live_server.url)
    page = upload.walk.page
    photos = [photo(tmp_path, "1.jpg", "red"), photo(tmp_path, "2.jpg", "blue", turned=True)]

    page.set_input_files("#deck input[type=file]", photos)
    page.wait_for_selector("#deck .upload__status[data-kind=done]", timeout=30_000)

    from pypdf import PdfReader

    pdf = PdfReader(io.BytesIO(upload.row().document.file.read()))
    sizes = [tuple(round(side) for side in page.mediabox[2:]) for page in pdf.pages]
    assert sizes == [(842, 595), (595, 842)]
    assert upload.row().document.media_type == "application/pdf"
    upload.context.close()


def test_a_file_that_we_do_not_take_is_told_beside_its_field_before_it_has_travelled(
    browser: Browser, live_server, tmp_path: Path
):
    upload, path = Upload(browser, live_server.url), tmp_path / "IMG_1.heic"
    path.write_bytes(files.heic() + b"\0" * SIZE)
    page = upload.walk.page

    page.set_input_files("#deck input[type=file]", path)
    page.wait_for_selector("#deck .upload__status[data-kind=bad]")

    assert "HEIC" in page.inner_text("#deck .upload__status")
    assert upload.sent == PIECE
    assert (upload.draft.documents.count(), PartialUpload.objects.count()) == (0, 0)
    upload.context.close()


def test_an_expired_session_waits_and_goes_on_after_a_sign_in_elsewhere(browser: Browser, live_server, tmp_path: Path):
    upload, path = Upload(browser, live_server.url), large_pdf(tmp_path)
    page = upload.walk.page
    page.set_input_files("#deck input[type=file]", path)
    upload.wait_for(page, 30)
    upload.context.clear_cookies(name="sessionid")
    page.wait_for_selector("#deck .upload__status a[href*='/account/login/']")

    other = Walk(upload.context.new_page(), live_server.url, is_measured=False)
    other.open("/kk/account/login/?next=/kk/applications/")
    other.fill(login=upload.person.email, password="correct horse battery")
    other.press("main form button[type=submit]")
    page.bring_to_front()
    page.wait_for_selector("#deck .upload__status[data-kind=done]", timeout=30_000)

    assert upload.row().document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    upload.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_documents_and_vault_are_whole_on_a_phone(browser: Browser, live_server, theme: str, language: str):
    upload = Upload(browser, live_server.url, color_scheme=theme)
    factories.attach(upload.draft, upload.draft.call.requirements.get(), factories.pdf(), by=upload.person)
    walk = upload.walk
    walk.is_measured = True

    walk.open(f"/{language}/applications/{upload.draft.public_id}/edit/documents/")
    walk.page.locator("#deck summary").click()
    walk.look()
    walk.open(f"/{language}/vault/{upload.draft.organisation.public_id}/")

    assert walk.faults == []
    upload.context.close()


def test_a_photo_for_a_question_is_on_its_way_at_once_and_the_typed_text_beside_it_stays(
    browser: Browser, live_server, tmp_path: Path
):
    call = factories.make_draft_call()
    labels = {"label_kk": "Логотип", "label_ru": "Логотип", "label_en": "Logo"}
    Question.objects.create(
        section=call.questionnaire.sections.get(), key="logo", kind="file", is_required=False, position=9, **labels
    )
    call = factories.publish(call)
    upload = Upload(browser, live_server.url, call=call)
    page = upload.walk.page
    page.goto(f"{live_server.url}/kk/applications/{upload.draft.public_id}/edit/questions-0/")
    page.fill("[name=q_problem]", "Енгізіліп жатқан мәтін.")

    page.set_input_files("[name=q_logo]", photo(tmp_path, "logo.jpg", "red"))
    page.wait_for_selector("#div_id_q_logo .upload__status[data-kind=done]", timeout=30_000)

    assert page.input_value("[name=q_problem]") == "Енгізіліп жатқан мәтін."
    assert page.locator("#div_id_q_logo .file a").inner_text() == "logo.jpg"
    assert AnswerFile.objects.get(set=upload.draft.answer_set).document.media_type == "image/jpeg"
    assert upload.walk.faults == []
    upload.context.close()


def test_in_a_correction_the_named_document_is_uploaded_at_once(browser: Browser, live_server, tmp_path: Path):
    upload = Upload(browser, live_server.url, status="submitted")
    officer = factories.make_user(roles=["officer"])
    open_correction(upload.draft, fields=["doc_deck"], reason_kk="Анық емес.", reason_ru="Неясно.", by=officer)
    upload.walk.is_measured = True
    upload.walk.open(f"/ru/applications/{upload.draft.public_id}/correction/")
    page = upload.walk.page

    page.set_input_files("#deck [type=file]", photo(tmp_path, "жаңа.jpg", "red"))
    page.wait_for_selector("#deck .upload__status[data-kind=done]", timeout=30_000)
    upload.walk.look()
    upload.walk.press("#deck .file button")

    assert [row.document.original_name for row in upload.draft.documents.all()] == ["жаңа.jpg"]
    assert upload.walk.faults == []
    upload.context.close()


def test_too_many_files_are_refused_before_a_byte_is_sent(browser: Browser, live_server, tmp_path: Path):
    upload = Upload(browser, live_server.url)
    paths = [tmp_path / f"қағаз-{n}.pdf" for n in range(6)]
    for path in paths:
        path.write_bytes(files.pdf())

    upload.walk.page.set_input_files("#deck [type=file]", paths)
    upload.walk.page.wait_for_selector("#deck .upload__status[data-kind=bad]")

    assert "5" in upload.walk.page.inner_text("#deck .upload__status")
    assert (upload.sent, PartialUpload.objects.count(), ApplicationDocument.objects.count()) == (0, 0, 0)
