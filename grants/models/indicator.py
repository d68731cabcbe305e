"""What a grant is to change: indicators of a call, with baseline and promise of each award."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.text import Localized
from grants.models.award import Award
from grants.models.call import Call
from grants.models.rules import KEY
from grants.statuses import IndicatorUnit


class Indicator(models.Model):
    """An indicator that a call's grantees report: jobs opened and kept, revenue, taxes, export, new products."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="indicators")
    key = models.CharField(_("key"), max_length=40, validators=[KEY])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    unit = models.CharField(_("unit"), max_length=8, choices=IndicatorUnit.choices, default=IndicatorUnit.COUNT)
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title = Localized()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_indicator_per_key")]

    def __str__(self) -> str:
        return self.title


class AwardIndicator(models.Model):
    """One indicator of one award: where it stood at the award, and what the contract promises.

    Whole numbers, or tenge without tiyn. Frozen with the plan of the contract (a trigger holds it).
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="indicators")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("indicator"))
    baseline = models.DecimalField(_("at the award"), max_digits=14, decimal_places=0, default=Decimal(0))
    promised = models.DecimalField(_("promised"), max_digits=14, decimal_places=0, default=Decimal(0))
    frozen_at = models.DateTimeField(_("frozen"), null=True)

    class Meta:
        verbose_name = _("indicator of an award")
        verbose_name_plural = _("indicators of awards")
        ordering = ["indicator__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["award", "indicator"], name="one_indicator_per_award"),
            models.CheckConstraint(condition=Q(baseline__gte=0, promised__gte=0), name="award_indicator_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.indicator)
