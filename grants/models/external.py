"""Checks that somebody outside makes: one list of IIN and BIN goes out, comes back with answers and evidence."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.public_id import PublicIdField
from documents.models import Document
from grants import policy
from grants.models.call import Call
from grants.statuses import CheckKind


class ExternalCheckRoundQuerySet(models.QuerySet["ExternalCheckRound"]):
    """Words about rounds."""

    def visible_to(self, user: Any) -> Self:
        """Who screens, and who audits that; the files hold IIN and are for those who screen."""
        return self if policy.may_see_external_checks(user) else self.none()


class ExternalCheckRound(models.Model):
    """One list with its number: what went out, what came back, what was written down. Never changed once imported.

    `answer` is what came back; before it is imported another file may take its place.
    """

    public_id = PublicIdField()
    number = models.PositiveIntegerField(_("round"), unique=True)
    call = models.ForeignKey(Call, models.PROTECT, related_name="check_rounds", verbose_name=_("call"))
    kind = models.CharField(_("check"), max_length=20, choices=CheckKind.choices)
    sent = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("list that went out"))
    rows = models.PositiveIntegerField(_("applications in it"))
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    answer = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", verbose_name=_("list that came back")
    )
    source = models.CharField(_("who answered"), max_length=150, blank=True)
    answered_on = models.DateField(_("day of the answer"), null=True)
    imported_at = models.DateTimeField(_("imported"), null=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("imported")
    )
    written = models.PositiveIntegerField(_("checks written"), default=0)

    objects = ExternalCheckRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round of outside checks")
        verbose_name_plural = _("rounds of outside checks")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(imported_at=None, imported_by=None)
                | Q(imported_at__isnull=False, imported_by__isnull=False, answer__isnull=False),
                name="round_imported_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(answered_on__isnull=False) & ~Q(source=""), name="round_answer_has_source"
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"
