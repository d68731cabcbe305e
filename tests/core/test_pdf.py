"""PDF by typst: right letters, tagged, the same bytes, and data that never become markup."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from core import pdf

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LETTERS = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ ёЁ ₸"
HOSTILE = '#read("/etc/passwd") $x$ *b* #image("x.png") \\ <tag> @ref'


def data(**changed: object) -> dict[str, object]:
    words = ("heading", "number", "hash_label", "sha256", "hash_words", "qr_words", "check_title", "check_words")
    more = ("address_label", "address_shown", "code_label", "code", "kind", "title", "from", "foot")
    texts = {name: name for name in (*words, *more)}
    drawn = {"qr": pdf.qr_svg("https://example.test/"), "address": "https://example.test/", "grace": ""}
    return {**texts, **drawn, "facts": [("Жоба", LETTERS)], **changed}


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)


def test_kazakh_and_russian_letters_are_right():
    made = pdf.render_pdf("receipt", data(), at=AT)

    assert LETTERS in text_of(made)


def test_the_same_input_gives_the_same_bytes_and_another_date_gives_others():
    first, second = (pdf.render_pdf("receipt", data(), at=AT) for _n in range(2))
    later = pdf.render_pdf("receipt", data(), at=AT.replace(day=23))

    assert first == second
    assert first != later


def test_what_people_typed_stays_text():
    made = pdf.render_pdf("receipt", data(facts=[("Жоба", HOSTILE)]), at=AT)

    assert '#read("/etc/passwd")' in text_of(made)
    assert "root:" not in text_of(made)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_paper_is_tagged_and_says_its_language_and_title(language):
    with translation.override(language):
        root = PdfReader(BytesIO(pdf.render_pdf("receipt", data(title="Түбіртек"), at=AT))).trailer["/Root"]

    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()


def test_templates_ask_for_no_package_and_no_file():
    found = [
        line
        for path in sorted(pdf.FOLDER.glob("*.typ"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "@preview" in line or "read(" in line or ("import" in line and '"base.typ"' not in line and line[:2] != "//")
    ]

    assert found == []


def test_a_square_code_is_one_path():
    drawn = pdf.qr_svg("https://example.test/")

    assert drawn.count("<path") == 1
