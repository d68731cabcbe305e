"""A person downloads everything that is kept about them: asked for, made as a ZIP, gone after a day."""

import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Sum

from accounts.models import User
from core import clock
from core.audit import record
from core.canonical import canonical_json
from core.workflow import lock
from documents.actions.erasure import erase_document
from documents.actions.store import atomic_with_files, store_file
from documents.models import Document
from portal.models import DataExport
from portal.queries.personal_data import documents_of, personal_data

SMALL_BYTES = 5 * 1024 * 1024  # so much is made at once, more by the worker
STEP = 10  # files between two notes of how far it is


def request_export(*, by: User) -> DataExport:
    """A row for the worker; the one that is under way, or that is still valid, is returned as it is."""
    mine = DataExport.objects.visible_to(by)
    there = mine.waiting().first() or mine.usable().first()
    if there:
        return there
    try:
        with transaction.atomic():
            export = DataExport.objects.create(user=by, files_total=documents_of(by).count())
            record("data_export.ask", export, by=by, data={"files": export.files_total})
    except IntegrityError:  # the same press twice at once
        return mine.waiting().get()
    return export


def is_small(export: DataExport) -> bool:
    """Whether it is made while the person waits."""
    return (documents_of(export.user).aggregate(bytes=Sum("size"))["bytes"] or 0) <= SMALL_BYTES


def make_export(export: DataExport) -> DataExport:
    """Writes the ZIP outside of any lock, then stores it; safe to run twice, the first one counts."""
    with TemporaryFile() as file:
        _write(file, export)
        return _keep(export, File(file))


@atomic_with_files()
def _keep(export: DataExport, file: File) -> DataExport:
    export = lock(export)
    if export.ready_at is None:
        document = store_file(file, name="my-data.zip", media_type="application/zip", by=None)
        export.document, export.ready_at, export.files_done = document, clock.now(), export.files_total
        export.save(update_fields=["document", "ready_at", "files_done"])
        record("data_export.make", export, by=None, data={"sha256": document.sha256, "size": document.size})
    return export


def _write(file: IO[bytes], export: DataExport) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", canonical_json(personal_data(export.user)))
        for done, document in enumerate(documents_of(export.user), start=1):
            with archive.open(f"documents/{entry_name(document)}", "w") as entry:
                for piece in _pieces(document):
                    entry.write(piece)
            if done % STEP == 0:
                DataExport.objects.filter(pk=export.pk).update(files_done=done)


def entry_name(document: Document) -> str:
    """The file's own name without any folder, behind its id, so that no two are the same."""
    name = PurePath(document.original_name.replace("\\", "/")).name or "file"
    return f"{document.public_id}-{name}"


def _pieces(document: Document) -> Iterator[bytes]:
    with default_storage.open(str(document.file.name), "rb") as stored:
        yield from File(stored).chunks()


@transaction.atomic
def note_download(export: DataExport, *, by: Any) -> None:
    """The trail says that it was taken."""
    record("data_export.take", export, by=by)


@transaction.atomic
def drop_old_exports() -> int:
    """Erases the files of downloads that are older than a day; returns how many."""
    old = DataExport.objects.too_old().select_related("document")
    return sum(erase_document(export.document, by=None) for export in old if export.document)
