"""Usual questions, loaded by one press from data files; staff edit them afterwards.

They are defaults, not published texts of the programmes: each file says where it comes from.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import NotAllowed, Refused
from core.text import LocalText, pick
from questionnaires import policy
from questionnaires.models import CrossRule, Question, Questionnaire, Section

FOLDER = Path(__file__).resolve().parent.parent / "data"
GRANT = "grant-application"
SAME = ("key", "kind", "is_required", "from_tier", "minimum", "limit", "choices", "shown_if", "columns", "formula")


@cache
def usual_files() -> dict[str, dict[str, Any]]:
    """Code -> what its file holds: a title, sections with questions, rules; the grant programme first."""
    read = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))]
    return {file["code"]: file for file in sorted(read, key=lambda file: file["code"] != GRANT)}


def usual_sets() -> list[tuple[str, LocalText]]:
    """(code, title) of every set that can be loaded."""
    return [(code, pick(file["title"])) for code, file in usual_files().items()]


@transaction.atomic
def add_usual_questionnaire(*, code: str = GRANT, by: Any) -> Questionnaire:
    """Makes the questionnaire of a programme from its file.

    Raises NotAllowed for who does not prepare questions, Refused where it is already there or no file has the code.
    """
    if not policy.may_edit_questionnaires(by):
        raise NotAllowed(_("Only an officer or an administrator prepares questions."), code="not_allowed")
    content = usual_files().get(code or GRANT)
    if content is None:
        raise Refused(_("There are no usual questions of that name. Choose from the list."), code="unknown")
    if Questionnaire.objects.filter(code=content["code"]).exists():
        raise Refused(_("The usual questions are already here. Nothing was changed."), code="exists")
    questionnaire = make_rows(content)
    record("questionnaire.add", questionnaire, by=by)
    return questionnaire


def make_rows(content: dict[str, Any]) -> Questionnaire:
    """The editor's rows of one file: sections, questions, rules."""
    questionnaire = Questionnaire.objects.create(code=content["code"], **_texts("title", content))
    for position, part in enumerate(content["sections"], start=1):
        section = Section.objects.create(questionnaire=questionnaire, position=position, **_texts("title", part))
        Question.objects.bulk_create(_question(section, n, q) for n, q in enumerate(part["questions"], start=1))
    CrossRule.objects.bulk_create(
        _rule(questionnaire, n, rule) for n, rule in enumerate(content.get("rules", ()), start=1)
    )
    return questionnaire


def _texts(name: str, row: dict[str, Any]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in row.get(name, {}).items()}


def _question(section: Section, position: int, row: dict[str, Any]) -> Question:
    same = {name: row[name] for name in SAME if name in row}
    return Question(section=section, position=position, **same, **_texts("label", row), **_texts("help", row))


def _rule(questionnaire: Questionnaire, position: int, row: dict[str, Any]) -> CrossRule:
    same = {name: row[name] for name in ("kind", "of", "against", "limit") if name in row}
    return CrossRule(questionnaire=questionnaire, position=position, **same, **_texts("message", row))
