"""Everything about one application as the files of a dossier (core/dossier.py): rows, papers, letters, events.

The same rows give the same files to the byte. Papers are read from the store as they are: their SHA-256 stands in the
rows of `documents.document` and again in the manifest, so that the two can be compared.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import chain
from typing import Any

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from accounts.models import Approval, User
from core.canonical import canonical_json
from core.dossier import chain_files
from core.models import AuditEvent
from documents.models import Document, Order
from grants.models import Application
from grants.queries.court_tables import plain_row, rows_about
from notifications.letters import render_letter
from notifications.models import Message

Rows = dict[str, list[models.Model]]
Told = Callable[[int, int], None]


def files_about(
    application: Application, *, left_out: Collection[str] = (), told: Told | None = None
) -> dict[str, bytes]:
    """Name -> content, without the manifest. `left_out` names tables that the reader may not see at all; `told` hears
    how many papers and letters of how many are read.
    """
    rows = {table: found for table, found in rows_about(application).items() if table not in left_out}
    rows["accounts.approval"] = list(_approvals(rows))
    rows["documents.order"] = list(Order.objects.filter(pk__in=_foreign_keys(rows, Order)).order_by("pk"))
    rows["documents.document"] = list(_documents(rows))
    rows["notifications.message"] = list(_messages(application, rows))
    files = {f"rows/{name}.json": _json([plain_row(row) for row in found]) for name, found in rows.items()}
    files["rows/people.json"] = _json(_people(rows))
    total = len(rows["documents.document"]) + len(rows["notifications.message"])
    pieces = chain(_papers(rows["documents.document"]), _letters(rows["notifications.message"]))
    for done, (name, content) in enumerate(pieces, start=1):
        files[name] = content
        if told:
            told(done, total)
    return {**files, **chain_files({event.pk: event for event in _events(rows)})}


def _json(content: Any) -> bytes:
    return canonical_json(content).encode()


def name_in_trail(row: models.Model) -> tuple[str, str]:
    """The table and the row as the audit trail names it (core/audit.py)."""
    return row._meta.label_lower, str(getattr(row, "public_id", "") or row.pk)


def _by_table(rows: Rows) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for found in rows.values():
        for row in found:
            table, key = name_in_trail(row)
            named.setdefault(table, []).append(key)
    return named


def _approvals(rows: Rows) -> models.QuerySet[Approval]:
    """What two persons did about any of these rows."""
    wanted = Q(pk=None)
    for table, found in rows.items():
        wanted |= Q(object_type=table, object_id__in=[row.pk for row in found])
    return Approval.objects.filter(wanted).order_by("pk")


def _events(rows: Rows) -> models.QuerySet[AuditEvent]:
    """The trail of all these rows; an export of a dossier is no event of its content."""
    wanted = Q(pk=None)
    for table, keys in _by_table(rows).items():
        wanted |= Q(object_type=table, object_id__in=keys)
    return AuditEvent.objects.filter(wanted).exclude(verb__endswith=".court_export").order_by("pk")


def _foreign_keys(rows: Rows, to: type[models.Model]) -> set[int]:
    return {
        key
        for found in rows.values()
        for row in found
        for field in row._meta.concrete_fields
        if field.related_model is to and (key := getattr(row, field.attname)) is not None
    }


def _documents(rows: Rows) -> models.QuerySet[Document]:
    """Every paper that a row names: the applicant's, snapshots, minutes, signatures, orders, acts of a court."""
    return Document.objects.filter(pk__in=_foreign_keys(rows, Document)).order_by("pk")


def _papers(documents: Iterable[Any]) -> Iterator[tuple[str, bytes]]:
    for document in documents:
        if document.erased_at is None:
            with default_storage.open(str(document.file.name), "rb") as stored:
                yield f"papers/{document.public_id}", stored.read()


def _people(rows: Rows) -> list[dict[str, Any]]:
    """Who acted, by name; the rows themselves hold keys."""
    people = User.objects.filter(pk__in=_foreign_keys(rows, User)).prefetch_related("groups").order_by("pk")
    return [
        {
            "id": person.pk,
            "name": person.display_name,
            "email": person.email,
            "roles": sorted(group.name for group in person.groups.all()),
        }
        for person in people
    ]


def _messages(application: Application, rows: Rows) -> models.QuerySet[Message]:
    """Letters about it: to the applicant by its public id, to experts by that of their assignment."""
    wanted = Q(about=application.public_id) | Q(dedupe_key__contains=application.public_id)
    for assignment in rows["grants.assignment"]:
        wanted |= Q(dedupe_key__contains=assignment.public_id)  # type: ignore[attr-defined]
    return Message.objects.filter(wanted).order_by("pk")


def _letters(messages: Iterable[Any]) -> Iterator[tuple[str, bytes]]:
    """The text of each letter as its reader gets it."""
    for message in messages:
        letter = render_letter(message)
        yield f"letters/{message.public_id}.txt", f"{letter.subject}\n\n{letter.text}".encode()
