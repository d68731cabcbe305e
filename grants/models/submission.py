"""What was sent: a snapshot with its hash, each time a new row."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from core.public_id import PublicIdField
from documents.models import Document
from grants import policy
from grants.models.application import Application
from grants.models.conflict import Conflict
from grants.statuses import SENT


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Words about submissions."""

    def with_standing(self) -> Self:
        """With `is_replaced`: whether a later sending of the same application exists."""
        of_same = Submission.objects.filter(
            application=models.OuterRef("application"), number__gt=models.OuterRef("number")
        )
        return self.annotate(is_replaced=models.Exists(of_same))

    def visible_to(self, user: Any) -> Self:
        """Own organisation's; all for those who may read an IIN or BIN inside the snapshot, but where they have a
        conflict of interest: what was sent is closed to them as the application is.
        """
        own = Q(application__organisation__in=Membership.objects.filter(user=user).values("organisation"))
        if policy.may_read_snapshots(user):
            closed = Conflict.objects.closing_to(user)
            return self.filter(own | Q(application__status__in=SENT) & ~Q(application__in=closed))
        return self.filter(own)


class Submission(models.Model):
    """One sending of an application (append-only): the snapshot that was sent and its SHA-256. The last one counts."""

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("sending"))
    snapshot = models.ForeignKey(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(_("submitted"))
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Only where it came within the grace: when the page that sends had been opened (before closing).
    grace_opened_at = models.DateTimeField(_("sent within the grace, page opened"), null=True)

    is_replaced: bool = False  # where it was read with it: `with_standing`

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["number"]
        indexes = [models.Index(fields=["sha256"], name="submission_sha256")]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="one_submission_per_number")]
