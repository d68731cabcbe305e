"""The field that takes a document: what it offers, and its sentence beside the field in the reader's language."""

import pytest
from django import forms
from django.utils import translation

from documents.forms import UploadField
from tests.documents import files


class Sheet(forms.Form):
    """One document and one text."""

    title = forms.CharField()
    document = UploadField()


class Optional(forms.Form):
    """A document that may be left out."""

    document = UploadField(required=False)


def test_the_field_offers_what_is_taken_and_no_heic_so_that_an_iphone_converts():
    markup = Sheet()["document"].as_widget()

    assert 'accept="image/jpeg,image/png,application/pdf,.docx,.xlsx,.pptx"' in markup


def test_the_help_says_types_and_size_from_the_settings(settings):
    settings.UPLOAD_MAX_BYTES = 7 * 1024 * 1024

    with translation.override("en"):
        text = str(Sheet().fields["document"].help_text)

    assert text == "PDF, JPG, PNG, WebP, DOCX, XLSX or PPTX, at most 7 MB."


def test_a_right_file_comes_out_checked():
    form = Sheet({"title": "Ойын"}, {"document": files.upload("Жоба.pdf", files.pdf(), "text/html")})

    assert form.is_valid()
    document = form.cleaned_data["document"]
    assert (document.name, document.media_type, document.read()) == ("Жоба.pdf", "application/pdf", files.pdf())


def test_a_bad_file_puts_its_sentence_beside_the_field_and_keeps_the_rest():
    form = Sheet({"title": "Ойын"}, {"document": files.upload("a.pdf", files.PROGRAM)})

    with translation.override("en"):
        errors = form.errors

    assert list(errors) == ["document"]
    assert errors["document"][0].startswith("This file is not a PDF, JPG")
    assert form.cleaned_data["title"] == "Ойын"
    assert form["title"].value() == "Ойын"


@pytest.mark.parametrize(("content", "begins"), [(b"", "This file is empty."), (None, "Choose a file.")])
def test_nothing_and_an_empty_file_have_their_own_sentences(content, begins):
    given = {} if content is None else {"document": files.upload("a.pdf", content)}
    form = Sheet({"title": "x"}, given)

    with translation.override("en"):
        assert form.errors["document"][0].startswith(begins)


def test_html_in_a_name_is_never_markup_in_the_page():
    form = Sheet({"title": "x"}, {"document": files.upload("<img src=x onerror=alert(1)>.exe", files.pdf())})

    with translation.override("en"):
        page = form.as_div()

    assert "<img" not in page


def test_an_optional_file_may_be_left_out():
    form = Optional({}, {})

    assert (form.is_valid(), form.cleaned_data["document"]) == (True, None)
