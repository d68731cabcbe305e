"""What an award pays for, by versions: the plan of the contract, and each amendment of it."""

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from grants import policy
from grants.models.award import Award
from grants.models.plan import BudgetCategory
from grants.statuses import PlanKind


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    """Words about versions of a plan."""

    def visible_to(self, user: Any) -> Self:
        """With the award: own organisation's, and staff who follow contracts."""
        if policy.may_see_contracts(user):
            return self
        return self.filter(award__application__organisation__memberships__user=user)

    def agreed(self) -> Self:
        """Those that hold or held."""
        return self.filter(agreed_at__isnull=False)

    def open(self) -> Self:
        """Being written or with the officer."""
        return self.filter(agreed_at=None, dropped_at=None)


class PlanVersion(models.Model):
    """Budget and milestones of an award as of one agreement. The newest agreed one holds; agreed rows never change.

    Written by the grantee (`made_by`), sent to the officer (`sent_at`), agreed or returned with words (`returned_kk`,
    `returned_ru`, then written on). An amendment that the rules let pass alone is agreed by nobody (`agreed_by` NULL,
    `by_rule`). `dropped_at`: given up. At most one version of an award is open.
    """

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("kind"), max_length=10, choices=PlanKind.choices, default=PlanKind.FIRST)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    sent_at = models.DateTimeField(_("sent to the officer"), null=True)
    returned_kk = models.TextField(_("what to change, in Kazakh"), blank=True)
    returned_ru = models.TextField(_("what to change, in Russian"), blank=True)
    by_rule = models.BooleanField(_("agreed by rule"), default=False)
    agreed_at = models.DateTimeField(_("agreed"), null=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("agreed by")
    )
    dropped_at = models.DateTimeField(_("given up"), null=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan of an award")
        verbose_name_plural = _("plans of awards")
        ordering = ["award", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["award", "number"], name="one_plan_per_number"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(agreed_at=None, dropped_at=None), name="one_open_plan"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None, by_rule=False)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False, by_rule=False)
                | Q(agreed_at__isnull=False, agreed_by=None, by_rule=True),
                name="plan_agreed_at_and_by",
            ),
            models.CheckConstraint(condition=Q(agreed_at=None) | Q(dropped_at=None), name="plan_agreed_or_dropped"),
        ]

    def __str__(self) -> str:
        return f"{self.award} · {self.number}"


class AwardLine(models.Model):
    """A line of an award's budget through all its versions: receipts name it, amounts stand in `PlanLine`."""

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.PROTECT, related_name="lines")
    category = models.ForeignKey(
        BudgetCategory, models.PROTECT, null=True, related_name="+", verbose_name=_("category")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("line of an award")
        verbose_name_plural = _("lines of awards")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.public_id


class PlanLine(models.Model):
    """What one line pays for in one version: from the grant, and own money. Sums of the grant equal the award."""

    plan = models.ForeignKey(PlanVersion, models.CASCADE, related_name="lines")
    line = models.ForeignKey(AwardLine, models.PROTECT, related_name="versions")
    item = models.CharField(_("what is paid for"), max_length=200)
    grant_amount = MoneyField(_("from the grant"))
    own_amount = MoneyField(_("own money"), default=Decimal(0))
    currency = CurrencyField()
    supplier_identifier = models.CharField(_("supplier's BIN or IIN"), max_length=12, blank=True, db_index=True)

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of a plan")
        ordering = ["line__position", "line_id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "line"], name="one_line_per_plan"),
            models.CheckConstraint(condition=Q(grant_amount__gte=0, own_amount__gte=0), name="plan_line_not_negative"),
        ]

    def __str__(self) -> str:
        return self.item


class AwardMilestone(models.Model):
    """A step of the work through all versions: its result is told once, in a report."""

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("milestone of an award")
        verbose_name_plural = _("milestones of awards")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.public_id


class PlanMilestone(models.Model):
    """What one step promises in one version."""

    plan = models.ForeignKey(PlanVersion, models.CASCADE, related_name="milestones")
    milestone = models.ForeignKey(AwardMilestone, models.PROTECT, related_name="versions")
    title = models.CharField(_("what is done"), max_length=200)
    due_on = models.DateField(_("by"))
    proof = models.CharField(_("what proves it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("milestone of a plan")
        verbose_name_plural = _("milestones of a plan")
        ordering = ["milestone__position", "milestone_id"]
        constraints = [models.UniqueConstraint(fields=["plan", "milestone"], name="one_milestone_per_plan")]

    def __str__(self) -> str:
        return self.title
