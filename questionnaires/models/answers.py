"""Answers to one version, a row per question with its own revision."""

from typing import Any

from django.db import models

from core import clock
from questionnaires.models.version import QuestionnaireVersion


class AnswerSet(models.Model):
    """All answers of one owner (an application, later a pitch or a report) to one version."""

    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+")

    def values(self) -> dict[str, Any]:
        """key -> value, one query."""
        return dict(self.answers.values_list("key", "value"))


class Answer(models.Model):
    """One answer; `rev` grows with each save, so that two devices on one field are noticed."""

    set = models.ForeignKey(AnswerSet, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=40)
    value = models.JSONField(null=True)
    rev = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["set", "key"], name="one_answer_per_question")]
