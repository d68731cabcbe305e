"""The fund's one book: append-only, an error is corrected by a reversing row."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import Currency, CurrencyField, MoneyField
from funds.models.fund import Fund
from funds.models.project import Investment
from funds.statuses import EntryKind


class LedgerQuerySet(models.QuerySet["LedgerEntry"]):
    """Words about the book."""

    def standing(self) -> Self:
        """Rows that count: neither a reversal nor reversed."""
        return self.filter(reverses=None, reversed_by=None)

    def settled_disbursements(self, on: date) -> Self:
        """Money that really went to projects by a day."""
        return self.standing().filter(kind=EntryKind.DISBURSEMENT, value_on__lte=on)


class LedgerEntry(models.Model):
    """One movement of the fund's money. `amount` is negative out, positive in: the sign is fixed by the kind.

    A reversal repeats its row with the opposite sign, once. `posted_at` is the second clock (known at).
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="ledger", verbose_name=_("fund"))
    investment = models.ForeignKey(Investment, models.PROTECT, null=True, related_name="ledger")
    kind = models.CharField(_("kind"), max_length=20, choices=EntryKind.choices)
    amount = MoneyField(_("amount"))
    currency = CurrencyField(default=Currency.USD)
    value_on = models.DateField(_("value date"))
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    posted_at = models.DateTimeField(_("posted"), default=clock.now)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("posted by")
    )

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger row")
        verbose_name_plural = _("ledger")
        ordering = ["-value_on", "-pk"]
        indexes = [models.Index(fields=["fund", "kind", "value_on"], name="ledger_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses=None, kind=EntryKind.DISBURSEMENT, amount__lt=0)
                | Q(reverses=None, kind=EntryKind.PROCEEDS, amount__gt=0)
                | Q(reverses__isnull=False, kind=EntryKind.DISBURSEMENT, amount__gt=0)
                | Q(reverses__isnull=False, kind=EntryKind.PROCEEDS, amount__lt=0),
                name="ledger_sign_follows_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.value_on}"
