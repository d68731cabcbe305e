"""Money that goes out and comes back: registers of payments, and the append-only ledger."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import BankAccount
from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from documents.models import Document
from grants import policy
from grants.models.award import Award
from grants.models.programme import ProgrammeYear
from grants.models.tranche import Tranche
from grants.statuses import BatchStatus, EntryKind

PATIENCE = timedelta(minutes=3)  # a worker that has not written a register for so long is dead


class PaymentBatchQuerySet(models.QuerySet["PaymentBatch"]):
    """Words about registers of payments."""

    def visible_to(self, user: Any) -> Self:
        """Who makes, checks and pays, and who audits that."""
        return self if policy.may_see_batches(user) else self.none()

    def unwritten(self) -> Self:
        """Checked; the files for the bank are not there yet."""
        return self.filter(status=BatchStatus.CHECKED, register_xlsx=None)

    def free(self) -> Self:
        """Unwritten, and in no living worker's hands."""
        return self.unwritten().filter(Q(claimed_at=None) | Q(claimed_at__lt=clock.now() - PATIENCE))

    def stuck(self) -> Self:
        """Claimed by a worker that has died over it."""
        return self.unwritten().filter(claimed_at__lt=clock.now() - PATIENCE)


class PaymentBatch(models.Model):
    """A register of payments: made by one person, checked by a second, sent to the bank by a third.

    `claimed_at`: a worker is writing its files; a claim that is too old is released by the sweep. `register` is what
    went to the bank, made once.
    """

    public_id = PublicIdField()
    programme_year = models.ForeignKey(
        ProgrammeYear, models.PROTECT, related_name="payment_batches", verbose_name=_("programme year")
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=BatchStatus.choices, default=BatchStatus.MADE)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    checked_at = models.DateTimeField(_("checked"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )
    sent_at = models.DateTimeField(_("sent to the bank"), null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    settled_at = models.DateTimeField(_("settled"), null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    # КНП, three digits that accounting knows; empty: accounting fills the column of the register.
    purpose_code = models.CharField(
        _("payment purpose code (KNP)"), max_length=3, blank=True, validators=[RegexValidator(r"^[0-9]{3}$")]
    )
    claimed_at = models.DateTimeField(null=True, editable=False)
    register_xlsx = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    register_csv = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    objects = PaymentBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("register of payments")
        verbose_name_plural = _("registers of payments")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None)
                | Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(checked_by=F("made_by")),
                name="batch_checked_by_another",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False, checked_by__isnull=False)
                & ~Q(sent_by=F("made_by"))
                & ~Q(sent_by=F("checked_by")),
                name="batch_sent_by_a_third",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Words about payments."""

    def visible_to(self, user: Any) -> Self:
        """With their registers."""
        return self if policy.may_see_batches(user) else self.none()

    def live(self) -> Self:
        """Neither failed nor cancelled."""
        return self.filter(failed_at=None, cancelled_at=None)

    def waiting(self) -> Self:
        """Live, and the bank has not said that it paid."""
        return self.live().filter(paid_at=None)


class Payment(models.Model):
    """One tranche in one register, to one account, as these stood then. Of a tranche at most one is live.

    `failed_at`: the bank did not pay it, or paid it and it came back (then `paid_at` stands too, and the ledger holds
    an entry and its reversal).
    """

    public_id = PublicIdField()
    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="payments")
    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="payments")
    bank_account = models.ForeignKey(BankAccount, models.PROTECT, related_name="+", verbose_name=_("bank account"))
    amount = MoneyField(_("amount"))
    currency = CurrencyField()
    paid_at = models.DateTimeField(_("entered as paid"), null=True)
    paid_on = models.DateField(_("paid on"), null=True)
    order_number = models.CharField(_("payment order"), max_length=40, blank=True)
    failed_at = models.DateTimeField(_("came back"), null=True)
    fail_reason = models.CharField(_("why it came back"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["batch", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tranche"], condition=Q(failed_at=None, cancelled_at=None), name="one_live_payment"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_is_positive"),
            models.CheckConstraint(
                condition=Q(paid_at=None, paid_on=None, order_number="")
                | Q(paid_at__isnull=False, paid_on__isnull=False) & ~Q(order_number=""),
                name="payment_paid_with_date_and_order",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(paid_at=None, failed_at=None), name="payment_has_one_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch} · {self.tranche}"


class LedgerEntryQuerySet(models.QuerySet["LedgerEntry"]):
    """Words about the ledger."""

    def visible_to(self, user: Any) -> Self:
        """With the award: own organisation's, and staff who follow contracts."""
        if policy.may_see_contracts(user):
            return self
        return self.filter(award__application__organisation__memberships__user=user)

    def standing(self) -> Self:
        """Neither a reversal nor reversed."""
        return self.exclude(kind=EntryKind.REVERSAL).filter(reversed_by=None)


class LedgerEntry(models.Model):
    """A row of the ledger of grant money; append-only. Amounts are positive, the kind says the direction.

    A mistake is a `reversal` of the same amount that names the entry, once. `value_on` is the bank's date, `reference`
    its order number.
    """

    award = models.ForeignKey(Award, models.PROTECT, related_name="ledger")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices)
    amount = MoneyField(_("amount"))
    currency = CurrencyField()
    value_on = models.DateField(_("date"))
    reference = models.CharField(_("payment order"), max_length=40, blank=True)
    payment = models.OneToOneField(Payment, models.PROTECT, null=True, related_name="entry")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    posted_at = models.DateTimeField(_("entered"), default=clock.now)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )

    objects = LedgerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("ledger")
        ordering = ["posted_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="ledger_entry_is_positive"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.PAID, payment__isnull=False, reverses=None)
                | Q(kind=EntryKind.RETURNED, payment=None, reverses=None)
                | Q(kind=EntryKind.REVERSAL, payment=None, reverses__isnull=False),
                name="ledger_entry_names_its_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
