"""Documents as their page shows them: what is there, what has begun to arrive, what the vault offers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from documents.models import Document, PartialUpload, VaultEntry
from grants.actions.documents import MOST_FILES
from grants.actions.uploads import purpose_of
from grants.forms.application import DocumentForm
from grants.models import Application, ApplicationDocument, DocumentRequirement
from grants.queries.requirements import asked_of

MOST_OFFERED = 3  # of the vault, for one field


@dataclass(frozen=True)
class DocumentField:
    """One document that is asked for. Its `name` is the one that corrections use (`doc_deck`)."""

    requirement: DocumentRequirement
    given: list[ApplicationDocument]
    form: DocumentForm
    begun: list[PartialUpload] = field(default_factory=list)
    offered: list[VaultEntry] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As corrections and uploads name it."""
        return f"doc_{self.requirement.key}"

    @property
    def is_lacking(self) -> bool:
        """Whether it has to be added before sending."""
        return self.requirement.is_required and not self.given

    @property
    def has_room(self) -> bool:
        """Whether one more may be added."""
        return len(self.given) < MOST_FILES

    @property
    def has_photos(self) -> bool:
        """Whether there are photos that may become one PDF."""
        return sum(row.document.is_image for row in self.given) > 1


def document_fields(application: Application, user: Any, bound: Mapping[str, DocumentForm]) -> list[DocumentField]:
    """Every document that is asked for, in the order of the call; `bound` are forms that were sent, by key."""
    given: list[ApplicationDocument] = list(application.documents.select_related("document"))
    begun = begun_by(application, user)
    offered = _offered(application, [row.document for row in given])
    return [
        DocumentField(
            requirement=wanted,
            given=[row for row in given if row.requirement_id == wanted.pk],
            form=bound.get(wanted.key) or document_form(wanted),
            begun=begun.get(f"doc_{wanted.key}", []),
            offered=offered.get(wanted.key, [])[:MOST_OFFERED],
        )
        for wanted in asked_of(application)
    ]


def document_form(wanted: DocumentRequirement, data: Any = None, files: Any = None) -> DocumentForm:
    """The form of one document."""
    names = {"photos_name": wanted.title, "sent_by": f"add-doc_{wanted.key}"}
    return DocumentForm(data, files, prefix=wanted.key, auto_id="id_%s", **names)


def begun_by(application: Application, user: Any) -> dict[str, list[PartialUpload]]:
    """Files of this person that have not arrived to their end, by field."""
    found: dict[str, list[PartialUpload]] = {}
    mine = PartialUpload.objects.visible_to(user).filter(purpose__startswith=purpose_of(application, ""))
    for upload in mine.filter(received__gt=0).order_by("pk"):
        found.setdefault(upload.purpose.partition(":")[2], []).append(upload)
    return found


def _offered(application: Application, there: list[Document]) -> dict[str, list[VaultEntry]]:
    """What the organisation's vault holds and is still valid, by key, without what hangs here already."""
    entries = VaultEntry.objects.still_valid().filter(organisation=application.organisation_id)
    found: dict[str, list[VaultEntry]] = {}
    for entry in entries.exclude(document__in=there).select_related("document"):
        found.setdefault(entry.kind, []).append(entry)
    return found
