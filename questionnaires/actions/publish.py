"""Compiling the editor's rows into an immutable version."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.canonical import sha256_of
from core.refusals import Refused
from questionnaires.models import Questionnaire, QuestionnaireVersion
from questionnaires.queries.compiled import compile_content
from questionnaires.queries.lint import Flaw, lint_content

__all__ = ["compile_content", "publish_questionnaire", "refuse_flaws"]


def refuse_flaws(found: Sequence[Flaw]) -> None:
    """Raises Refused with everything that has to be mended; one fault alone is said by itself."""
    if len(found) == 1:
        raise Refused(str(found[0]), code=found[0].code)
    if found:
        sentence = _("This cannot be published yet. Mend what is listed and publish again: nothing was changed.")
        raise Refused(sentence, code=found[0].code, items=[str(flaw) for flaw in found])


@transaction.atomic
def publish_questionnaire(questionnaire: Questionnaire, *, by: Any) -> QuestionnaireVersion:
    """Compiles and stores the next version; the same content again returns the version that holds it.

    Raises Refused with the list of all faults (queries/lint.py); what the faults are in is left as it was. What a
    call asks together with it (documents, facts, burden of a tier) is checked by the call's own action.
    """
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    content = compile_content(questionnaire)
    refuse_flaws(lint_content(content))
    digest = sha256_of(content)
    same = questionnaire.versions.filter(sha256=digest).first()
    if same:
        return same
    last = questionnaire.versions.aggregate(last=Max("number"))["last"] or 0
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire, number=last + 1, content=content, sha256=digest, published_by=by
    )
    record("questionnaire.publish", version, by=by, data={"number": version.number, "sha256": digest})
    return version
