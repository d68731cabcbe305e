"""Lists, rankings and dossiers as files: asked for by a person, made by a worker, taken by that person, then erased."""

import logging
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.policy import may_read_iin
from core import clock
from core.audit import record
from core.pdf import render_pdf
from core.refusals import NotAllowed, Refused
from core.templatetags.words import number
from core.workflow import lock
from documents.actions.erasure import erase_document
from documents.actions.store import atomic_with_files, store_bytes
from documents.formulas.sniffing import PDF, XLSX, Kind
from documents.formulas.tables import write_table
from grants import policy
from grants.actions.court import make_bundle, note_bundle
from grants.models import Application, Call, Export
from grants.queries.exports import TELL_SCORES, Table, may_take, owes_reviews, rows_left, seen_among, table_of
from grants.queries.exports_dossiers import dossier_table, dossiers_of
from grants.statuses import ExportFormat, ExportKind

MOST = {ExportFormat.XLSX: 20_000, ExportFormat.PDF: 2_000, ExportFormat.ZIP: 1}  # rows of a list
MOST_DOSSIERS = 500
MOST_WAITING = 5  # files of one person under way
MOST_ATTEMPTS = 3
STEP = 20  # rows between two notes of how far it is
ZIP = Kind("ZIP", "application/zip", (".zip",))
TYPES = {ExportFormat.XLSX: XLSX, ExportFormat.PDF: PDF, ExportFormat.ZIP: ZIP}
WITH_IIN = frozenset({ExportKind.APPLICATIONS, ExportKind.DOSSIERS})
logger = logging.getLogger(__name__)


@transaction.atomic
def ask_export(kind: str, *, rows: list[Any], file_format: str, call: Call | None = None, by: Any) -> Export:
    """A row for the worker: these rows in this order, in the reader's language.

    Raises NotAllowed for a list that is not theirs to read; Refused for nothing, for too much, for too many at once.
    """
    if not policy.may_export(by, kind):
        raise NotAllowed(_("You do not see this list."), code="not_allowed")
    if kind in TELL_SCORES and owes_reviews(by, call):
        raise NotAllowed(_("The ranking opens when your own reviews are in."), code="owes_review")
    if len(rows) != len(seen_among(kind, by, rows)) or not rows:
        raise Refused(_("There is nothing to put into a file. Change the filters of the list."), code="nothing")
    if (kind == ExportKind.COURT) != (file_format == ExportFormat.ZIP):
        raise Refused(_("This list is not made in this format. Choose another."), code="format")
    most = MOST_DOSSIERS if kind == ExportKind.DOSSIERS else MOST[ExportFormat(file_format)]
    if len(rows) > most:
        sentence = _("These are %(count)s rows, a file takes %(most)s. Narrow the list by its filters, or take XLSX.")
        raise Refused(sentence % {"count": len(rows), "most": most}, code="too_many")
    if Export.objects.visible_to(by).waiting().count() >= MOST_WAITING:
        raise Refused(_("Several of your files are being made. Wait for one of them."), code="too_many_at_once")
    language = (translation.get_language() or "kk")[:2]
    made = Export.objects.create(
        kind=kind, file_format=file_format, language=language, call=call, rows=rows, total=len(rows), asked_by=by
    )
    record("export.ask", made, by=by, data={"kind": kind, "rows": len(rows)})
    return made


def make_export(export_id: int) -> Export | None:
    """Makes one file, outside of any lock; None where another worker has it or it is made.

    Safe to run twice: whoever takes it says so in the row, and a file that is there is not stored again. After
    MOST_ATTEMPTS workers that died over it, it is given up. What goes wrong otherwise is raised, for the log.
    """
    free = Export.objects.free().filter(pk=export_id)
    if not free.update(touched_at=clock.now(), attempts=F("attempts") + 1, done=0):
        return None
    export = Export.objects.select_related("asked_by", "call").get(pk=export_id)
    if export.attempts > MOST_ATTEMPTS:
        return _give_up(export)
    keys = rows_left(export)
    if export.kind == ExportKind.COURT and not keys:  # closed to its reader since they asked: nothing is left of it
        return _give_up(export)
    with translation.override(export.language):
        content = _content(export, keys)
    return _keep(export, content, keys)


@transaction.atomic
def _give_up(export: Export) -> Export:
    export = lock(export)
    export.failed_at = clock.now()
    export.save(update_fields=["failed_at"])
    record("export.give_up", export, by=None, data={"attempts": export.attempts})
    return export


@atomic_with_files()
def _keep(export: Export, content: bytes, keys: list[int]) -> Export:
    export = lock(export)
    if export.document_id or export.failed_at:
        return export
    kind = TYPES[ExportFormat(export.file_format)]
    name = f"{_name_of(export, keys)}{kind.extensions[0]}"
    export.document = store_bytes(content, name=name, media_type=kind.media_type, by=None)
    export.rows, export.done, export.total, export.ready_at = keys, len(keys), len(keys), clock.now()
    export.has_iin = export.kind in WITH_IIN and may_read_iin(export.asked_by)
    if export.kind == ExportKind.COURT:
        export.has_iin = policy.may_see_minors(export.asked_by)  # names of children stand in an officer's alone
        note_bundle(_application(keys), content, by=export.asked_by)
    export.save(update_fields=["document", "rows", "done", "total", "ready_at", "has_iin"])
    record("export.make", export, by=None, data={"sha256": export.document.sha256, "rows": len(keys)})
    return export


def _name_of(export: Export, keys: list[Any]) -> str:
    if export.kind == ExportKind.COURT:
        return str(_application(keys).number)
    return f"{export.kind}-{export.asked_at:%Y-%m-%d}"


def _application(keys: list[Any]) -> Application:
    return Application.objects.get(pk=keys[0])


def _content(export: Export, keys: list[Any]) -> bytes:
    if export.kind == ExportKind.COURT:
        return make_bundle(_application(keys), told=lambda *far: _note(export, *far), by=export.asked_by)
    is_dossiers, is_pdf = export.kind == ExportKind.DOSSIERS, export.file_format == ExportFormat.PDF
    if is_dossiers and is_pdf:
        return _pdf(export, "dossiers", _("Dossiers"), dossiers=list(_told(export, dossiers_of(export, keys))))
    if is_dossiers:
        table = dossier_table(_told(export, dossiers_of(export, keys)))
    else:
        listed = table_of(export, keys)
        table = Table(listed.title, listed.head, _told(export, listed.rows))
    if is_pdf:
        lines = [[_printed(value) for value in row] for row in table.rows]
        return _pdf(export, "list", table.title, head=list(table.head), rows=lines)
    return write_table(table.head, table.rows, title=table.title)


def _printed(value: Any) -> str:
    """Numbers in groups, as people read them."""
    if isinstance(value, (int, Decimal)):
        return number(int(value) if value == int(value) else value)
    return "" if value is None else str(value)


def _pdf(export: Export, template: str, title: str, **data: Any) -> bytes:
    whole = {"title": title, "from": _("funding portal"), "foot": title, "heading": title, **data}
    return render_pdf(template, whole, at=export.asked_at)


def _note(export: Export, done: int, total: int) -> None:
    """How far it is, and a sign of life."""
    Export.objects.filter(pk=export.pk).update(done=done, total=total, touched_at=clock.now())


def _told(export: Export, rows: Iterator[Any]) -> Iterator[Any]:
    """The rows as they come, with a note in the row of the export at every STEP: how far it is, and a sign of life."""
    for place, row in enumerate(rows, start=1):
        if place % STEP == 0:
            Export.objects.filter(pk=export.pk).update(done=place, touched_at=clock.now())
        yield row


@transaction.atomic
def take_export(export: Export, *, by: Any) -> Export:
    """The trail says that it was taken. Raises NotAllowed where the person may no longer see what stands in it."""
    if not may_take(export, by):
        sentence = _("Something in this file is no longer yours to see. Ask for it again: the new one leaves it out.")
        raise NotAllowed(sentence, code="not_allowed")
    sha256 = export.document.sha256 if export.document else ""
    record("export.take", export, by=by, data={"sha256": sha256})
    return export


@transaction.atomic
def drop_old_exports() -> int:
    """Erases files of exports that are some days old; returns how many."""
    old = Export.objects.too_old().select_related("document")
    return sum(erase_document(row.document, by=None) for row in old if row.document)
