"""Stored files: one small PDF for each kind of paper, which many rows share, and a snapshot for each sending.

A stored name is the hash of what it holds, so that a second seeding finds its files. (Real uploads get random names.)
"""

import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from core.canonical import canonical_json
from documents.models import Document
from grants.models import ApplicationDocument
from grants.queries.budget import plain_budget
from grants.queries.plan import plain_milestones
from grants.queries.tiers import tier_of
from portal.demo.plans import read_plan
from portal.demo.season import Case, Season
from questionnaires.queries.answers import plain_answers
from questionnaires.queries.asked import asked

BATCH = 2_000
PDF, JSON = "application/pdf", "application/json"
NAMES = {
    "deck": {"kk": "Презентация.pdf", "ru": "Презентация.pdf", "en": "Deck.pdf"},
    "portfolio": {"kk": "Портфолио және түйіндеме.pdf", "ru": "Портфолио и резюме.pdf", "en": "Portfolio.pdf"},
    "quotes": {"kk": "Коммерциялық ұсыныстар.pdf", "ru": "Коммерческие предложения.pdf", "en": "Quotes.pdf"},
    "attorney": {"kk": "Сенімхат.pdf", "ru": "Доверенность.pdf", "en": "Power of attorney.pdf"},
}


def small_pdf(*lines: str) -> bytes:
    """A right PDF of one A4 page with lines of Latin text (the built-in font has no Cyrillic)."""
    text = " ".join(f"({line}) Tj 0 -28 Td" for line in lines)
    drawing = f"BT /F1 18 Tf 60 740 Td {text} ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("ascii")


class Store:
    """The file store of the documents; remembers what it wrote, for a rollback."""

    def __init__(self, written: list[str]) -> None:
        """`written` belongs to `documents.actions.store.atomic_with_files`."""
        self.written = written
        self.storage: Any = Document._meta.get_field("file").storage  # type: ignore[union-attr]
        self.kept: dict[str, tuple[str, str, int]] = {}

    def keep(self, content: bytes) -> tuple[str, str, int]:
        """Stored name, SHA-256 and size; the same bytes are stored once."""
        sha256 = hashlib.sha256(content).hexdigest()
        name = f"demo/{sha256[:2]}/{sha256}"
        if not self.storage.exists(name):
            self.written.append(self.storage.save(name, ContentFile(content)))
        return name, sha256, len(content)

    def paper(self, key: str) -> tuple[str, str, int]:
        """The one PDF of a kind of paper."""
        if key not in self.kept:
            self.kept[key] = self.keep(small_pdf(f"EXAMPLE: {key}", "Invented for the demo of the funding portal."))
        return self.kept[key]


def document(
    season: Season, kept: tuple[str, str, int], name: str, media_type: str, by: User, at: datetime
) -> Document:
    """A row over a stored file."""
    file, sha256, size = kept
    return Document(
        public_id=season.invent.public_id(),
        file=file,
        original_name=name,
        media_type=media_type,
        size=size,
        sha256=sha256,
        uploaded_by=by,
        uploaded_at=at,
    )


def store_papers(season: Season, store: Store) -> None:
    """The papers of every application, drafts too, with the trail of attaching them."""
    documents: list[Document] = []
    for case in season.cases:
        at = _attached_at(case)
        for key in case.papers:
            made = document(season, store.paper(key), NAMES[key][case.language], PDF, case.owner, at)
            case.documents[key] = [made]
            documents.append(made)
    Document.objects.bulk_create(documents, batch_size=BATCH)
    ApplicationDocument.objects.bulk_create(
        [
            ApplicationDocument(
                public_id=season.invent.public_id(),
                application=case.row,
                requirement=requirement,
                document=made,
            )
            for case in season.cases
            for requirement in case.opened.requirements
            for made in case.documents.get(requirement.key, [])
        ],
        batch_size=BATCH,
    )
    for case in season.cases:
        for key, [made] in case.documents.items():
            about = {"sha256": made.sha256, "for": key}
            season.history.add(made.uploaded_at, "application.attach", case.row, by=case.owner, **about)


def _attached_at(case: Case) -> datetime:
    """Between beginning and sending."""
    return case.created_at + ((case.first_sent_at or case.created_at) - case.created_at) / 2


def note_stored(season: Season, made: Document) -> None:
    """The trail of storing a file."""
    season.history.add(
        made.uploaded_at,
        "document.store",
        made,
        by=made.uploaded_by,
        sha256=made.sha256,
        size=made.size,
        media_type=made.media_type,
    )


def snapshot(case: Case, *, before: dict[str, str]) -> bytes:
    """What `grants.queries.snapshot` reads from the rows, made in memory; `before` holds texts that changed later."""
    case.row.call = case.opened.call  # whose tiers are read once
    organisation, version = case.organisation, case.opened.call.questionnaire_version
    assert version is not None  # a published call has one
    texts = {key: before.get(f"q_{key}", value) for key, value in case.answers.items()}
    answers = plain_answers(asked(version.content, texts, tier_of(case.row)).answers)
    content = {
        "call": case.opened.call.public_id,
        "rules": case.opened.rules.sha256,
        "questions": version.sha256,
        "organisation": {
            "id": organisation.public_id,
            "kind": str(organisation.kind),
            "name": organisation.name,
            "identifier": organisation.identifier,
            "country": organisation.country,
        },
        "facts": {
            "title": case.title,
            "summary": before.get("summary", case.summary),
            "sector": organisation.sector.code,
            "district": organisation.district.kato if organisation.district else "",
            "amount_requested": case.asked,
            "own_amount": case.own,
        },
        "currency": case.opened.call.currency,
        "minors": {"has_minor": case.row.has_minor},
        "answers": answers,
        "milestones": plain_milestones(case.milestones),
        "budget": plain_budget(read_plan(case)),
        "documents": [
            {"requirement": requirement.key, "name": made.original_name, "sha256": made.sha256, "size": made.size}
            for requirement in case.opened.requirements
            for made in case.documents.get(requirement.key, [])
        ],
    }
    return canonical_json(content).encode()
