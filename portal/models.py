"""Rows of the portal's own: a person's download of all their data."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.public_id import PublicIdField
from documents.models import Document

VALID_FOR = timedelta(days=1)


class DataExportQuerySet(models.QuerySet["DataExport"]):
    """Words about downloads."""

    def visible_to(self, user: Any) -> Self:
        """The person's own: nobody else ever, staff neither."""
        return self.filter(user=user)

    def waiting(self) -> Self:
        """Asked for, not made yet."""
        return self.filter(ready_at=None)

    def usable(self) -> Self:
        """Ready, and younger than a day."""
        return self.filter(ready_at__gt=clock.now() - VALID_FOR, document__erased_at=None)

    def too_old(self) -> Self:
        """Ready for more than a day; the file is still there."""
        return self.filter(ready_at__lte=clock.now() - VALID_FOR, document__erased_at=None)


class DataExport(models.Model):
    """One ZIP with everything that is kept about a person; the file lives for a day, the row says that it was made."""

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    files_total = models.PositiveIntegerField(default=0)
    files_done = models.PositiveIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("download of one's data")
        verbose_name_plural = _("downloads of one's data")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(ready_at=None), name="one_download_under_way"),
            models.CheckConstraint(
                condition=models.Q(ready_at=None, document=None)
                | models.Q(ready_at__isnull=False, document__isnull=False),
                name="download_ready_with_its_file",
            ),
        ]

    @property
    def expires_at(self) -> Any:
        """The moment from which the link is dead."""
        return self.ready_at + VALID_FOR if self.ready_at else None
