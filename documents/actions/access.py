"""Asking staff, with a paper, to be let into the organisation whose number one has typed."""

from typing import Any

from django.core.files.base import File

from accounts.actions.access import ask_access
from accounts.models import AccessRequest
from core.audit import record
from documents.actions.store import atomic_with_files, store_upload
from documents.models import AccessProof


@atomic_with_files()
def ask_with_proof(number: str, country: str, *, words: str, file: File, by: Any) -> list[AccessRequest]:
    """Stores the paper once and hangs it on the request to each organisation under this number.

    Officers decide from then on. Raises Refused for a bad file, where nobody else holds the number, and after several
    requests in a day; then neither a row nor a file stays.
    """
    requests = ask_access(number, country, words=words, by=by, to_staff=True)
    document = store_upload(file, by=by)
    AccessProof.objects.bulk_create(AccessProof(request=one, document=document) for one in requests)
    record("access.prove", by, by=by, data={"sha256": document.sha256})
    return requests
