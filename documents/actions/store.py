"""Storing files: the bytes under a random name, a row with their hash, both or neither.

These are steps of an owner's action, which records the audit event: it knows what the document is for. Who stored
which bytes when stands in the row itself, which never changes (documents/triggers.py).
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction

from documents.actions.check import check_upload
from documents.models import Document

logger = logging.getLogger(__name__)
_written: ContextVar[list[str] | None] = ContextVar("files written in this transaction", default=None)


def store_upload(upload: File, *, by: Any) -> Document:
    """Checks and stores what a person uploaded. Raises Refused with a sentence for a file that we do not take.

    A form's `UploadField` has checked it before; then it is not read through a second time.
    """
    checked = check_upload(upload)
    return _store(checked, name=checked.name or "", media_type=checked.media_type, by=by)


def store_bytes(content: bytes, *, name: str, media_type: str, by: Any) -> Document:
    """Stores a file that we made ourselves (a snapshot, a letter): it is not checked."""
    return _store(ContentFile(content), name=name, media_type=media_type, by=by)


def store_file(file: File, *, name: str, media_type: str, by: Any) -> Document:
    """The same for one that is too large for the memory: it is read in pieces."""
    return _store(file, name=name, media_type=media_type, by=by)


@contextmanager
def atomic_with_files(*, savepoint: bool = True) -> Iterator[list[str]]:
    """`transaction.atomic` for an action that stores files: when it rolls back, its files go too.

    It also decorates a function. Actions that store use it in the place of `transaction.atomic`, at their outermost
    level. What a killed process leaves behind is found by `manage.py stray_files`.
    """
    outer, mine = _written.get(), list[str]()
    token = _written.set(mine)
    try:
        with transaction.atomic(savepoint=savepoint):
            yield mine
    except BaseException:
        _forget(mine)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer.extend(mine)


def _store(file: File, *, name: str, media_type: str, by: Any) -> Document:
    sha256, size = _measure(file)
    document = Document(original_name=name, media_type=media_type, size=size, sha256=sha256, uploaded_by=by)
    with atomic_with_files(savepoint=False) as written:
        document.file.save(name, File(file), save=False)
        written.append(str(document.file.name))
        document.save(force_insert=True)
    return document


def _measure(file: File) -> tuple[str, int]:
    """SHA-256 and size of what will be stored, read in pieces."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    for piece in file.chunks():
        digest.update(piece)
        size += len(piece)
    file.seek(0)
    return digest.hexdigest(), size


def _forget(names: list[str]) -> None:
    storage = Document._meta.get_field("file").storage  # type: ignore[union-attr]
    for name in names:
        try:
            storage.delete(name)
        except Exception:  # the first error is the one to raise; stray_files finds this file
            logger.exception("a stored file stayed behind after a rollback: %s", name)
