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
from grants.statuses import ApplicationStatus, ConflictKind


class Expert(models.Model):
    """A person who scores: sectors, languages, how many applications at most."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="expert")
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


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Words about conflicts."""

    def live(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_at=None)


class Conflict(models.Model):
    """An expert may not judge this application. It blocks assignment, papers and scores, by triggers too."""

    expert = models.ForeignKey(Expert, models.PROTECT, related_name="conflicts")
    application = models.ForeignKey(Application, models.PROTECT, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=12, choices=ConflictKind.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    found_at = models.DateTimeField(_("found"), default=clock.now)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_reason = models.CharField(_("why it was lifted"), max_length=300, blank=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(
                fields=["expert", "application", "kind"], condition=Q(lifted_at=None), name="one_live_conflict"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="conflict_lifted_at_and_by",
            ),
        ]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Words about assignments."""

    def visible_to(self, user: Any) -> Self:
        """An expert's own, not handed back, without a live conflict."""
        conflicts = Conflict.objects.live().filter(
            expert=models.OuterRef("expert"), application=models.OuterRef("application")
        )
        return self.live().filter(~models.Exists(conflicts), expert__user=user)

    def live(self) -> Self:
        """Not handed back."""
        return self.filter(returned_at=None)

    def with_papers(self) -> Self:
        """Those whose papers may be read: the application is with the experts, no conflict of interest was declared."""
        return self.filter(application__status=ApplicationStatus.ELIGIBLE, declared_at__isnull=False)

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
    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="assignments")
    due_on = models.DateField(_("due"))
    assigned_at = models.DateTimeField(_("assigned"), default=clock.now)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("no conflict of interest, declared"), null=True)
    returned_at = models.DateTimeField(_("handed back"), null=True)
    returned_reason = models.CharField(_("why it was handed back"), max_length=300, blank=True)

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
