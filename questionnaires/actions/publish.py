"""Compiling the editor's rows into an immutable version."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.canonical import sha256_of
from core.refusals import Refused
from questionnaires.models import Question, Questionnaire, QuestionnaireVersion
from questionnaires.statuses import QuestionKind


@transaction.atomic
def publish_questionnaire(questionnaire: Questionnaire, *, by: Any) -> QuestionnaireVersion:
    """Compiles and stores the next version; the same content again returns the version that holds it.

    Raises Refused where a text lacks Kazakh or Russian, a key stands twice, or a choice has no options.
    """
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    content = compile_content(questionnaire)
    refuse_incomplete(content)
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


def compile_content(questionnaire: Questionnaire) -> dict[str, Any]:
    """The JSON of a version, from the editor's rows."""
    sections = questionnaire.sections.prefetch_related("questions")
    return {
        "sections": [
            {"title": _texts(section, "title"), "questions": [_question(q) for q in section.questions.all()]}
            for section in sections
        ]
    }


def _texts(row: Any, name: str) -> dict[str, str]:
    return {lang: getattr(row, f"{name}_{lang}") for lang in ("kk", "ru", "en")}


def _question(question: Question) -> dict[str, Any]:
    return {
        "key": question.key,
        "kind": question.kind,
        "label": _texts(question, "label"),
        "help": _texts(question, "help"),
        "is_required": question.is_required,
        "limit": question.limit,
        "choices": question.choices,
    }


def refuse_incomplete(content: dict[str, Any]) -> None:
    """Kazakh and Russian are equal by law: neither may be missing; keys are unique; a choice has options."""
    questions = [q for section in content["sections"] for q in section["questions"]]
    for item in [*content["sections"], *questions]:
        text = item.get("label") or item.get("title")
        if not (text["kk"].strip() and text["ru"].strip()):
            raise Refused(_("Each section and question needs its Kazakh and its Russian text."), code="text_missing")
    keys = [q["key"] for q in questions]
    if len(keys) != len(set(keys)):
        raise Refused(_("Two questions have the same key. Give each its own."), code="key_twice")
    choosing = {QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE}
    if any(q["kind"] in choosing and not q["choices"] for q in questions):
        raise Refused(_("A question with choices needs at least one choice."), code="no_choices")
