"""The usual questions of a grant application, made by one press; staff edit them afterwards."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import NotAllowed, Refused
from questionnaires import policy
from questionnaires.models import Question, Questionnaire, Section

FILE = Path(__file__).resolve().parent.parent / "data" / "grant_application.json"


@cache
def usual() -> dict[str, Any]:
    """What the file holds: a code, a title, sections with questions in three languages."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def add_usual_questionnaire(*, by: Any) -> Questionnaire:
    """Makes the questionnaire of the grant programme. Raises Refused where it already exists."""
    if not policy.may_edit_questionnaires(by):
        raise NotAllowed(_("Only an officer or an administrator prepares questions."), code="not_allowed")
    content = usual()
    if Questionnaire.objects.filter(code=content["code"]).exists():
        raise Refused(_("The usual questions are already here. Nothing was changed."), code="exists")
    questionnaire = Questionnaire.objects.create(code=content["code"], **_texts("title", content))
    for position, part in enumerate(content["sections"], start=1):
        section = Section.objects.create(questionnaire=questionnaire, position=position, **_texts("title", part))
        Question.objects.bulk_create(_question(section, n, q) for n, q in enumerate(part["questions"], start=1))
    record("questionnaire.add", questionnaire, by=by)
    return questionnaire


def _texts(name: str, row: dict[str, Any]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in row[name].items()}


def _question(section: Section, position: int, row: dict[str, Any]) -> Question:
    same = {name: row[name] for name in ("key", "kind", "is_required", "limit", "choices")}
    return Question(section=section, position=position, **same, **_texts("label", row), **_texts("help", row))
