"""Fields of an application by name (facts, `q_key`, `doc_key`): their labels in order, and their values in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import District, Sector
from core.templatetags.words import money
from core.text import pick
from documents.models import Document
from grants.models import Application, Correction
from grants.queries.cards import CARD_FIELDS, card_fields, cards_words
from grants.queries.completeness import FACTS, fact_column
from grants.queries.requirements import is_before_decision
from questionnaires.queries.answers import is_files
from questionnaires.queries.words import line_of
from questionnaires.statuses import QuestionKind

MONEY_FACTS = frozenset({"amount_requested", "own_amount"})
NAMED_FACTS = {"sector": Sector, "district": District}
NOTHING = "—"


@dataclass(frozen=True)
class FieldGroup:
    """Fields that stand together on a page: the project's facts, a section of questions, the documents."""

    title: Any
    labels: dict[str, Any]


@dataclass(frozen=True)
class Names:
    """Names for the keys that a correction keeps in place of rows: sectors, districts, documents."""

    rows: Mapping[str, Mapping[Any, str]] = field(default_factory=dict)

    def of(self, kind: str, key: Any) -> str:
        """The name, or the key where the row is gone."""
        return self.rows.get(kind, {}).get(key) or str(key)


def field_groups(application: Application) -> list[FieldGroup]:
    """Every field of the application in reading order; asks the database nothing (version and rules are loaded)."""
    content, rules = application.answer_set.version.content, application.rules.content
    facts = {name: capfirst(fact_column(name).verbose_name) for name in FACTS}
    sections = [
        FieldGroup(pick(s["title"]), {f"q_{q['key']}": pick(q["label"]) for q in s["questions"]})
        for s in content["sections"]
    ]
    documents = {f"doc_{d['key']}": pick(d["title"]) for d in rules["documents"] if is_before_decision(d)}
    cards = card_labels(application)
    groups = [FieldGroup(_("Plan and budget"), cards)] if cards else []
    return [FieldGroup(_("The project in short"), facts), *sections, *groups, FieldGroup(_("Documents"), documents)]


def card_labels(application: Application) -> dict[str, Any]:
    """Plan and budget, each as one field: that is how a correction names them."""
    labels = {"plan": _("Plan of the work"), "budget": _("Budget")}
    return {name: labels[name] for name in card_fields(application.call)}


def asked_beside(application: Application, correction: Correction) -> list[str]:
    """«Title: the officer's words» for each field that has words of its own, in the order of the form."""
    own = correction.own_words
    labels = [pair for group in field_groups(application) for pair in group.labels.items()] if own else []
    return [f"{label}: {own[name]}" for name, label in labels if name in own]


def questions_of(application: Application) -> dict[str, dict[str, Any]]:
    """`q_key` -> the question of the pinned version."""
    sections = application.answer_set.version.content["sections"]
    return {f"q_{q['key']}": q for s in sections for q in s["questions"]}


def answer_words(question: dict[str, Any], value: Any, names: Names) -> str:
    """An answer as a person reads it; of files, a correction keeps the keys of their rows."""
    if question["kind"] == QuestionKind.FILE:
        return ", ".join(names.of("document", key) for key in value) or NOTHING
    return line_of(question, value) or NOTHING


def field_words(name: str, value: Any, question: dict[str, Any] | None, names: Names) -> str:
    """The value of one field as `queries.snapshot.field_values` keeps it, in words."""
    if value in (None, "", []):
        return NOTHING
    if question is not None:
        return answer_words(question, value, names)
    if name.startswith("doc_"):
        return ", ".join(names.of("document", key) for key in value)
    if name in CARD_FIELDS:
        return cards_words(name, value, lambda key: names.of("category", key))
    if name in NAMED_FACTS:
        return names.of(name, value)
    return money(value) if name in MONEY_FACTS else str(value)


def is_file_list(value: Any) -> bool:
    """Whether a kept answer is a list of keys of documents: no other answer is a list of numbers."""
    return isinstance(value, list) and bool(value) and all(type(one) is int for one in value)


def kept_answer(value: Any) -> Any:
    """An answer as a correction keeps it: files by the keys of their rows, so that no name is kept twice."""
    if is_files(value):
        return [one["document"] for one in value]
    return value


def names_for(corrections: Iterable[Correction]) -> Names:
    """Names for what corrections kept; no query where they kept no keys."""
    wanted: dict[str, set[int]] = {}
    for correction in corrections:
        for name, value in correction.before.items():
            if name in NAMED_FACTS and value:
                wanted.setdefault(name, set()).add(value)
            elif name.startswith("doc_") or is_file_list(value):
                wanted.setdefault("document", set()).update(value)
    models = {**NAMED_FACTS, "document": Document}
    found = {kind: models[kind]._default_manager.in_bulk(keys) for kind, keys in wanted.items() if keys}
    return Names({kind: {pk: str(row) for pk, row in rows.items()} for kind, rows in found.items()})
