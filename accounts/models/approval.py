"""A second person's yes: what one proposes, another one of a named role confirms."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.statuses import ApprovalKind
from core import clock
from core.public_id import PublicIdField


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Words about approvals."""

    def waiting(self) -> Self:
        """Neither confirmed nor turned down."""
        return self.filter(confirmed_at=None, turned_down_at=None)

    def confirmed(self) -> Self:
        """Those that two people agreed on."""
        return self.filter(confirmed_at__isnull=False)

    def about(self, row: models.Model, kind: str) -> Self:
        """Those of one kind about one row."""
        return self.filter(kind=kind, object_type=row._meta.label_lower, object_id=row.pk)


class Approval(models.Model):
    """One person proposes a step that two must make (publishing, releasing, cancelling, a single extension, lifting a
    hold), with what was proposed and why; another one confirms it or turns it down. A CHECK holds them apart.

    `payload` is what will be done, as plain values (ids, dates, hashes: nothing personal); the action that confirms
    does exactly that.
    """

    public_id = PublicIdField()
    kind = models.CharField(_("step"), max_length=20, choices=ApprovalKind.choices)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    payload = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    turned_down_at = models.DateTimeField(_("turned down"), null=True)
    turned_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("turned down by")
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("second person")
        verbose_name_plural = _("second persons")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_type", "object_id"],
                condition=Q(confirmed_at=None, turned_down_at=None),
                name="one_waiting_approval",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by")),
                name="approval_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(turned_down_at=None, turned_down_by=None)
                | Q(turned_down_at__isnull=False, turned_down_by__isnull=False, confirmed_at=None),
                name="approval_turned_down_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
