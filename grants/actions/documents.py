"""Documents of an application: hanging files on what the call asks for, taking them off, using one again."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import Refused
from documents.actions import vault
from documents.actions.gather import bind_photos
from documents.actions.pieces import refuse_haste
from documents.actions.store import atomic_with_files, store_upload
from documents.models import Document, VaultEntry
from grants.actions.applications import open_for_editing
from grants.models import Application, ApplicationDocument, DocumentRequirement

MOST_FILES = 5  # for one requirement: what an expert reads at one sitting


@atomic_with_files()
def attach_documents(
    application: Application, requirement: DocumentRequirement, uploads: Sequence[File], *, by: Any
) -> list[ApplicationDocument]:
    """Checks and stores files, hangs them on the requirement and keeps them in the organisation's vault.

    The requirement is read again under the lock, by its key: one out of the frozen rules will do.

    Raises Refused for a bad file, for one file too many, and for a document that is asked of winners only. What is
    refused leaves neither a row nor a file behind.
    """
    application = open_for_editing(application, {f"doc_{requirement.key}"}, by)
    requirement = wanted_document(application, requirement, len(uploads))
    refuse_haste(by)
    rows = []
    for upload in uploads:
        document = store_upload(upload, by=by)
        rows.append(_hang(application, requirement, document, by))
        days = requirement.valid_days
        vault.keep(application.organisation, document, kind=requirement.key, valid_days=days)
    return rows


def wanted_document(application: Application, requirement: DocumentRequirement, count: int) -> DocumentRequirement:
    """The requirement as it stands now, with room for `count` files. One query; the application is locked.

    Raises Refused for a requirement of another call, one of winners only, and one without so much room.
    """
    hung = ApplicationDocument.objects.filter(application=application, requirement=OuterRef("pk")).values("requirement")
    asked = application.call.requirements.before_decision().filter(call=requirement.call_id, key=requirement.key)
    try:
        now = asked.annotate(hung=Subquery(hung.annotate(count=Count("pk")).values("count"))).get()
    except DocumentRequirement.DoesNotExist as none:
        raise Refused(_("This document is not asked for now. Nothing else was lost."), code="not_asked") from none
    if (now.hung or 0) + count > MOST_FILES:
        sentence = _(
            "Here at most %(most)s files have their place. Remove one first, or choose several photos together: they "
            "become one PDF. Nothing was lost."
        )
        raise Refused(sentence % {"most": MOST_FILES}, code="too_many_files")
    return now


def _hang(application: Application, requirement: DocumentRequirement, document: Document, by: Any) -> Any:
    row = ApplicationDocument.objects.create(application=application, requirement=requirement, document=document)
    record("application.attach", application, by=by, data={"sha256": document.sha256, "for": requirement.key})
    return row


@transaction.atomic
def use_from_vault(
    application: Application, requirement: DocumentRequirement, entry: VaultEntry, *, by: Any
) -> ApplicationDocument:
    """Hangs a document of the organisation's vault on the requirement: the same document, not a copy.

    Raises Refused for one that is no longer valid, that answers something else, or that hangs there already.
    """
    application = open_for_editing(application, {f"doc_{requirement.key}"}, by)
    wanted_document(application, requirement, 1)
    offered = VaultEntry.objects.still_valid().filter(organisation=application.organisation, kind=requirement.key)
    if not offered.filter(pk=entry.pk).exists():
        raise Refused(_("This document of the vault is no longer valid. Upload a new one."), code="not_valid")
    if application.documents.filter(requirement=requirement, document=entry.document).exists():
        raise Refused(_("This document is here already."), code="here_already")
    return _hang(application, requirement, entry.document, by)


@atomic_with_files()
def join_photos(application: Application, requirement: DocumentRequirement, *, by: Any) -> ApplicationDocument:
    """Photos that were taken one by one become one PDF in the order in which they came.

    Raises Refused where fewer than two photos hang on the requirement.
    """
    application = open_for_editing(application, {f"doc_{requirement.key}"}, by)
    rows = list(application.documents.filter(requirement=requirement).select_related("document", "requirement"))
    photos = [row for row in rows if row.document.is_image]
    if len(photos) < 2:
        raise Refused(_("There are no two photos here to put together."), code="no_photos")
    with ExitStack() as open_files:
        opened = [open_files.enter_context(row.document.file.open("rb")) for row in photos]
        files = [File(file, row.document.original_name) for file, row in zip(opened, photos, strict=True)]
        bound = bind_photos(files, name=requirement.title)
    for row in photos:
        _take_off(application, row, by)
    return attach_documents(application, requirement, [bound], by=by)[0]


@transaction.atomic
def remove_document(row: ApplicationDocument, *, by: Any) -> None:
    """Takes a document off the application, and out of the vault where no other application holds it.

    The stored file stays for snapshots that name it.
    """
    application = open_for_editing(row.application, {f"doc_{row.requirement.key}"}, by)
    _take_off(application, row, by)


def _take_off(application: Application, row: ApplicationDocument, by: Any) -> None:
    record("application.remove", application, by=by, data={"sha256": row.document.sha256})
    row.delete()
    elsewhere = ApplicationDocument.objects.filter(document=row.document_id)
    if not elsewhere.exists():
        VaultEntry.objects.filter(organisation=application.organisation, document=row.document_id).delete()
