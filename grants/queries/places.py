"""Places in a dossier that a score may rest on: what an expert chooses from, and what a stored place says."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.text import pick
from grants.formulas.places import ANSWER, FACT, FACTS, FILE, LINE, STEP, place, split
from grants.models import Application
from questionnaires.formulas.shape import questions_of
from questionnaires.models import AnswerSet

Group = tuple[str, list[tuple[str, str]]]  # a part of the dossier, its (place, label)


def fact_words(name: str) -> str:
    """What the dossier calls a fact."""
    return {"summary": _("Project in short"), "amount_requested": _("Amount asked")}[name]


def offered(papers: dict[str, Any]) -> list[Group]:
    """Every place of the papers as they are shown, part by part; asks the database nothing."""
    budget = papers["budget"]
    parts = [
        (_("In short"), [(place(FACT, name), fact_words(name)) for name in ("summary", "amount_requested")]),
        *((str(title), [(place(ANSWER, q.key), str(q.label)) for q in asked]) for title, asked in papers["sections"]),
        (_("Plan of the work"), [(place(STEP, one.key), one.title) for one in papers["milestones"]]),
        (_("Budget"), [(place(LINE, row.line.public_id), row.title) for row in budget.rows] if budget else []),
        (_("Documents"), [(place(FILE, one.key), f"{one.title} · {one.name}") for one in papers["documents"]]),
    ]
    return [(title, places) for title, places in parts if places]


def place_words(application: Application, cited: Iterable[str]) -> dict[str, str]:
    """place -> what it is called, of those that this application has; one query for each kind that is cited."""
    keys: dict[str, set[str]] = defaultdict(set)
    for written in cited:
        kind, key = split(written)
        keys[kind].add(key)
    found = {place(FACT, name): fact_words(name) for name in keys[FACT] & FACTS}
    if keys[ANSWER]:
        content = AnswerSet.objects.values_list("version__content", flat=True).get(pk=application.answer_set_id)
        labels = {q["key"]: str(pick(q["label"])) for q in questions_of(content)}
        found |= {place(ANSWER, key): labels[key] for key in keys[ANSWER] & labels.keys()}
    if keys[LINE]:
        lines = application.budget_lines.filter(public_id__in=keys[LINE])
        found |= {place(LINE, line.public_id): line.item or _("Budget") for line in lines}
    if keys[STEP]:
        steps = application.milestones.filter(public_id__in=keys[STEP])
        found |= {place(STEP, step.public_id): step.title or _("Plan of the work") for step in steps}
    if keys[FILE]:
        files = application.documents.filter(public_id__in=keys[FILE]).select_related("requirement")
        found |= {place(FILE, file.public_id): str(file.requirement.title) for file in files}
    return found
