"""An application as a reader sees it: parts with lines of question and answer, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.words import money
from core.text import pick
from grants.models import Application, ApplicationDocument
from grants.queries.applicants import MINORS, asks_about_minors, minor_words
from grants.queries.budget import Budget
from grants.queries.cards import BUDGET, NO_TITLE, PLAN
from grants.queries.completeness import FACTS, Gap, Given, fact_column, read_given
from grants.queries.plan import milestone_words
from questionnaires.queries.asked import Asked
from questionnaires.queries.content import sections_read
from questionnaires.statuses import QuestionKind

LINE_KINDS: dict[str, str] = {
    QuestionKind.LONG_TEXT: "long",
    QuestionKind.MULTIPLE_CHOICE: "list",
    QuestionKind.LINK: "link",
    QuestionKind.TABLE: "table",
    QuestionKind.FILE: "files",
}
PROJECT, DOCUMENTS = "project", "documents"


@dataclass(frozen=True)
class Line:
    """One field: its name (as corrections name it), its label, and its value as text or as a list."""

    field: str
    label: str
    value: Any
    kind: str = "text"


@dataclass(frozen=True)
class Part:
    """A part of the form: `key` is its address (project, questions-0, documents)."""

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    missing: tuple[Gap, ...] = ()
    budget: Budget | None = None  # drawn as a table with totals


def part_titles(application: Application, found: Asked | None = None) -> list[tuple[str, str]]:
    """(key, title) of every part in its order; with `found`, without the sections of which nothing is asked.

    Asks the database nothing.
    """
    sections = application.answer_set.version.content["sections"]
    shown = {n for n, _section, inside in found.sections() if inside} if found else range(len(sections))
    questions = [(f"questions-{n}", pick(section["title"])) for n, section in enumerate(sections) if n in shown]
    between = [*_minor_titles(application), *questions, *_card_titles(application)]
    return [(PROJECT, _("Main facts")), *between, (DOCUMENTS, _("Documents"))]


def _minor_titles(application: Application) -> list[tuple[str, str]]:
    return [(MINORS, _("Persons under 18"))] if asks_about_minors(application) else []


def _minors(application: Application) -> list[list[Line]]:
    """What was said, without a name: more people read an application than may read a minor's facts."""
    said = Line("has_minor", _("A person under 18 takes part"), minor_words(application))
    return [[said]] if asks_about_minors(application) else []


def _card_titles(application: Application) -> list[tuple[str, str]]:
    call = application.call
    plan = [(PLAN, _("Plan of the work"))] if call.asks_milestones else []
    return [*plan, *([(BUDGET, _("Budget"))] if call.asks_budget else [])]


def parts(application: Application, found: Iterable[Gap] = (), given: Given | None = None) -> list[Part]:
    """Everything that stands in an application; `found` are its gaps, each shown in its part. None or three queries."""
    missing, given = tuple(found), given or read_given(application)
    lines = [
        _facts(application),
        *_minors(application),
        *_answers(application, given),
        *_cards(given),
        _documents(given),
    ]
    return [
        Part(
            key,
            title,
            tuple(inside),
            tuple(gap for gap in missing if gap.section == key),
            given.budget if key == BUDGET else None,
        )
        for (key, title), inside in zip(part_titles(application, given.asked), lines, strict=True)
    ]


def without(shown: list[Part], fields: set[str]) -> list[Part]:
    """The parts without these fields; a part of which nothing is left is left out."""
    rest = [replace(part, lines=tuple(line for line in part.lines if line.field not in fields)) for part in shown]
    return [part for part in rest if part.lines]


def _facts(application: Application) -> list[Line]:
    return [_fact(application, name) for name in FACTS]


def _fact(application: Application, name: str) -> Line:
    label = str(fact_column(name).verbose_name)
    value = getattr(application, name)
    if name in ("amount_requested", "own_amount"):
        return Line(name, label, "" if value is None else money(value, application.currency))
    return Line(name, label, value.name if name in ("sector", "district") and value else value or "")


def _answers(application: Application, given: Given) -> list[list[Line]]:
    return [
        [Line(f"q_{q.key}", q.label, q.words, LINE_KINDS.get(q.kind, "text")) for q in questions]
        for _position, _title, questions in sections_read(given.asked)
    ]


def _cards(given: Given) -> list[list[Line]]:
    """Milestones and budget lines, where the call asks for them."""
    found = []
    if given.milestones is not None:
        found.append([Line(PLAN, m.title or NO_TITLE, milestone_words(m)) for m in given.milestones])
    if given.budget:
        found.append([Line(BUDGET, row.title, row.words) for row in given.budget.rows])
    return found


def _documents(given: Given) -> list[Line]:
    there: dict[str, list[ApplicationDocument]] = {}
    for row in given.documents:
        there.setdefault(row.requirement.key, []).append(row)
    return [
        Line(f"doc_{requirement.key}", requirement.title, there.get(requirement.key, []), "documents")
        for requirement in given.requirements
    ]
