"""Calibration: the same few samples for every expert of a call, scored before the live applications open."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.public_id import PublicIdField
from core.text import Localized
from grants.models.call import Call
from grants.models.expert import Expert
from grants.models.rules import TOP_SCORE, Criterion


class CalibrationSampleQuerySet(models.QuerySet["CalibrationSample"]):
    """Words about samples."""

    def unscored_by(self, user: Any) -> Self:
        """Those that this person has not scored yet."""
        scored = CalibrationScore.objects.filter(sample=models.OuterRef("pk"), expert__user=user)
        return self.filter(~models.Exists(scored))


class CalibrationSample(models.Model):
    """An invented or old application, without its applicant, that every expert of a call scores first.

    Three for a call (grants/admin/calibration.py). Once somebody has scored it, it never changes (a trigger).
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, models.CASCADE, related_name="samples", verbose_name=_("call"))
    position = models.PositiveSmallIntegerField(_("position"), default=1, choices=[(n, n) for n in (1, 2, 3)])
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    text_kk = models.TextField(_("application in Kazakh"), max_length=8000)
    text_ru = models.TextField(_("application in Russian"), max_length=8000)
    text_en = models.TextField(_("application in English"), max_length=8000, blank=True)
    title = Localized(_("Title"))
    text = Localized()

    objects = CalibrationSampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("calibration sample")
        verbose_name_plural = _("calibration samples")
        ordering = ["call", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "position"], name="one_sample_per_position"),
            models.CheckConstraint(condition=models.Q(position__gte=1, position__lte=3), name="three_samples_at_most"),
        ]

    def __str__(self) -> str:
        return self.title


class CalibrationScore(models.Model):
    """One expert's score, 0 to 5, of one sample for one criterion (append-only, once): it counts for no application."""

    sample = models.ForeignKey(CalibrationSample, models.PROTECT, related_name="scores")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="calibration_scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("score"))
    entered_at = models.DateTimeField(_("entered"), default=clock.now)

    class Meta:
        verbose_name = _("calibration score")
        verbose_name_plural = _("calibration scores")
        constraints = [
            models.UniqueConstraint(fields=["sample", "expert", "criterion"], name="one_calibration_score"),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=TOP_SCORE), name="calibration_score_0_to_5"
            ),
        ]
