"""What exactly was sent: the application's whole content as plain data, and values by field for corrections."""

from typing import Any

from grants.models import Application
from grants.queries.budget import plain_budget
from grants.queries.cards import CARD_FIELDS, kept_cards
from grants.queries.completeness import FACTS, Given, read_given
from grants.queries.fields import kept_answer
from grants.queries.plan import plain_milestones
from questionnaires.queries.answers import given_answers, plain_answers


def snapshot(application: Application, given: Given | None = None) -> dict[str, Any]:
    """Everything that a submission freezes. Hashes stand for the documents' bytes."""
    organisation, given = application.organisation, given or read_given(application)
    return {
        "call": application.call.public_id,
        "rules": application.rules.sha256,
        "questions": application.answer_set.version.sha256,
        "organisation": {
            "id": organisation.public_id,
            "kind": organisation.kind,
            "name": organisation.name,
            "identifier": organisation.identifier,
            "country": organisation.country,
        },
        "facts": {name: _plain(getattr(application, name)) for name in FACTS},
        "currency": application.currency,
        "minors": _minors(application),
        "answers": plain_answers(given.answers),
        "milestones": plain_milestones(given.milestones or []),
        "budget": plain_budget(given.budget) if given.budget else None,
        "documents": [
            {
                "requirement": row.requirement.key,
                "name": row.document.original_name,
                "sha256": row.document.sha256,
                "size": row.document.size,
            }
            for row in given.documents
        ],
    }


def _minors(application: Application) -> dict[str, Any]:
    """What was said, and the hashes of the signed consents: a minor's name stands in no snapshot."""
    if not application.has_minor:
        return {"has_minor": application.has_minor}
    papers = application.guardian_consents.filter(document__isnull=False).order_by("pk")
    return {"has_minor": True, "consents": list(papers.values_list("document__sha256", flat=True))}


def _plain(value: Any) -> Any:
    """Reference rows by their stable code, everything else as it is."""
    return getattr(value, "code", None) or getattr(value, "kato", None) or value


def field_values(application: Application, fields: list[str]) -> dict[str, Any]:
    """The present values of named fields (facts by name, `q_key`, `doc_key`), as JSON keeps them."""
    answers = given_answers(application.answer_set)
    documents: dict[str, list[int]] = {}
    for key, document_id in application.documents.values_list("requirement__key", "document_id"):
        documents.setdefault(key, []).append(document_id)
    return {field: _value(application, answers, documents, field) for field in fields}


def _value(application: Application, answers: dict[str, Any], documents: dict[str, list[int]], field: str) -> Any:
    if field.startswith("q_"):
        return kept_answer(answers.get(field.removeprefix("q_")))
    if field.startswith("doc_"):
        return documents.get(field.removeprefix("doc_"), [])
    if field in CARD_FIELDS:
        return kept_cards(application, field)
    value = getattr(application, field)
    return getattr(value, "pk", None) or (str(value) if value is not None else None)
