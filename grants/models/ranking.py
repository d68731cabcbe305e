"""Rankings that were frozen, and what staff asked «what if» about."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from grants import policy
from grants.models.call import Call
from grants.models.rules import CallRules


class RankingRunQuerySet(models.QuerySet["RankingRun"]):
    """Words about frozen rankings."""

    def visible_to(self, user: Any) -> Self:
        """All for those who read scores of others; nobody else sees one."""
        return self if policy.may_see_ranking(user) else self.none()


class RankingRun(models.Model):
    """A ranking as it stood (append-only): the rules it used, its frozen inputs, what came of them, each with its hash.

    `content` follows from `inputs` alone (grants.formulas.ranking_run): whoever has them can make it again.
    Applications stand in both by number, experts by public id: no names.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, models.PROTECT, related_name="ranking_runs", verbose_name=_("call"))
    rules = models.ForeignKey(CallRules, models.PROTECT, related_name="+", verbose_name=_("frozen rules"))
    number = models.PositiveSmallIntegerField(_("run"))
    inputs = models.JSONField(_("inputs"))
    inputs_sha256 = models.CharField(_("SHA-256 of the inputs"), max_length=64)
    content = models.JSONField(_("ranking"))
    sha256 = models.CharField(_("SHA-256 of the ranking"), max_length=64)
    made_at = models.DateTimeField(_("frozen"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("frozen by"))

    objects = RankingRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen ranking")
        verbose_name_plural = _("frozen rankings")
        ordering = ["-made_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_ranking_run_per_number")]

    def __str__(self) -> str:
        return f"{self.number} · {self.sha256[:12]}"


class WhatIf(models.Model):
    """Another budget, mark, part or floor, kept under a name and compared on the ranking as it stands.

    `floors` is sector code -> amount as text. It decides nothing: the funding line follows the frozen rules alone.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, models.CASCADE, related_name="what_ifs")
    name = models.CharField(_("name"), max_length=80)
    money = MoneyField(_("money"))
    currency = CurrencyField()
    pass_mark = models.PositiveSmallIntegerField(_("pass mark"))
    partial_percent = models.PositiveSmallIntegerField(
        _("smallest part of what was asked, percent"), null=True, blank=True
    )
    floors = models.JSONField(_("floors of sectors"), default=dict)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("what-if")
        verbose_name_plural = _("what-ifs")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "name"], name="one_what_if_per_name"),
            models.CheckConstraint(
                condition=Q(money__gte=0, pass_mark__lte=100)
                & (Q(partial_percent=None) | Q(partial_percent__gte=1, partial_percent__lte=100)),
                name="what_if_is_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name
