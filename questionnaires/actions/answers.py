"""Saving answers: one conditional update per field."""

from typing import Any

from django.db import transaction
from django.db.models import F

from core import clock
from questionnaires.models import Answer, AnswerSet


@transaction.atomic
def save_answers(answer_set: AnswerSet, values: dict[str, Any]) -> list[str]:
    """Stores what changed and returns the keys that did; unchanged answers keep their revision."""
    kept = answer_set.values()
    changed = [key for key, value in values.items() if key not in kept or kept[key] != value]
    for key in changed:
        if key in kept:
            Answer.objects.filter(set=answer_set, key=key).update(
                value=values[key], rev=F("rev") + 1, saved_at=clock.now()
            )
    if answer_set.previous_version_id:  # read again and saved as it was: no longer marked as changed by a fix
        same = [key for key in values if key in kept and key not in changed]
        Answer.objects.filter(set=answer_set, key__in=same).update(saved_at=clock.now())
    Answer.objects.bulk_create(
        [Answer(set=answer_set, key=key, value=values[key]) for key in changed if key not in kept]
    )
    return changed
