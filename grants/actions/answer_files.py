"""Files that answer a question of an application: adding one, taking it off."""

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import Refused
from documents.actions.pieces import refuse_haste
from documents.actions.store import atomic_with_files, store_upload
from grants.actions.applications import open_for_editing
from grants.models import Application
from grants.queries.asked import questions_asked
from questionnaires.actions.files import add_answer_file
from questionnaires.formulas.limits import largest
from questionnaires.models import AnswerFile
from questionnaires.statuses import QuestionKind


@atomic_with_files()
def attach_answer_files(application: Application, key: str, uploads: Sequence[File], *, by: Any) -> list[AnswerFile]:
    """Checks and stores files as the answer to a question.

    Raises Refused for a bad file, for a question that is not asked for a file now, and where it holds enough already.
    What is refused leaves neither a row nor a file behind.
    """
    application = open_for_editing(application, {f"q_{key}"}, by)
    refuse_unwanted(application, key, len(uploads))
    refuse_haste(by)
    rows = [add_answer_file(application.answer_set, key, store_upload(upload, by=by)) for upload in uploads]
    for row in rows:
        record("application.attach", application, by=by, data={"sha256": row.document.sha256, "for": f"q_{key}"})
    return rows


def refuse_unwanted(application: Application, key: str, count: int) -> None:
    """Raises Refused where the question has no room for so many files, or asks for none now."""
    found = questions_asked(application)
    question = found.questions.get(key)
    if question is None or question["kind"] != QuestionKind.FILE:
        raise Refused(_("This question does not ask for a file now. Reload the page."), code="not_asked")
    most = largest(question) or 1
    if len(found.answers.get(key) or ()) + count > most:
        sentence = _("Here at most %(most)s files have their place. Remove one first. Nothing was lost.")
        raise Refused(sentence % {"most": most}, code="too_many_files")


@transaction.atomic
def remove_answer_file(application: Application, row: AnswerFile, *, by: Any) -> None:
    """Takes a file off its question; the stored file stays for snapshots that name it."""
    application = open_for_editing(application, {f"q_{row.key}"}, by)
    record("application.remove", application, by=by, data={"sha256": row.document.sha256, "for": f"q_{row.key}"})
    row.delete()
