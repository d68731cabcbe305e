"""Answers to one version, a row per question with its own revision."""

from typing import Any

from django.db import models

from core import clock
from core.public_id import PublicIdField
from documents.models import Document
from questionnaires.models.version import QuestionnaireVersion


class AnswerSet(models.Model):
    """All answers of one owner (an application, later a pitch or a report) to one version."""

    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+")
    # The version an open draft was moved from: questions that changed since are marked until they are saved again.
    previous_version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, null=True, related_name="+")

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


class AnswerFile(models.Model):
    """A file given as the answer to a question of kind `file`; the owner's view checks and serves it."""

    public_id = PublicIdField()
    set = models.ForeignKey(AnswerSet, models.CASCADE, related_name="files")
    key = models.CharField(max_length=40)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["set", "key"], name="answer_file_of_question")]
