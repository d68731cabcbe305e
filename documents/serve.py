"""Sends a stored file to whom the owner's view has let in. Nothing here asks who that is.

FILE_SERVING says who carries the bytes: `disk` this process, `accel` the proxy from a disk it shares, `s3` the proxy
from the object store with a signed address of five minutes. A browser never meets the store itself: everything comes
from our own address, so that the strict CSP holds for pictures and PDFs shown in place.
"""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header

from documents.formulas.names import shown_name
from documents.formulas.sniffing import KINDS, PDF
from documents.models import Document

SHOWN_IN_PLACE = {kind.media_type for kind in KINDS if kind == PDF or kind.is_picture}
# A browser's own viewer needs its styles, and refuses to work in a sandbox (Firefox, Safari); everything else is off.
# deploy/nginx/document-headers.inc.template says the same for `accel` and `s3`.
IN_PLACE_CSP = (
    "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)
DOWNLOAD_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'"


def serve(document: Document, *, as_attachment: bool = False, name: str = "") -> HttpResponseBase:
    """The file, shown in place (PDF, pictures) or as a download (everything else, or `as_attachment`).

    `name` is given back instead of the file's own, where that may not be told (blind reading). An erased document
    answers 410 with a sentence.
    """
    if document.erased_at:
        return HttpResponse(render_to_string("documents/erased.html", {"document": document}), status=410)
    in_place = document.media_type in SHOWN_IN_PLACE and not as_attachment
    disposition = content_disposition_header(not in_place, shown_name(name or document.original_name)) or "attachment"
    response = {"disk": _from_here, "accel": _from_shared_disk, "s3": _from_object_store}[settings.FILE_SERVING](
        document, disposition
    )
    response.headers["Content-Type"] = document.media_type
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = IN_PLACE_CSP if in_place else DOWNLOAD_CSP
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _from_here(document: Document, disposition: str) -> HttpResponseBase:
    file = default_storage.open(str(document.file.name), "rb")
    response = FileResponse(file)
    response.headers["Content-Disposition"] = disposition  # FileResponse would name the stored file
    return response


def _from_shared_disk(document: Document, disposition: str) -> HttpResponseBase:
    address = f"/protected/{quote(str(document.file.name))}"
    return HttpResponse(headers={"X-Accel-Redirect": address, "Content-Disposition": disposition})


def _from_object_store(document: Document, disposition: str) -> HttpResponseBase:
    """The store itself sends the disposition, as the signed address asks: nginx would send ours besides."""
    asked = {"ResponseContentDisposition": disposition, "ResponseContentType": document.media_type}
    signed = urlsplit(default_storage.url(document.file.name, parameters=asked))  # type: ignore[call-arg]
    return HttpResponse(headers={"X-Accel-Redirect": f"/stored{signed.path}?{signed.query}"})
