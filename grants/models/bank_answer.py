"""What the bank answered to a register: the file as it came, read in once."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from documents.models import Document
from grants import policy
from grants.models.payment import PaymentBatch


class BankAnswerQuerySet(models.QuerySet["BankAnswer"]):
    """Words about the bank's answers."""

    def visible_to(self, user: Any) -> Self:
        """Who pays, and who audits that."""
        return self if policy.may_see_payments(user) else self.none()


class BankAnswer(models.Model):
    """A file with dates and order numbers, kept as the evidence of what it wrote; append-only.

    `paid` and `failed`: how many payments it settled; both are 0 where the same had been read in before.
    """

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="answers", verbose_name=_("register"))
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("file"))
    paid = models.PositiveIntegerField(_("paid"), default=0)
    failed = models.PositiveIntegerField(_("not paid"), default=0)
    read_at = models.DateTimeField(_("read in"), default=clock.now)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("read in by")
    )

    objects = BankAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of the bank")
        verbose_name_plural = _("answers of the bank")
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.batch} · {self.document}"
