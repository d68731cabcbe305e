"""Files that arrive in pieces for one field of an application: `doc_<key>` a document, `q_<key>` a file question.

The field stands in the address of the page's own view, which checks person and state with each request; the purpose of
an upload names both, so that what was sent for one field never ends in another.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from documents.actions.check import CheckedUpload
from documents.actions.gather import check_uploads, refuse_too_many
from documents.actions.pieces import already_added, begin_upload, end_upload, joined
from documents.actions.store import atomic_with_files
from documents.models import PartialUpload
from grants.actions.answer_files import attach_answer_files, refuse_unwanted
from grants.actions.applications import open_for_editing
from grants.actions.documents import attach_documents, wanted_document
from grants.models import Application, DocumentRequirement
from grants.queries.requirements import asked_of


@transaction.atomic
def begin_field_upload(
    application: Application,
    field: str,
    *,
    name: str,
    size: int,
    fingerprint: str,
    together: int = 1,
    photos: int = 0,
    by: Any,
) -> PartialUpload:
    """Begins or goes on with a file for a field. Raises Refused where it could not be hung there at the end.

    It comes with others, `together` in all; the `photos` among them will be one file. What would be too many is
    refused here, before a byte is sent.
    """
    application = open_for_editing(application, {field}, by)
    refuse_too_many(together)
    count = together - max(photos - 1, 0)
    if field.startswith("q_"):
        refuse_unwanted(application, field.removeprefix("q_"), count)
    else:
        wanted_document(application, requirement_of(application, field), count)
    return begin_upload(purpose=purpose_of(application, field), name=name, size=size, fingerprint=fingerprint, by=by)


def finish_field_uploads(
    application: Application, field: str, uploads: Sequence[PartialUpload], *, by: Any
) -> list[CheckedUpload]:
    """Joins what arrived, checks it as a plain upload is checked, and hangs it on the field; photos become one PDF.

    A lone file that we do not take is forgotten; after any other refusal what arrived stays and can be finished later.
    """
    if not uploads:
        raise Refused(_("The file has not arrived to its end. Choose it again; it goes on."), code="incomplete")
    refuse_too_many(len(uploads))
    with ExitStack() as files:
        whole = [files.enter_context(joined(upload)) for upload in uploads]
        try:
            checked = check_uploads(whole, name=photos_name(application, field))
        except Refused:
            if len(uploads) == 1:
                end_upload(uploads[0])
            raise
        with atomic_with_files():
            _lock_all(uploads)
            hang(application, field, checked, by=by)
            for upload in uploads:
                end_upload(upload)
    return checked


def _lock_all(uploads: Sequence[PartialUpload]) -> None:
    """Raises Refused where the same press has been answered meanwhile: a file is hung once."""
    keys = [upload.pk for upload in uploads]
    if len(PartialUpload.objects.select_for_update().filter(pk__in=keys).order_by("pk")) < len(keys):
        raise already_added()


def hang(application: Application, field: str, checked: Sequence[CheckedUpload], *, by: Any) -> None:
    """Checked files as documents or as answers. Raises what the two actions raise."""
    if field.startswith("q_"):
        attach_answer_files(application, field.removeprefix("q_"), checked, by=by)
    else:
        attach_documents(application, requirement_of(application, field), checked, by=by)


def purpose_of(application: Application, field: str) -> str:
    """What an upload is for, as it is kept with it."""
    return f"{application.public_id}:{field}"


def photos_name(application: Application, field: str) -> str:
    """What the PDF of several photos is called: as what it answers."""
    if field.startswith("q_"):
        return str(_("Photos"))
    return str(requirement_of(application, field).title)


def requirement_of(application: Application, field: str) -> DocumentRequirement:
    """The requirement that a field names, among those that this application is asked for. Raises Refused."""
    for requirement in asked_of(application):
        if f"doc_{requirement.key}" == field:
            return requirement
    raise Refused(_("This document is not asked for now. Nothing else was lost."), code="not_asked")
