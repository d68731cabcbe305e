"""A wide spread of scores asks for one more expert."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from grants.models.application import Application
from grants.models.expert import Assignment
from grants.statuses import ApplicationStatus


class ExtraReviewQuerySet(models.QuerySet["ExtraReview"]):
    """Words about extra reviews."""

    def waiting(self) -> Self:
        """Nobody has been asked yet, and the experts' work goes on."""
        return self.filter(assignment=None, gone_at=None, application__status=ApplicationStatus.ELIGIBLE)


class ExtraReview(models.Model):
    """The reviews of an application lie further apart than its call allows: one more expert is wanted.

    Written by the submission of a review, in its transaction. `assignment` is who was asked; `gone_at` says that the
    scores moved together again before anybody was. At most one for an application: a second one would never end.
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="extra_review")
    spread = models.DecimalField(_("spread"), max_digits=5, decimal_places=2)
    noticed_at = models.DateTimeField(_("noticed"), default=clock.now)
    assignment = models.OneToOneField(Assignment, models.PROTECT, null=True, related_name="as_extra")
    gone_at = models.DateTimeField(_("no longer wanted"), null=True)

    objects = ExtraReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("extra review")
        verbose_name_plural = _("extra reviews")
        indexes = [
            models.Index(fields=["noticed_at"], condition=Q(assignment=None, gone_at=None), name="extra_review_waiting")
        ]
