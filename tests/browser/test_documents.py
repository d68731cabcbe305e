"""A real browser shows a PDF and a picture in a frame of our own page, under the headers that `serve` sends."""

import io

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from PIL import Image

from documents.actions.store import store_upload
from documents.models import Document
from documents.serve import serve
from tests.documents import files
from tests.factories import make_user

FRAMED = (
    '<!doctype html><title>Dossier</title><iframe src="/file/{}" title="Document" width="600" height="600"></iframe>'
)
SHOWN = '<!doctype html><title>Dossier</title><img src="/file/{}" alt="Document" width="600" height="600">'


@login_not_required
def frame_page(request, public_id):
    return HttpResponse(FRAMED.format(public_id))


@login_not_required
def image_page(request, public_id):
    return HttpResponse(SHOWN.format(public_id))


@login_not_required
def file(request, public_id):
    return serve(Document.objects.get(public_id=public_id))


urlpatterns = [
    path("framed/<str:public_id>", frame_page),
    path("shown/<str:public_id>", image_page),
    path("file/<str:public_id>", file),
]
UPLOADS = {
    "framed PDF": ("framed", "a.pdf", files.pdf()),
    "framed picture": ("framed", "a.png", files.picture("PNG", (600, 600))),
    "picture": ("shown", "a.jpg", files.picture("JPEG", (600, 600))),
}


def redness(png: bytes) -> float:
    """The share of the page that is red, as our documents are."""
    shown = Image.open(io.BytesIO(png)).convert("RGB")
    colours = shown.getcolors(shown.width * shown.height) or []
    red = sum(count for count, (r, g, b) in colours if r > 200 and g < 60 and b < 60)
    return red / (shown.width * shown.height)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", UPLOADS)
def test_a_document_is_shown_in_place(page, live_server, case):
    address, name, content = UPLOADS[case]
    document = store_upload(files.upload(name, content), by=make_user())
    page.set_viewport_size({"width": 700, "height": 700})
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)

    with override_settings(ROOT_URLCONF=__name__):
        page.goto(f"{live_server.url}/{address}/{document.public_id}", wait_until="networkidle")
        shown = 0.0
        for _attempt in range(40):
            shown = redness(page.screenshot())
            if shown > 0.1:
                break
            page.wait_for_timeout(150)

    assert shown > 0.1
    assert refused == []
