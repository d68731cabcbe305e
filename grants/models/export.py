"""A list, a ranking or dossiers as a file: asked for, made by a worker, taken by who asked, gone after some days."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.statuses import Language
from core import clock
from core.public_id import PublicIdField
from documents.models import Document
from grants.models.call import Call
from grants.statuses import ExportFormat, ExportKind

KEPT_FOR = timedelta(days=3)
PATIENCE = timedelta(minutes=3)  # a worker that has said nothing for so long is dead


class ExportQuerySet(models.QuerySet["Export"]):
    """Words about exports."""

    def visible_to(self, user: Any) -> Self:
        """Whoever asked, and nobody else."""
        return self.filter(asked_by=user) if user.is_authenticated else self.none()

    def waiting(self) -> Self:
        """Neither made nor given up."""
        return self.filter(ready_at=None, failed_at=None)

    def free(self) -> Self:
        """Waiting, and in no living worker's hands."""
        silent = Q(touched_at=None) | Q(touched_at__lt=clock.now() - PATIENCE)
        return self.waiting().filter(silent)

    def too_old(self) -> Self:
        """Made some days ago; the file is still there."""
        return self.filter(ready_at__lt=clock.now() - KEPT_FOR, document__erased_at=None)


class Export(models.Model):
    """One file of rows that the person saw when they asked. `rows` are their keys in the order of the list.

    What of them is no longer theirs to see when the file is made is left out of it, and `rows` says what it holds: it
    is given out while they may still see every one. `done` of `total` rows are written; `touched_at` is the worker's
    last sign of life.
    """

    public_id = PublicIdField()
    kind = models.CharField(_("list"), max_length=12, choices=ExportKind.choices)
    file_format = models.CharField(_("format"), max_length=4, choices=ExportFormat.choices)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="+", verbose_name=_("call"))
    rows = models.JSONField(_("rows"), default=list)
    has_iin = models.BooleanField(_("personal data"), default=False)
    asked_at = models.DateTimeField(_("asked"), default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    total = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("ready"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    touched_at = models.DateTimeField(_("last written to"), null=True)
    ready_at = models.DateTimeField(_("ready"), null=True)
    failed_at = models.DateTimeField(_("could not be made"), null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("document"))

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at=None, document=None) | Q(ready_at__isnull=False, document__isnull=False),
                name="export_ready_with_its_file",
            ),
            models.CheckConstraint(condition=Q(ready_at=None) | Q(failed_at=None), name="export_ready_or_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_file_format_display()}"

    @property
    def expires_at(self) -> Any:
        """When the file goes."""
        return self.ready_at + KEPT_FOR if self.ready_at else None
