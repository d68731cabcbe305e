"""Files as answers: hanging stored documents on a question, taking them off. The owner's action checks who may."""

from collections.abc import Sequence

from django.db import transaction

from documents.models import Document
from questionnaires.models import AnswerFile, AnswerSet


@transaction.atomic
def add_answer_file(answer_set: AnswerSet, key: str, document: Document) -> AnswerFile:
    """Hangs a stored document on a question."""
    return AnswerFile.objects.create(set=answer_set, key=key, document=document)


@transaction.atomic
def put_back_files(answer_set: AnswerSet, key: str, document_ids: Sequence[int]) -> None:
    """Makes these documents the answer again; what was added since is taken off, its stored file stays."""
    rows = AnswerFile.objects.filter(set=answer_set, key=key)
    rows.exclude(document_id__in=document_ids).delete()
    kept = set(rows.values_list("document_id", flat=True))
    AnswerFile.objects.bulk_create(
        [AnswerFile(set=answer_set, key=key, document_id=pk) for pk in document_ids if pk not in kept]
    )
