"""What run time reads: one canonical JSON per published version."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.frozen import FrozenJSONField
from questionnaires.models.desk import Questionnaire


class QuestionnaireVersion(models.Model):
    """An immutable version (append-only): `content` is {"sections": [{"title", "questions": [...]}],

    "rules": [...]}. Texts inside are {"kk", "ru", "en"}; a question has key, kind, label, help, is_required, from_tier,
    minimum, limit, choices, shown_if, columns, formula (formulas/shape.py fills in what older versions lack).
    """

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = FrozenJSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("published"), default=clock.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} · {self.number}"
