"""A questionnaire once more, as a desk of its own."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import NotAllowed
from core.text import LANGUAGES
from questionnaires import policy
from questionnaires.models import Question, Questionnaire

CODE_LENGTH, TITLE_LENGTH = 50, 200


@transaction.atomic
def copy_questionnaire(questionnaire: Questionnaire, *, mark: str, by: Any) -> Questionnaire:
    """A new editable copy: sections, questions, rules; no version. Code and titles end in `mark` (a year), so that the
    two are told apart; a code that is taken gets a number.

    Keys stay, so that answers given to the first one are offered where the copy asks the same.
    Raises NotAllowed for people who do not prepare questions.
    """
    if not policy.may_edit_questionnaires(by):
        raise NotAllowed(_("Only an officer or an administrator prepares questions."), code="not_allowed")
    titles = {f"title_{language}": _marked(getattr(questionnaire, f"title_{language}"), mark) for language in LANGUAGES}
    made = Questionnaire.objects.create(code=_free(f"{questionnaire.code}-{mark}"), **titles)
    for section in questionnaire.sections.all():
        copied = made.sections.create(**_values(section, "questionnaire"))
        rows = section.questions.all()
        Question.objects.bulk_create(Question(section=copied, **_values(row, "section")) for row in rows)
    for rule in questionnaire.cross_rules.all():
        made.cross_rules.create(**_values(rule, "questionnaire"))
    record("questionnaire.copy", made, by=by, data={"from": questionnaire.pk})
    return made


def _values(row: models.Model, *without: str) -> dict[str, Any]:
    """Every column but the key and those named."""
    fields = [f for f in row._meta.concrete_fields if not f.primary_key and f.name not in without]
    return {field.name: getattr(row, field.name) for field in fields}


def _marked(title: str, mark: str) -> str:
    """«Заявка на грант · 2027»; a title that is not there stays so."""
    return f"{title[: TITLE_LENGTH - len(mark) - 3]} · {mark}" if title else ""


def _free(code: str) -> str:
    """`code`, or `code-2`, `code-3`, ... where it is taken."""
    wanted, number = code[:CODE_LENGTH], 1
    while Questionnaire.objects.filter(code=wanted).exists():
        number += 1
        wanted = f"{code[: CODE_LENGTH - 4]}-{number}"
    return wanted
