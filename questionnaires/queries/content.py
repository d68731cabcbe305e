"""Reading a version together with answers."""

from dataclasses import dataclass
from typing import Any

from core.text import LocalText, pick
from questionnaires.statuses import QuestionKind


@dataclass(frozen=True)
class Answered:
    """One question as a reader sees it."""

    key: str
    label: LocalText
    value: Any
    kind: str
    is_required: bool

    @property
    def is_missing(self) -> bool:
        """Required and empty (a declaration must be agreed to)."""
        return self.is_required and self.value in (None, "", [], False)


def shown(question: dict[str, Any], value: Any) -> Any:
    """The value in the reader's language: labels of choices instead of their codes."""
    names = {c["value"]: pick({k: c.get(k, "") for k in ("kk", "ru", "en")}) for c in question["choices"]}
    if question["kind"] == QuestionKind.SINGLE_CHOICE:
        return names.get(value, value)
    if question["kind"] == QuestionKind.MULTIPLE_CHOICE:
        return [names.get(v, v) for v in value or []]
    return value


def answered_sections(content: dict[str, Any], answers: dict[str, Any]) -> list[tuple[LocalText, list[Answered]]]:
    """Sections of a version with each question's answer, in order; asks the database nothing."""
    return [
        (
            pick(section["title"]),
            [
                Answered(q["key"], pick(q["label"]), shown(q, answers.get(q["key"])), q["kind"], q["is_required"])
                for q in section["questions"]
            ],
        )
        for section in content["sections"]
    ]


def missing(content: dict[str, Any], answers: dict[str, Any]) -> list[tuple[int, Answered]]:
    """(section's position, question) of each required question without an answer."""
    return [
        (position, question)
        for position, (_title, questions) in enumerate(answered_sections(content, answers))
        for question in questions
        if question.is_missing
    ]
