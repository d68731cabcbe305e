"""Moving open answers to a newer version: answers stay under their keys, the version they came from is remembered."""

from django.db import transaction
from django.db.models import F, QuerySet

from questionnaires.models import AnswerSet, QuestionnaireVersion


@transaction.atomic
def move_answers(sets: QuerySet[AnswerSet], version: QuestionnaireVersion) -> int:
    """Moves those that stand on another version; returns how many. What changed is marked until it is saved."""
    return sets.exclude(version=version).update(previous_version=F("version"), version=version)
