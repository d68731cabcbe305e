"""The answers of a set together with its files."""

from collections.abc import Mapping
from typing import Any

from questionnaires.formulas.shape import Content, questions_of
from questionnaires.models import AnswerFile, AnswerSet
from questionnaires.statuses import QuestionKind

FILE_KEYS = {"id", "document", "name", "size", "sha256"}  # of `file_value`


def given_answers(answer_set: AnswerSet) -> dict[str, Any]:
    """key -> answer; a file question's answer is the list of its files. One query, two where the version asks files."""
    return with_files(answer_set, answer_set.values())


def with_files(answer_set: AnswerSet, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers that are read already, with the files. No query, one where the version asks for files."""
    wanted = file_keys(answer_set.version.content)
    return {**answers, **files_of(answer_set, wanted)} if wanted else answers


def plain_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as a snapshot freezes them: of a file its name, its size and the hash of its bytes."""
    return {key: [_frozen(one) for one in value] if is_files(value) else value for key, value in answers.items()}


def is_files(value: Any) -> bool:
    """Whether an answer is a list of files (`file_value`); a row of a table has no stored row behind it."""
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) and v.keys() == FILE_KEYS for v in value)


def _frozen(file: dict[str, Any]) -> dict[str, Any]:
    return {name: file[name] for name in ("name", "size", "sha256")}


def changed_questions(answer_set: AnswerSet) -> set[str]:
    """Questions that a fix has changed and that were not saved since. No query where the draft was never moved."""
    before = answer_set.previous_version
    if before is None:
        return set()
    old = {q["key"]: q for q in questions_of(before.content)}
    changed = {q["key"] for q in questions_of(answer_set.version.content) if old.get(q["key"]) != q}
    since = {"saved_at__gt": answer_set.version.published_at, "key__in": changed}
    return changed - set(answer_set.answers.filter(**since).values_list("key", flat=True))


def file_keys(content: Content) -> set[str]:
    """Keys of the questions that are answered by files."""
    return {q["key"] for q in questions_of(content) if q["kind"] == QuestionKind.FILE}


def files_of(answer_set: AnswerSet, keys: set[str]) -> dict[str, list[dict[str, Any]]]:
    """key -> its files in the order in which they came."""
    found: dict[str, list[dict[str, Any]]] = {}
    rows = AnswerFile.objects.filter(set=answer_set, key__in=keys).select_related("document").order_by("pk")
    for row in rows:
        found.setdefault(row.key, []).append(file_value(row))
    return found


def file_value(row: AnswerFile) -> dict[str, Any]:
    """One file as an answer holds it: `id` names it in addresses, `document` is its stored row."""
    stored = row.document
    return {
        "id": row.public_id,
        "document": stored.pk,
        "name": stored.original_name,
        "size": stored.size,
        "sha256": stored.sha256,
    }
