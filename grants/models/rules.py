"""What a call asks and how it scores: the editor's rows, and the frozen rules made from them."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.frozen import FrozenJSONField
from core.text import Localized
from grants.models.call import Call
from grants.statuses import RequirementStage
from questionnaires.statuses import Tier

KEY = RegexValidator(r"^[a-z][a-z0-9_]*$", _("Small Latin letters, digits and underscores."))
TOP_SCORE = 5


class Criterion(models.Model):
    """A criterion with its weight; `levels` describes each score: {"0": {"kk", "ru", "en"}, ... "5": {...}}."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.CharField(_("key"), max_length=40, validators=[KEY])
    weight = models.PositiveSmallIntegerField(
        _("weight, percent"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    levels = models.JSONField(_("text for each score, 0 to 5"), default=dict, blank=True)
    title = Localized()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="one_criterion_per_key"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=100), name="criterion_weight_is_percent"),
        ]

    def __str__(self) -> str:
        return self.title


class DocumentRequirementQuerySet(models.QuerySet["DocumentRequirement"]):
    """Words about required documents."""

    def before_decision(self) -> Self:
        """What experts read: papers of the organisation are asked of winners, after the decision."""
        return self.filter(stage=RequirementStage.APPLICATION)

    def within(self, tier: str) -> Self:
        """What is asked at this size tier: less for less money."""
        return self.filter(from_tier__in=Tier.values[: Tier.values.index(tier) + 1])


class DocumentRequirement(models.Model):
    """A document that the call asks for: of every applicant from a size tier upwards, or of winners only."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.CharField(_("key"), max_length=40, validators=[KEY])
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    from_tier = models.CharField(_("asked from"), max_length=1, choices=Tier.choices, default=Tier.S)
    stage = models.CharField(
        _("asked of"), max_length=12, choices=RequirementStage.choices, default=RequirementStage.APPLICATION
    )
    valid_days = models.PositiveSmallIntegerField(_("valid for days after it was issued"), null=True, blank=True)
    title = Localized()

    objects = DocumentRequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("required document")
        verbose_name_plural = _("required documents")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_requirement_per_key")]

    def __str__(self) -> str:
        return self.title


class CallRules(models.Model):
    """The frozen rules of a call (append-only): canonical JSON and its SHA-256.

    `content` names criteria with weights and levels, documents, limits, pass mark, number of experts, the
    questionnaire's hash. Publishing makes number 1; a later change is a new row with a public reason.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="rules_versions", verbose_name=_("call"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = FrozenJSONField()
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    reason_kk = models.TextField(_("public reason of the change, in Kazakh"), blank=True)
    reason_ru = models.TextField(_("public reason of the change, in Russian"), blank=True)
    made_at = models.DateTimeField(default=clock.now)
    reason = Localized(_("Reason"))

    class Meta:
        verbose_name = _("frozen rules")
        verbose_name_plural = _("frozen rules")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="one_rules_version")]

    def __str__(self) -> str:
        return f"{self.number} · {self.sha256[:12]}"
