"""A file that arrives in pieces over a line that breaks: begin, add, ask how much is there, join.

A piece is an object of the private store, on a disk as in an object store. These are steps of an owner's view: it says
what the file is for and asks its own policy each time. What is joined goes through the same check as a plain upload.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import Any, cast

from django.core.cache import cache
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.refusals import Refused
from documents.actions.check import check_beginning, refuse_size
from documents.actions.store import atomic_with_files
from documents.formulas.names import shown_name
from documents.models import PartialUpload

PIECE = 256 * 1024  # what is sent once more after a cut, at most
MOST_UNDER_WAY = 40  # files of one person
KEPT_FOR = timedelta(days=3)
IN_MEMORY = 1024 * 1024
MOST_IN_A_WHILE, A_WHILE = 300, 600  # files of one person, in seconds
logger = logging.getLogger(__name__)


def begin_upload(*, purpose: str, name: str, size: int, fingerprint: str, by: Any) -> PartialUpload:
    """A new upload; where this person has begun the same file for the same purpose, that one goes on.

    Raises Refused for a file that is empty or too large, and for too many.
    """
    refuse_size(size)
    begun = PartialUpload.objects.filter(user=by, purpose=purpose, size=size, fingerprint=fingerprint)
    kept = begun.filter(touched_at__gt=clock.now() - KEPT_FOR).order_by("-pk").first() if fingerprint else None
    if kept:
        return kept
    refuse_haste(by)
    if PartialUpload.objects.filter(user=by).count() >= MOST_UNDER_WAY:
        raise Refused(_("Too many files are on their way at once. Finish some of them first."), code="too_many")
    about = {"original_name": shown_name(name)[:200], "size": size, "fingerprint": fingerprint}
    return PartialUpload.objects.create(user=by, purpose=purpose, touched_at=clock.now(), **about)


def refuse_haste(by: Any) -> None:
    """Raises Refused for a person who sends more files than a person can choose."""
    key = f"uploads:{by.pk}"
    cache.add(key, 0, A_WHILE)
    try:
        count = cache.incr(key)
    except ValueError:  # the key fell out between the two
        return
    if count > MOST_IN_A_WHILE:
        raise Refused(_("These are too many files in ten minutes. Wait a little and go on."), code="too_often")


def add_piece(upload: PartialUpload, *, offset: int, content: bytes) -> PartialUpload:
    """Stores the piece that begins at `offset`. A piece that is already there changes nothing.

    Raises Refused for a gap or a piece of another size; for a first piece that tells a type that we do not take.
    """
    with atomic_with_files() as written:
        locked = PartialUpload.objects.select_for_update().filter(pk=upload.pk).first()
        if locked is None:  # ended by another request meanwhile
            raise Refused(_("A piece of the file is missing. Choose the file again; it goes on."), code="gap")
        upload = locked
        if offset < upload.received:
            return upload
        if offset > upload.received or len(content) != min(PIECE, upload.size - offset):
            raise Refused(_("A piece of the file is missing. Choose the file again; it goes on."), code="gap")
        if offset == 0:
            check_beginning(content[:32])
        written.append(default_storage.save(f"pieces/{upload.public_id}/{offset}", ContentFile(content)))
        upload.pieces = [*upload.pieces, *written]
        upload.received, upload.touched_at = offset + len(content), clock.now()
        upload.save(update_fields=["pieces", "received", "touched_at"])
    return upload


@contextmanager
def joined(upload: PartialUpload) -> Iterator[File]:
    """The whole file under its name, as a form would give it.

    Raises Refused while something is missing, and where another request has finished it meanwhile.
    """
    if upload.received != upload.size:
        raise Refused(_("The file has not arrived to its end. Choose it again; it goes on."), code="incomplete")
    with SpooledTemporaryFile(IN_MEMORY) as whole:
        for name in upload.pieces:
            with _piece(name) as piece:
                whole.write(piece.read())
        size = whole.tell()
        whole.seek(0)
        file = File(cast(Any, whole), upload.original_name)
        file.size = size
        yield file


def _piece(name: str) -> File:
    try:
        return default_storage.open(name)
    except FileNotFoundError as error:
        raise already_added() from error


def already_added() -> Refused:
    """What a press is told that comes while the same one is being answered."""
    return Refused(_("This file has been added already. Reload the page."), code="added_already")


@transaction.atomic
def end_upload(upload: PartialUpload) -> None:
    """Forgets an upload that was stored or refused; its pieces go once that is certain."""
    names = list(upload.pieces)
    upload.delete()
    transaction.on_commit(lambda: _delete(names), robust=True)


def old_uploads() -> list[int]:
    """Keys of uploads that nobody went on with."""
    oldest: datetime = clock.now() - KEPT_FOR
    return list(PartialUpload.objects.filter(touched_at__lt=oldest).values_list("pk", flat=True))


@transaction.atomic
def sweep_upload(upload_id: int) -> bool:
    """Ends one of them; whoever goes on with it at this moment keeps it."""
    oldest = clock.now() - KEPT_FOR
    upload = PartialUpload.objects.select_for_update().filter(pk=upload_id, touched_at__lt=oldest).first()
    if upload is None:
        return False
    end_upload(upload)
    return True


def _delete(names: list[str]) -> None:
    for name in names:
        try:
            default_storage.delete(name)
        except Exception:  # stray_files finds it
            logger.exception("a piece of an upload stayed behind: %s", name)
