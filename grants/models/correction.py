"""A correction: a submitted application with named fields open again."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.public_id import PublicIdField
from core.text import Localized
from grants.models.application import Application


class Correction(models.Model):
    """The officer names fields and a reason; only these may be edited until `due_at`.

    Answered, it goes back to the officer with what changed marked (`before` keeps the old values); unanswered, the
    clock closes it and the application goes back as it was: the clock refuses nobody. At most one is open.
    """

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.PROTECT, related_name="corrections")
    fields = models.JSONField(_("fields"), default=list)
    reason_kk = models.TextField(_("reason in Kazakh"))
    reason_ru = models.TextField(_("reason in Russian"))
    before = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    opened_at = models.DateTimeField(_("opened"), default=clock.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(_("due"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    expired_at = models.DateTimeField(_("not answered in time"), null=True)
    reason = Localized()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at=None, expired_at=None),
                name="one_open_correction",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="correction_answered_at_and_by",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("opened_at")), name="correction_due_after_opening"),
        ]

    @property
    def is_open(self) -> bool:
        """Still waiting for the applicant."""
        return self.answered_at is None and self.expired_at is None
