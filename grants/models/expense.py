"""Receipts that a grantee sends in through the year."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from documents.models import Document
from grants import policy
from grants.models.award import Award
from grants.models.award_plan import AwardLine
from grants.statuses import ExpenseSource, ProofKind


class ExpenseQuerySet(models.QuerySet["Expense"]):
    """Words about receipts."""

    def visible_to(self, user: Any) -> Self:
        """Own organisation's, and staff who accept reports, pay and audit."""
        if policy.may_see_expenses(user):
            return self
        return self.filter(award__application__organisation__memberships__user=user)

    def live(self) -> Self:
        """Not taken back."""
        return self.filter(withdrawn_at=None)

    def confirmed(self) -> Self:
        """The grantee has said what it is: these count as spent."""
        return self.live().filter(confirmed_at__isnull=False)


class Expense(models.Model):
    """One receipt. It lands in the inbox as it comes (`source`), with what its link proposes; the person types the rest
    and confirms: only then it counts, and only in tenge. The same one twice, in any grant, is flagged by its marks.
    """

    public_id = PublicIdField()
    award = models.ForeignKey(Award, models.PROTECT, related_name="expenses")
    line = models.ForeignKey(AwardLine, models.PROTECT, null=True, related_name="expenses", verbose_name=_("line"))
    source = models.CharField(_("came as"), max_length=8, choices=ExpenseSource.choices)
    proof = models.CharField(_("what proves it"), max_length=8, choices=ProofKind.choices, default=ProofKind.FISCAL)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("file"))
    link = models.CharField(_("link of the receipt"), max_length=500, blank=True)
    spent_on = models.DateField(_("date"), null=True)
    amount = MoneyField(_("amount"), null=True)
    currency = CurrencyField()
    seller = models.CharField(_("seller"), max_length=200, blank=True)
    seller_identifier = models.CharField(_("seller's BIN or IIN"), max_length=12, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    note = models.CharField(_("what was bought"), max_length=300, blank=True)
    is_repeated = models.BooleanField(_("seen before"), default=False)
    added_at = models.DateTimeField(_("added"), default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    withdrawn_at = models.DateTimeField(_("taken back"), null=True)

    objects = ExpenseQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    line__isnull=False,
                    spent_on__isnull=False,
                    amount__gt=0,
                ),
                name="expense_confirmed_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.note or self.seller or self.public_id


class ExpenseMark(models.Model):
    """What makes a receipt known again: the keyed hash of its link, of its file, or of seller, number and day."""

    expense = models.ForeignKey(Expense, models.CASCADE, related_name="marks")
    fingerprint = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("mark of a receipt")
        verbose_name_plural = _("marks of receipts")
        constraints = [models.UniqueConstraint(fields=["expense", "fingerprint"], name="one_mark_per_receipt")]

    def __str__(self) -> str:
        return self.fingerprint[:12]
