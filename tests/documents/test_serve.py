"""How a file is sent: headers that keep it from running as our page, and each way of carrying its bytes."""

import os
import runpy
import urllib.request
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.utils.http import content_disposition_header

from core import clock
from documents.actions.store import store_bytes, store_upload
from documents.models import Document
from documents.serve import IN_PLACE_CSP, serve
from tests.documents import files
from tests.factories import make_user

ROOT = Path(__file__).resolve().parents[2]
KAZAKH = "Әлия «Ңұсқа» 2026.pdf"
pytestmark = pytest.mark.django_db


def stored_pdf(name: str = KAZAKH) -> Document:
    return store_upload(files.upload(name, files.pdf()), by=make_user())


def stored_json() -> Document:
    return store_bytes(b"{}", name="GR-2026-00001.json", media_type="application/json", by=None)


def body_of(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


# --- from here --------------------------------------------------------------------------------------------------------


@pytest.mark.embedded
def test_a_pdf_is_shown_in_place_under_its_own_name():
    document = stored_pdf()

    response = serve(document)

    assert body_of(response) == files.pdf()
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Length"] == str(document.size)
    assert response.headers["Content-Disposition"] == content_disposition_header(False, KAZAKH)
    assert response.headers["Content-Disposition"].startswith("inline; filename*=utf-8''")


@pytest.mark.embedded
def test_no_stored_file_can_run_as_a_page_of_ours_or_stay_in_a_cache():
    response = serve(stored_pdf())

    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_a_download_is_sandboxed_and_attached():
    response = serve(stored_pdf(), as_attachment=True)

    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert response.headers["Content-Security-Policy"].startswith("sandbox; ")


@pytest.mark.parametrize(("code", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
def test_pictures_are_shown_in_place(code, name):
    document = store_upload(files.upload(name, files.picture(code)), by=make_user())

    response = serve(document)

    assert response.headers["Content-Disposition"] == f'inline; filename="{name}"'


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx"])
def test_office_documents_are_always_downloads(kind):
    document = store_upload(files.upload(f"a.{kind}", files.office(kind)), by=make_user())

    response = serve(document)

    assert response.headers["Content-Disposition"] == f'attachment; filename="a.{kind}"'


def test_our_own_json_is_a_download():
    assert serve(stored_json()).headers["Content-Disposition"] == 'attachment; filename="GR-2026-00001.json"'


@pytest.mark.parametrize("name", ['a"; filename="evil.exe', "a\\b.pdf", "a\r\nSet-Cookie: x=1", "а" * 200, "<b>.pdf"])
def test_no_name_breaks_out_of_its_header(name):
    document = stored_json()
    document.original_name = name  # as a row written by hand could hold it

    header = serve(document).headers["Content-Disposition"]

    assert ("\r" in header, "\n" in header, header.startswith("attachment; filename")) == (False, False, True)
    assert header.count("filename") == 1 or "evil" in name
    assert '"; filename="' not in header


# --- erased -----------------------------------------------------------------------------------------------------------


@pytest.mark.embedded
def test_an_erased_document_answers_410_with_a_sentence_and_its_hash(settings):
    document = stored_pdf()
    Document.objects.filter(pk=document.pk).update(erased_at=clock.now(), file="", original_name="")
    document.refresh_from_db()

    response = serve(document)

    assert response.status_code == 410
    assert document.sha256 in response.content.decode()


# --- by the proxy, from a shared disk ---------------------------------------------------------------------------------


def test_accel_names_the_file_and_sends_no_byte_of_it(settings):
    settings.FILE_SERVING = "accel"
    document = stored_pdf()

    response = serve(document)

    assert body_of(response) == b""
    assert response.headers["X-Accel-Redirect"] == f"/protected/{document.file.name}"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == content_disposition_header(False, KAZAKH)


def test_the_proxy_keeps_the_same_policy_and_has_both_internal_places():
    headers = (ROOT / "deploy/nginx/document-headers.inc.template").read_text()
    places = (ROOT / "deploy/nginx/default.conf.template").read_text()

    assert f'Content-Security-Policy "{IN_PLACE_CSP}"' in headers
    assert ("location /protected/ {" in places, "location /stored/ {" in places) == (True, True)


# --- by the proxy, from an object store: a real S3 protocol server on this machine ------------------------------------


def fetched(address: str, response):
    """What the proxy asks of the store: the address after /stored, as deploy/nginx rewrites it."""
    place = response.headers["X-Accel-Redirect"]
    return urllib.request.urlopen(address + place.removeprefix("/stored"), timeout=5)


def test_the_object_store_sends_the_file_under_its_own_name_and_type(object_store):
    document = stored_pdf()

    with fetched(object_store, serve(document)) as answer:
        content, headers = answer.read(), answer.headers

    assert content == files.pdf()
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"] == content_disposition_header(False, KAZAKH)


def test_the_signed_address_dies_after_five_minutes_and_names_no_person(object_store):
    document = stored_pdf()

    place = serve(document).headers["X-Accel-Redirect"]

    path, _question, query = place.partition("?")
    assert path == f"/stored/portal/{document.file.name}"
    assert "X-Amz-Expires=300" in query
    assert "X-Amz-Signature=" in query


def test_the_longest_kazakh_name_fits_into_the_headers_that_a_proxy_takes(object_store):
    document = stored_pdf("Ң" * 300 + ".pdf")

    response = serve(document)

    assert sum(len(name) + len(value) + 4 for name, value in response.headers.items()) < 4096
    with fetched(object_store, response) as answer:
        assert unquote(answer.headers["Content-Disposition"]).endswith("Ң.pdf")


def test_the_object_store_gets_the_bytes_and_gives_them_back_to_us(object_store):
    document = stored_json()

    with document.file.open("rb") as file:
        assert file.read() == b"{}"


def test_the_object_store_takes_a_file_back_that_its_row_was_refused(object_store, monkeypatch):
    import boto3

    monkeypatch.setattr(Document, "save", lambda *args, **kwargs: 1 / 0)
    keys = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    client = boto3.client("s3", endpoint_url=object_store, region_name="us-east-1", **keys)
    before = client.list_objects_v2(Bucket="portal")["KeyCount"]

    with pytest.raises(ZeroDivisionError):
        stored_json()

    assert client.list_objects_v2(Bucket="portal")["KeyCount"] == before


def test_the_settings_do_not_need_the_store_of_the_cloud_in_the_demo():
    assert "Config" not in runpy.run_path(str(ROOT / "config" / "settings.py"))
    assert os.environ["FILE_SERVING"] == "disk"
