"""Erasing a stored file: the bytes go, the row stays as a tombstone with hash, size and day."""

import logging
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from core import clock
from core.audit import record
from documents.actions.pieces import end_upload
from documents.models import Document, PartialUpload

logger = logging.getLogger(__name__)


def erase_document(document: Document, *, by: Any) -> bool:
    """Empties the row (file, name, who stored it) in the present transaction and deletes the bytes after commit.

    Returns whether there was anything left to erase; safe to run twice. Where the process dies between commit and
    deletion, `manage.py stray_files` finds the bytes.
    """
    name = str(document.file.name)
    rows = Document.objects.filter(pk=document.pk, erased_at=None)
    if not rows.update(erased_at=clock.now(), file="", original_name="", uploaded_by=None):
        return False
    record("document.erase", document, by=by, data={"sha256": document.sha256, "size": document.size})
    transaction.on_commit(lambda: _delete_bytes(name), robust=True)
    return True


def _delete_bytes(name: str) -> None:
    try:
        default_storage.delete(name)
    except OSError:
        logger.exception("an erased file stayed behind: %s", name)
        raise


def forget_partial_uploads(user: Any) -> int:
    """Uploads that a person began and never ended, with their pieces. Returns how many."""
    begun = list(PartialUpload.objects.filter(user=user))
    for upload in begun:
        end_upload(upload)
    return len(begun)
