"""How long what is kept: a rule per record type, holds that stop erasing, and the log of what was erased."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.statuses import RecordType
from core import clock
from core.text import Localized


class RetentionRule(models.Model):
    """Years that a record type is kept after its last event, and the law or decision that says so."""

    record_type = models.CharField(_("record type"), max_length=30, choices=RecordType.choices, unique=True)
    years = models.PositiveSmallIntegerField(_("years"), help_text=_("0: kept without end."))
    basis_kk = models.CharField(_("basis in Kazakh"), max_length=300)
    basis_ru = models.CharField(_("basis in Russian"), max_length=300)
    basis_en = models.CharField(_("basis in English"), max_length=300, blank=True)
    basis = Localized(_("Basis"))

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["record_type"]

    def __str__(self) -> str:
        return self.get_record_type_display()


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Words about holds."""

    def live(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_at=None)


class LegalHold(models.Model):
    """While it lives, nothing about this person or record is erased (a court case, an audit)."""

    about = models.CharField(_("public id of a person or a record"), max_length=40, db_index=True)
    reason = models.TextField(_("reason"))
    set_at = models.DateTimeField(_("set"), default=clock.now)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("set by"))
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lifted by")
    )

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="hold_lifted_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.about


class Erasure(models.Model):
    """What was erased when, on whose request (append-only): ids and counts, no personal value."""

    about = models.CharField(_("public id"), max_length=40, db_index=True)
    erased = models.JSONField(_("erased"), default=dict)
    kept = models.JSONField(_("kept"), default=dict)
    at = models.DateTimeField(_("when"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at", "-pk"]
