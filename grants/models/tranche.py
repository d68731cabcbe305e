"""How an award is paid: schemes of a call, tranches of an award, what holds the money back."""

from typing import Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from core.text import Localized
from grants import policy
from grants.models.award import Award
from grants.models.call import Call
from grants.statuses import HoldKind, TrancheStatus

SHARES = RegexValidator(r"^[1-9][0-9]?(/[1-9][0-9]?)*$|^100$", _("Write percents, like 50/40/10."))


class TrancheScheme(models.Model):
    """In which parts awards of a size are paid; the scheme of an award is the first whose `up_to` holds its amount.

    `shares`: percents that sum to 100, in their order, like «50/40/10».
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="tranche_schemes")
    up_to = MoneyField(_("up to"), null=True, blank=True)
    currency = CurrencyField(verbose_name=_("currency"))
    shares = models.CharField(_("percents"), max_length=40, validators=[SHARES])

    class Meta:
        verbose_name = _("tranche scheme")
        verbose_name_plural = _("tranche schemes")
        ordering = ["call", models.F("up_to").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["call", "up_to"], name="one_scheme_per_size"),
            models.UniqueConstraint(fields=["call"], condition=Q(up_to=None), name="one_scheme_without_bound"),
        ]

    def __str__(self) -> str:
        return self.shares

    @property
    def percents(self) -> list[int]:
        """«50/40/10» as numbers."""
        return [int(part) for part in self.shares.split("/")]


class TrancheQuerySet(models.QuerySet["Tranche"]):
    """Words about tranches."""

    def visible_to(self, user: Any) -> Self:
        """With the award: own organisation's, and staff who follow contracts."""
        if policy.may_see_contracts(user):
            return self
        return self.filter(award__application__organisation__memberships__user=user)

    def planned(self) -> Self:
        """Waiting for their conditions."""
        return self.filter(status=TrancheStatus.PLANNED)


class Tranche(models.Model):
    """A part of an award's money. The parts of an award that are not cancelled sum to it; its conditions are computed,
    never typed (grants/queries/tranches.py), and written down when it is approved (`conditions`)."""

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField(_("number"))
    percent = models.PositiveSmallIntegerField(_("percent"))
    amount = MoneyField(_("amount"))
    currency = CurrencyField()
    status = models.CharField(_("status"), max_length=10, choices=TrancheStatus.choices, default=TrancheStatus.PLANNED)
    conditions = models.JSONField(default=dict)
    approved_at = models.DateTimeField(_("approved"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )

    objects = TrancheQuerySet.as_manager()

    class Meta:
        verbose_name = _("tranche")
        verbose_name_plural = _("tranches")
        ordering = ["award", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "number"], condition=~Q(status=TrancheStatus.CANCELLED), name="one_tranche_per_number"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_is_positive"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="tranche_approved_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} · {self.number}"


class TaxCheckQuerySet(models.QuerySet["TaxCheck"]):
    """Words about tax checks."""

    def visible_to(self, user: Any) -> Self:
        """With the award: own organisation's, and staff who follow contracts."""
        if policy.may_see_contracts(user):
            return self
        return self.filter(award__application__organisation__memberships__user=user)


class TaxCheck(models.Model):
    """What a statement of the tax authority says of the grantee on a day; append-only, the newest one counts."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="tax_checks")
    is_clear = models.BooleanField(_("no tax debt"))
    checked_on = models.DateField(_("day of the statement"))
    evidence = models.CharField(_("number of the statement"), max_length=200)
    noted_at = models.DateTimeField(_("entered"), default=clock.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )

    objects = TaxCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("tax check")
        verbose_name_plural = _("tax checks")
        ordering = ["-checked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.award} · {self.checked_on:%d.%m.%Y}"


class HoldQuerySet(models.QuerySet["Hold"]):
    """Words about holds."""

    def visible_to(self, user: Any) -> Self:
        """With the award: own organisation's, and staff who follow contracts."""
        if policy.may_see_contracts(user):
            return self
        return self.filter(award__application__organisation__memberships__user=user)

    def in_force(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_at=None)


class Hold(models.Model):
    """The next tranche is not paid and the organisation sends no new application until it is lifted.

    Placed by a person or by the clock (an overdue report: no name). A person's hold is lifted by two
    (accounts.Approval), the clock's own goes when its reason has gone.
    """

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.PROTECT, related_name="holds")
    kind = models.CharField(_("kind"), max_length=10, choices=HoldKind.choices)
    reason_kk = models.TextField(_("reason in Kazakh"), max_length=1000)
    reason_ru = models.TextField(_("reason in Russian"), max_length=1000)
    placed_at = models.DateTimeField(_("placed"), default=clock.now)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("placed by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lifted by")
    )
    lift_reason = models.TextField(_("why it was lifted"), max_length=1000, blank=True)
    reason = Localized(_("Reason"))

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-placed_at", "-pk"]
        indexes = [models.Index(fields=["award"], condition=Q(lifted_at=None), name="hold_in_force")]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "kind"], condition=Q(lifted_at=None), name="one_hold_of_a_kind_in_force"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=False) | Q(lifted_by=None), name="award_hold_lifted_at_and_by"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.award}"
