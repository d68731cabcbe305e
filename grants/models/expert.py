"""Experts, whom they may not judge, and what they are asked to judge."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Sector
from accounts.statuses import Language
from core import clock
from core.public_id import PublicIdField
from grants.models.application import Application
from grants.models.conflict import Conflict
from grants.statuses import ApplicationStatus


class Expert(models.Model):
    """A person who scores: sectors, languages, how many applications at most."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="expert", verbose_name=_("person")
    )
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"), blank=True)
    languages = models.JSONField(_("languages"), default=list, help_text=_('For example ["kk", "ru"].'))
    max_load = models.PositiveSmallIntegerField(_("applications at most"), default=40)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("expert")
        verbose_name_plural = _("experts")

    def __str__(self) -> str:
        return str(self.user)

    def reads(self, language: str) -> bool:
        """Whether the expert reads this language."""
        return language in (self.languages or [Language.RU])


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Words about assignments."""

    def visible_to(self, user: Any) -> Self:
        """An expert's own, not handed back, without a live conflict."""
        conflicts = Conflict.objects.live().filter(
            person=models.OuterRef("expert__user"), application=models.OuterRef("application")
        )
        return self.live().filter(~models.Exists(conflicts), expert__user=user)

    def live(self) -> Self:
        """Not handed back."""
        return self.filter(returned_at=None)

    def with_papers(self) -> Self:
        """Those whose papers may be read: the application is with the experts, no conflict of interest was declared,
        the samples of the call are scored.
        """
        from grants.models.calibration import CalibrationSample, CalibrationScore  # a score names an expert

        scored = CalibrationScore.objects.filter(
            sample=models.OuterRef("pk"), expert=models.OuterRef(models.OuterRef("expert"))
        )
        waits = CalibrationSample.objects.filter(~models.Exists(scored), call=models.OuterRef("application__call"))
        open_ones = self.filter(application__status=ApplicationStatus.ELIGIBLE, declared_at__isnull=False)
        return open_ones.filter(~models.Exists(waits))

    def to_do(self) -> Self:
        """Live, the application still with the experts, the review not in."""
        return (
            self.live()
            .filter(application__status=ApplicationStatus.ELIGIBLE)
            .filter(Q(review=None) | Q(review__submitted_at=None))
        )


class Assignment(models.Model):
    """An expert is asked to score an application until a date.

    `declared_at`: the expert said «I have no conflict of interest» before reading; without it there are no papers and
    no scores. `returned_at`: handed back by the expert, taken back by staff, or ended by a conflict of interest.
    """

    public_id = PublicIdField()
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="assignments", verbose_name=_("application")
    )
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="assignments", verbose_name=_("expert"))
    due_on = models.DateField(_("due"))
    assigned_at = models.DateTimeField(_("assigned"), default=clock.now)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("no conflict of interest, declared"), null=True)
    returned_at = models.DateTimeField(_("handed back"), null=True)
    returned_reason = models.CharField(_("why it was handed back"), max_length=300, blank=True)
    # What computed it, where it was computed, and why this pair (queries/assigning_words.py puts it in words).
    run = models.ForeignKey("grants.AssignmentRun", models.PROTECT, null=True, related_name="assignments")
    why = models.JSONField(default=dict)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "expert"], condition=Q(returned_at=None), name="one_live_assignment"
            ),
        ]
        indexes = [models.Index(fields=["expert", "returned_at"], name="assignment_of_expert")]
