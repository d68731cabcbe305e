"""An award: a released decision with money."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from grants import policy
from grants.models.application import Application
from grants.models.decision import Decision
from grants.statuses import AwardStatus


class AwardQuerySet(models.QuerySet["Award"]):
    """Words about awards."""

    def visible_to(self, user: Any) -> Self:
        """Own organisation's; all for staff who follow the money."""
        if policy.may_see_awards(user):
            return self
        return self.filter(application__organisation__memberships__user=user)

    def counting(self) -> Self:
        """Projects that count towards the year's target: neither lapsed, nor refused, nor terminated."""
        return self.exclude(status__in=[AwardStatus.LAPSED, AwardStatus.REFUSED, AwardStatus.TERMINATED])


class Award(models.Model):
    """Made when decisions are released; recipient, project, sum and date are public, as the call says."""

    public_id = PublicIdField()
    application = models.OneToOneField(Application, models.PROTECT, related_name="award")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="award")
    amount = MoneyField(_("amount"))
    currency = CurrencyField()
    status = models.CharField(_("status"), max_length=12, choices=AwardStatus.choices, default=AwardStatus.OFFERED)
    offered_at = models.DateTimeField(_("awarded"), default=clock.now)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-offered_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="award_is_positive")]

    def __str__(self) -> str:
        return str(self.application)
