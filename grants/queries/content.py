"""An application as a reader sees it: parts with lines of question and answer, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from core.templatetags.words import long_date, money
from core.text import pick
from grants.models import Application, ApplicationDocument
from grants.queries.completeness import FACTS, Gap, Given, fact_column, read_given
from questionnaires.queries.content import Answered, answered_sections
from questionnaires.statuses import QuestionKind

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


def part_titles(application: Application) -> list[tuple[str, str]]:
    """(key, title) of every part in its order; asks the database nothing."""
    sections = application.answer_set.version.content["sections"]
    questions = [(f"questions-{i}", pick(section["title"])) for i, section in enumerate(sections)]
    return [(PROJECT, _("Main facts")), *questions, (DOCUMENTS, _("Documents"))]


def parts(application: Application, found: Iterable[Gap] = (), given: Given | None = None) -> list[Part]:
    """Everything that stands in an application; `found` are its gaps, each shown in its part. None or three queries."""
    missing, given = tuple(found), given or read_given(application)
    lines = [_facts(application), *_answers(application, given), _documents(given)]
    return [
        Part(key, title, tuple(inside), tuple(gap for gap in missing if gap.section == key))
        for (key, title), inside in zip(part_titles(application), lines, strict=True)
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
    sections = answered_sections(application.answer_set.version.content, given.answers)
    return [
        [Line(f"q_{q.key}", q.label, _shown(q), _kind(q.kind)) for q in questions] for _title, questions in sections
    ]


def _kind(kind: str) -> str:
    return {QuestionKind.LONG_TEXT: "long", QuestionKind.MULTIPLE_CHOICE: "list", QuestionKind.LINK: "link"}.get(
        QuestionKind(kind), "text"
    )


def _shown(question: Answered) -> Any:
    value = question.value
    if value in (None, "", []):
        return ""
    if question.kind == QuestionKind.DECLARATION:
        return _("Yes") if value else _("No")
    if question.kind == QuestionKind.MONEY:
        return money(value)
    if question.kind == QuestionKind.DATE:
        return long_date(parse_date(value))
    return value


def _documents(given: Given) -> list[Line]:
    there: dict[int, list[ApplicationDocument]] = {}
    for row in given.documents:
        there.setdefault(row.requirement_id, []).append(row)
    return [
        Line(f"doc_{requirement.key}", requirement.title, there.get(requirement.pk, []), "documents")
        for requirement in given.requirements
    ]
