"""What is taken and what is not: a table of bad files, each with its own sentence, and of right ones."""

import io
import tracemalloc
import zipfile

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf.generic import NameObject, NullObject

from core.refusals import Refused
from documents.actions.check import SENTENCES, check_upload, megabytes
from documents.formulas.faults import Fault
from documents.formulas.names import LONGEST, shown_name
from tests import factories
from tests.documents import files

HTML = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MACROS = {"[Content_Types].xml": files.types("application/vnd.ms-word.document.macroEnabled.main+xml")}
TEMPLATE = {"[Content_Types].xml": files.types(files.TYPES + "wordprocessingml.template.main+xml")}

BAD = {
    "a program renamed .pdf": ("отчёт.pdf", files.PROGRAM, "unknown"),
    "a program under its own name": ("setup.exe", files.PROGRAM, "unknown"),
    "a program before a PDF (opens in PDF libraries)": ("a.pdf", files.PROGRAM + files.pdf(), "unknown"),
    "HTML as PNG": ("logo.png", HTML, "unknown"),
    "HTML before a PDF": ("a.pdf", HTML + files.pdf(), "unknown"),
    "SVG": ("logo.svg", SVG, "unknown"),
    "SVG as PNG": ("logo.png", SVG, "unknown"),
    "GIF": ("move.gif", files.picture("GIF"), "unknown"),
    "BMP as JPG": ("photo.jpg", files.picture("BMP"), "unknown"),
    "TIFF": ("scan.tiff", files.picture("TIFF"), "unknown"),
    "plain text as DOCX": ("cv.docx", "Қазақша мәтін".encode(), "unknown"),
    "RTF as DOC": ("cv.doc", b"{\\rtf1 hello}", "unknown"),
    "one byte": ("a.pdf", b"%", "unknown"),
    "RAR": ("a.rar", b"Rar!\x1a\x07\x01\x00" + b"\0" * 50, "unknown"),
    "HEIC": ("IMG_0001.HEIC", files.heic(), "heic"),
    "HEIC renamed .jpg": ("IMG_0001.jpg", files.heic(), "heic"),
    "old Word": ("cv.doc", files.old_office(), "old_office"),
    "password-protected DOCX": ("cv.docx", files.old_office(), "old_office"),
    "ZIP with a program as DOCX": ("cv.docx", files.parcel({"evil.exe": files.PROGRAM}), "archive"),
    "DOCX with a program inside": ("cv.docx", files.office("docx", {"word/evil.exe": files.PROGRAM}), "archive"),
    "DOCX with a path that leaves it": ("cv.docx", files.office("docx", {"../../etc/cron.d/x": b"x"}), "archive"),
    "ZIP": ("all.zip", files.parcel({"a.txt": b"a"}), "archive"),
    "template as DOCX": ("cv.docx", files.parcel(TEMPLATE), "archive"),
    "macros by type": ("cv.docx", files.parcel(MACROS), "macros"),
    "macros by part": ("cv.xlsx", files.office("xlsx", {"xl/vbaProject.bin": b"x"}), "macros"),
    "ZIP bomb": ("cv.docx", files.zip_bomb, "bomb"),
    "12 000 parts": ("cv.docx", files.crowded_zip, "bomb"),
    "a list of types of 3 MB": ("cv.docx", files.parcel({"[Content_Types].xml": b" " * 3_000_000}), "bomb"),
    "encrypted parts": ("cv.docx", files.locked_zip(), "encrypted"),
    "truncated DOCX": ("cv.docx", files.office("docx")[:-30], "damaged"),
    "PDF under a password": ("a.pdf", files.pdf(lambda w: w.encrypt("secret")), "encrypted"),
    "PDF with a script on opening": ("a.pdf", files.pdf(files.script_by_name), "script"),
    "PDF with /OpenAction script": ("a.pdf", files.pdf(files.opening(files.action("/JavaScript", JS="x"))), "script"),
    "PDF with a script under a button": ("a.pdf", files.pdf(files.button(files.action("/JavaScript"))), "script"),
    "PDF with a script behind a reference": ("a.pdf", files.pdf(files.script_behind_a_reference), "script"),
    "PDF with a rendition script": ("a.pdf", files.pdf(files.button(files.action("/Rendition", JS="x"))), "script"),
    "PDF that starts a program": ("a.pdf", files.pdf(files.opening(files.action("/Launch", F="cmd.exe"))), "launch"),
    "PDF with a file inside": ("a.pdf", files.pdf(lambda w: w.add_attachment("evil.exe", b"MZ")), "attachment"),
    "PDF head alone": ("a.pdf", b"%PDF-1.7\n", "damaged"),
    "PDF without a page": ("a.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj trailer<</Root 1 0 R>>", "damaged"),
    "truncated JPEG": ("photo.jpg", files.picture("JPEG", (640, 480))[:900], "damaged"),
    "JPEG head and HTML": ("photo.jpg", b"\xff\xd8\xff\xe0" + HTML, "damaged"),
    "PNG head alone": ("photo.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    "truncated WebP": ("photo.webp", files.picture("WEBP", (640, 480))[:60], "damaged"),
    "PNG bomb": ("photo.png", files.png_bomb(), "pixels"),
    "PNG bomb below Pillow's own limit": ("photo.png", files.png_bomb(9_000, 9_000), "pixels"),
    "empty": ("a.pdf", b"", "empty"),
    "double extension": ("invoice.pdf.exe", files.pdf(), "name_disagrees"),
    "NUL before the real extension": ("invoice.pdf\0.exe", files.pdf(), "name_disagrees"),
    "DOCX renamed .pdf": ("a.pdf", files.office("docx"), "name_disagrees"),
    "PDF renamed .jpg": ("a.jpg", files.pdf(), "name_disagrees"),
    "XLSX renamed .docx": ("a.docx", files.office("xlsx"), "name_disagrees"),
    "right-to-left override before the extension": ("cv\u202efdp.exe", files.pdf(), "name_disagrees"),
}
GOOD = {
    "PDF": ("Жобаның тұсаукесері.pdf", files.pdf(), "application/pdf"),
    "PDF of the factories": ("презентация.pdf", factories.PDF, "application/pdf"),
    "PDF with limits on printing": ("банк.pdf", files.pdf(lambda w: w.encrypt("", "owner")), "application/pdf"),
    "PDF that opens at a page": ("есеп.pdf", files.pdf(files.opening(NullObject())), "application/pdf"),
    "PDF with a web link": ("a.pdf", files.pdf(files.button(files.action("/URI", URI="https://x"))), "application/pdf"),
    "JPG": ("Сурет.jpg", files.picture("JPEG"), "image/jpeg"),
    "JPEG": ("Сурет.jpeg", files.picture("JPEG"), "image/jpeg"),
    "PNG": ("логотип.png", files.picture("PNG"), "image/png"),
    "WebP": ("түсірілім.webp", files.picture("WEBP"), "image/webp"),
    "DOCX": ("Бизнес-жоспар.docx", files.office("docx"), files.TYPES + "wordprocessingml.document"),
    "XLSX": ("Смета.xlsx", files.office("xlsx"), files.TYPES + "spreadsheetml.sheet"),
    "PPTX": ("Таныстырылым.pptx", files.office("pptx"), files.TYPES + "presentationml.presentation"),
}


def refusal_of(name, content):
    with pytest.raises(Refused) as refused:
        check_upload(files.upload(name, content() if callable(content) else content))
    return refused.value


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_for_its_own_reason(case):
    name, content, reason = BAD[case]

    refused = refusal_of(name, content)

    assert refused.code == reason


@pytest.mark.parametrize("case", BAD)
def test_every_refusal_says_what_to_do_and_that_nothing_was_lost(case):
    name, content, _reason = BAD[case]

    with translation.override("en"):
        sentence = str(refusal_of(name, content).sentence)

    assert sentence.endswith("Nothing else was lost.")
    assert sentence.count(". ") >= 1


def test_every_fault_has_a_sentence():
    assert set(SENTENCES) == set(Fault) - {Fault.PIXELS}


@pytest.mark.parametrize("case", GOOD)
def test_a_right_file_is_taken_with_its_true_type(case):
    name, content, media_type = GOOD[case]

    checked = check_upload(files.upload(name, content, "application/x-lie"))

    assert (checked.name, checked.media_type) == (name, media_type)


@pytest.mark.parametrize("case", [case for case in GOOD if not GOOD[case][2].startswith("image/")])
def test_what_is_no_picture_is_stored_byte_for_byte(case):
    name, content, _media_type = GOOD[case]

    checked = check_upload(files.upload(name, content))

    assert checked.read() == content


def test_a_file_that_was_checked_is_not_read_a_second_time():
    checked = check_upload(files.upload("a.pdf", files.pdf()))

    assert check_upload(checked) is checked


# --- size -------------------------------------------------------------------------------------------------------------


def test_a_file_of_50_mb_is_refused_with_both_sizes_before_a_byte_of_it_is_read():
    large = TemporaryUploadedFile("фильм.pdf", "application/pdf", 50 * 1024 * 1024, None)
    large.file.truncate(50 * 1024 * 1024)
    large.file.read = None  # reading it would fail

    tracemalloc.start()
    with pytest.raises(Refused) as refused, translation.override("en"):
        check_upload(large)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert refused.value.code == "too_large"
    assert str(refused.value.sentence).startswith("This file has 50 MB, the limit is 15 MB.")
    assert peak < 1024 * 1024


def test_a_byte_over_the_limit_is_never_shown_as_the_limit(settings):
    with translation.override("en"):
        assert megabytes(settings.UPLOAD_MAX_BYTES) == "15"
        assert megabytes(settings.UPLOAD_MAX_BYTES + 1) == "15.1"


def test_sizes_are_written_as_the_reader_writes_numbers():
    with translation.override("ru"):
        assert megabytes(int(15.5 * 1024 * 1024)) == "15,5"


def test_a_bomb_is_refused_without_unpacking_it():
    bomb = files.upload("cv.docx", files.zip_bomb())

    tracemalloc.start()
    with pytest.raises(Refused):
        check_upload(bomb)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5 * 1024 * 1024


# --- names ------------------------------------------------------------------------------------------------------------

NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "C:\\Users\\Әлия\\Құжат.pdf": "Құжат.pdf",
    "құжат\u202e\u200b.pdf": "құжат.pdf",
    "a\r\nSet-Cookie: x=1.pdf": "aSet-Cookie_ x=1.pdf",
    "nul\0byte.pdf": "nulbyte.pdf",
    "<img src=x onerror=alert(1)>.pdf": "_img src=x onerror=alert(1)_.pdf",
    'say "hello".pdf': "say _hello_.pdf",
    "...pdf": "pdf.pdf",
    ".pdf": "pdf.pdf",
    "": "document.pdf",
    "///": "document.pdf",
    "құжат": "құжат.pdf",
    "договор №5 от 01.11.2026": "договор №5 от 01.11.2026.pdf",
    "Устав.Final": "Устав.Final.pdf",
    "Смета v.2": "Смета v.2.pdf",
    "СКАН.PDF": "СКАН.pdf",
    "  есеп   2026 .pdf": "есеп 2026.pdf",
    "и\u0306од.pdf": "йод.pdf",
    "Ң" * 300 + ".pdf": "Ң" * (LONGEST - 4) + ".pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_without_path_and_without_what_deceives(name):
    checked = check_upload(files.upload(name, files.pdf()))

    assert checked.name == NAMES[name]


@given(st.text(max_size=400))
def test_no_name_keeps_a_path_or_anything_unseen(name):
    shown = shown_name(name)

    assert not set(shown) & set('/\\<>:"|?*\r\n\0\u202e\u200b')
    assert shown == shown_name(shown)


@pytest.mark.parametrize(("name", "right"), [("сурет.jpg", "сурет.webp"), ("сурет.png", "сурет.webp")])
def test_a_picture_that_a_phone_named_wrong_gets_its_right_name(name, right):
    checked = check_upload(files.upload(name, files.picture("WEBP")))

    assert (checked.name, checked.media_type) == (right, "image/webp")


# --- pictures are drawn anew ------------------------------------------------------------------------------------------


def test_a_photo_loses_the_place_where_it_was_taken_and_stands_upright():
    photo = files.photo_with_place()
    assert Image.open(io.BytesIO(photo)).getexif().get_ifd(0x8825)[1] == "N"

    checked = check_upload(files.upload("фото.jpg", photo)).read()

    stored = Image.open(io.BytesIO(checked))
    assert stored.size == (48, 64)
    assert (dict(stored.getexif()), "comment" in stored.info) == ({}, False)
    assert b"script" not in checked
    top, bottom = stored.getpixel((24, 5)), stored.getpixel((24, 60))
    assert (top[1] < 40, bottom[1] > 220) == (True, True)


@pytest.mark.parametrize(("code", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_what_was_hidden_behind_a_picture_is_left_behind(code, name):
    polyglot = files.picture(code) + files.parcel({"evil.exe": files.PROGRAM})

    checked = check_upload(files.upload(name, polyglot)).read()

    assert zipfile.is_zipfile(io.BytesIO(checked)) is False
    assert Image.open(io.BytesIO(checked)).size == (64, 48)


def test_the_colour_profile_of_a_picture_stays():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    checked = check_upload(files.upload("a.jpg", files.picture("JPEG", icc_profile=profile)))

    assert Image.open(checked.file).info["icc_profile"] == profile


def test_a_phone_picture_with_a_second_picture_inside_is_taken():
    out = io.BytesIO()
    first, second = Image.new("RGB", (60, 40), "red"), Image.new("RGB", (60, 40), "blue")
    first.save(out, "MPO", save_all=True, append_images=[second])

    checked = check_upload(files.upload("a.jpg", out.getvalue()))

    stored = Image.open(checked.file)
    assert (stored.format, stored.size, checked.media_type) == ("JPEG", (60, 40), "image/jpeg")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode):
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, "PNG")

    checked = check_upload(files.upload("a.png", out.getvalue()))

    assert Image.open(checked.file).size == (30, 20)


def test_a_cmyk_photo_is_taken():
    out = io.BytesIO()
    Image.new("CMYK", (30, 20), (0, 255, 255, 0)).save(out, "JPEG")

    checked = check_upload(files.upload("a.jpg", out.getvalue()))

    assert Image.open(checked.file).convert("RGB").getpixel((5, 5))[0] > 200


def test_a_pdf_name_written_in_hex_is_read_as_the_name_it_is():
    hidden = files.pdf(files.button(files.action("/JavaScript"))).replace(b"/JavaScript", b"/#4aavaScript")
    assert NameObject("/JavaScript") not in hidden.decode("latin-1")

    refused = refusal_of("a.pdf", hidden)

    assert refused.code == "script"
