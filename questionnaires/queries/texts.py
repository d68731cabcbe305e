"""What a person wrote in words: the texts among their answers, for a search. Asks the database nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from questionnaires.statuses import QuestionKind

WRITTEN = frozenset({QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.TABLE})


def texts_of(questions: Mapping[str, Mapping[str, Any]], answers: Mapping[str, Any]) -> Iterator[str]:
    """Short and long texts, and those in the rows of tables; choices, dates and files are no words of the person."""
    for key, question in questions.items():
        if question["kind"] in WRITTEN:
            yield from _strings(answers.get(key))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for row in value:
            yield from _strings(row)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
