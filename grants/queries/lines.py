"""The lines of a dossier: answers with what a correction changed, checks, corrections. Asks the database nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from grants.models import Application, ApplicationDocument, Correction, ScreeningCheck
from grants.queries.budget import Budget
from grants.queries.cards import CARD_FIELDS
from grants.queries.completeness import FACTS
from grants.queries.fields import NAMED_FACTS, FieldGroup, Names, field_words, kept_answer, questions_of
from grants.statuses import AUTOMATIC_CHECKS, CHECK_MARKS, CheckKind, CheckResult
from questionnaires.queries.answers import is_files
from questionnaires.queries.asked import Asked
from questionnaires.queries.words import words_of
from questionnaires.statuses import QuestionKind


@dataclass(frozen=True)
class Line:
    """A question and its answer; `before` where the last answered correction changed it."""

    field: str
    label: Any
    value: str
    is_link: bool
    before: str | None
    words: Any = ()  # rows of a table, files of a question
    kind: str = ""


@dataclass(frozen=True)
class CheckLine:
    """One check of the list, made or still to make."""

    kind: CheckKind
    is_automatic: bool
    check: ScreeningCheck | None
    person: Any

    @property
    def result(self) -> str:
        """What was found; empty before."""
        return self.check.result if self.check else ""

    @property
    def words(self) -> Any:
        """The result in words."""
        return CheckResult(self.result).label if self.result else ""

    @property
    def mark(self) -> tuple[str, str]:
        """Tone and shape."""
        return CHECK_MARKS[CheckResult(self.result)] if self.result else ("neutral", "ring")


@dataclass(frozen=True)
class Answer:
    """One field of a correction: what stood there, what stands there after it."""

    field: str
    label: Any
    before: str
    after: str
    is_changed: bool


@dataclass(frozen=True)
class CorrectionLine:
    """A correction with its fields."""

    correction: Correction
    answers: list[Answer]


def values_of(
    application: Application, answers: Mapping[str, Any], documents: Iterable[ApplicationDocument]
) -> dict[str, Any]:
    """Present values by field, in the form in which corrections keep them."""
    facts = {name: getattr(application, f"{name}_id" if name in NAMED_FACTS else name) for name in FACTS}
    answers = {key: kept_answer(value) for key, value in answers.items()}
    files: dict[str, list[int]] = {}
    for row in documents:
        files.setdefault(f"doc_{row.requirement.key}", []).append(row.document_id)
    return {**facts, **{f"q_{key}": value for key, value in answers.items()}, **files}


def names_with(
    names: Names,
    application: Application,
    documents: Iterable[ApplicationDocument],
    budget: Budget | None = None,
    *,
    answers: Mapping[str, Any],
) -> Names:
    """Names of old rows together with those that the application holds now."""
    rows = {kind: dict(kept) for kind, kept in names.rows.items()}
    for name in NAMED_FACTS:
        if row := getattr(application, name):
            rows.setdefault(name, {})[row.pk] = str(row)
    rows.setdefault("document", {}).update({d.document_id: str(d.document) for d in documents})
    files = [file for value in answers.values() if is_files(value) for file in value]
    rows["document"].update({file["document"]: file["name"] for file in files})
    rows["category"] = {category.key: str(category) for category in budget.categories} if budget else {}
    return Names(rows)


def correction_lines(
    application: Application,
    corrections: list[Correction],
    values: Mapping[str, Any],
    names: Names,
    labels: Mapping[str, Any],
) -> list[CorrectionLine]:
    """Newest first, as given. What stood after one is what the next on the same field found, else what stands now."""
    questions = questions_of(application)
    standing, lines = dict(values), []
    for correction in corrections:
        answers = [
            Answer(
                field=name,
                label=labels.get(name, name),
                before=field_words(name, correction.before.get(name), questions.get(name), names),
                after=field_words(name, standing.get(name), questions.get(name), names),
                is_changed=name in correction.changed,
            )
            for name in correction.fields
        ]
        standing |= correction.before
        lines.append(CorrectionLine(correction, answers))
    return lines


def sections_of(
    application: Application,
    groups: list[FieldGroup],
    values: Mapping[str, Any],
    names: Names,
    corrections: list[CorrectionLine],
    found: Asked,
) -> list[tuple[Any, list[Line]]]:
    """Answers in reading order, without documents, plan, budget and questions that were not asked.

    What the last answered correction changed is marked.
    """
    questions = {f"q_{key}": question for key, question in found.questions.items()}
    last = next((c for c in corrections if c.correction.answered_at), None)
    before = {a.field: a.before for a in last.answers if a.is_changed} if last else {}
    return [
        (
            group.title,
            [
                Line(
                    field=name,
                    label=label,
                    value=field_words(name, values.get(name), questions.get(name), names),
                    is_link=_is_link(questions.get(name), values.get(name)),
                    before=before.get(name),
                    **_listed(questions.get(name), found),
                )
                for name, label in group.labels.items()
                if _is_read_here(name, questions)
            ],
        )
        for group in groups
        if any(_is_read_here(name, questions) for name in group.labels)
    ]


def _is_read_here(name: str, questions: Mapping[str, Any]) -> bool:
    is_unasked = name.startswith("q_") and name not in questions
    return not (is_unasked or name.startswith("doc_") or name in CARD_FIELDS)


def _listed(question: dict[str, Any] | None, found: Asked) -> dict[str, Any]:
    """Rows of a table and files, which are no line of text."""
    if question is None or question["kind"] not in (QuestionKind.TABLE, QuestionKind.FILE):
        return {}
    return {"words": words_of(question, found.answers.get(question["key"])), "kind": question["kind"]}


def _is_link(question: dict[str, Any] | None, value: Any) -> bool:
    is_asked = question is not None and question["kind"] == QuestionKind.LINK
    return is_asked and isinstance(value, str) and value.startswith(("https://", "http://"))


def check_lines(checks: Iterable[ScreeningCheck], people: Mapping[int, Any]) -> list[CheckLine]:
    """Every kind of check in order, with what was found and who found it."""
    made = {check.kind: check for check in checks}
    return [
        CheckLine(
            kind=kind,
            is_automatic=kind in AUTOMATIC_CHECKS,
            check=made.get(kind),
            person=people.get(made[kind].checked_by_id or 0) if kind in made else None,
        )
        for kind in CheckKind
    ]
