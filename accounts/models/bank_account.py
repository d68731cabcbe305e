"""Where an organisation is paid."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models.organisation import Membership, Organisation
from core import clock
from core.public_id import PublicIdField


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    """Words about bank accounts."""

    def visible_to(self, user: Any) -> Self:
        """To members of the organisation, and to finance, who pay; to nobody else."""
        if policy.may_read_bank_accounts(user):
            return self.all()
        return self.filter(organisation__in=Membership.objects.filter(user_id=user.pk).values("organisation"))

    def open(self) -> Self:
        """Money may go there."""
        return self.filter(closed_at=None)


class BankAccount(models.Model):
    """An account in Kazakhstan to which the organisation wants its grant; at most one is open.

    Never changed: another number is another row and the old one is closed (a trigger holds it), so that a payment
    names for ever where it went. `is_holder_confirmed`: the owner says that the account is the organisation's own.
    """

    public_id = PublicIdField()
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="bank_accounts", verbose_name=_("organisation")
    )
    iban = models.CharField(_("account number (IBAN)"), max_length=20)
    bic = models.CharField(_("BIC"), max_length=8)
    bank_name = models.CharField(_("bank"), max_length=120)
    is_holder_confirmed = models.BooleanField(_("the owner says it is the organisation's own"), default=False)
    added_at = models.DateTimeField(_("added"), default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    # Finance has compared it with the bank's certificate.
    checked_at = models.DateTimeField(_("checked"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("checked by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=Q(closed_at=None), name="one_open_bank_account"),
            models.CheckConstraint(condition=Q(is_holder_confirmed=True), name="bank_account_of_its_holder"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="bank_account_closed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, checked_by=None) | Q(checked_at__isnull=False, checked_by__isnull=False),
                name="bank_account_checked_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_name} · •••• {self.iban[-4:]}"
