"""Runs of the assignment, the pairs that staff fix, and translations beside an original."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.statuses import Language
from core import clock
from core.public_id import PublicIdField
from grants import policy
from grants.models.application import Application
from grants.models.call import Call
from grants.models.expert import Expert
from grants.statuses import PinKind


class AssignmentRunQuerySet(models.QuerySet["AssignmentRun"]):
    """Words about runs."""

    def visible_to(self, user: Any) -> Self:
        """To those who see who reads what."""
        return self.all() if policy.may_see_assignments(user) else self.none()

    def waiting(self) -> Self:
        """Not computed yet."""
        return self.filter(finished_at=None)


class AssignmentRun(models.Model):
    """One computed assignment of a call: the inputs, the result, their hashes. Applying it asks the experts.

    The same inputs give the same result: anybody may compute it again. `inputs` and `result` hold public ids of
    applications and keys of experts, nothing personal. `relaxed` is what staff have given way in. `replaces`: only the
    open reviews of this expert are given to others, everything else stays.
    """

    public_id = PublicIdField()
    call = models.ForeignKey(Call, models.PROTECT, related_name="assignment_runs", verbose_name=_("call"))
    replaces = models.ForeignKey(Expert, models.PROTECT, null=True, related_name="+", verbose_name=_("instead of"))
    seed = models.CharField(_("seed"), max_length=64)
    relaxed = models.JSONField(default=list)
    inputs = models.JSONField(default=dict)
    inputs_sha256 = models.CharField(_("SHA-256 of the inputs"), max_length=64, blank=True)
    result = models.JSONField(default=dict)
    result_sha256 = models.CharField(_("SHA-256 of the result"), max_length=64, blank=True)
    progress = models.PositiveSmallIntegerField(_("done, percent"), default=0)
    asked_at = models.DateTimeField(_("asked for"), default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("computed"), null=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)
    applied_at = models.DateTimeField(_("applied"), null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("applied by")
    )

    objects = AssignmentRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("computed assignment")
        verbose_name_plural = _("computed assignments")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(finished_at=None), name="one_assignment_run_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None, applied_by=None)
                | Q(applied_at__isnull=False, applied_by__isnull=False, finished_at__isnull=False),
                name="assignment_run_applied_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} · {self.inputs_sha256[:8]}"

    @property
    def is_full(self) -> bool:
        """Whether every application has its experts in it."""
        return self.result.get("status") == "full"


class PinQuerySet(models.QuerySet["Pin"]):
    """Words about pins."""

    def live(self) -> Self:
        """Not taken away."""
        return self.filter(removed_at=None)


class Pin(models.Model):
    """Staff fix a pair before a run, or keep it apart, with a reason. A pin is never above a conflict of interest."""

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.PROTECT, related_name="pins", verbose_name=_("application"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="pins", verbose_name=_("expert"))
    kind = models.CharField(_("kind"), max_length=8, choices=PinKind.choices)
    reason = models.CharField(_("reason"), max_length=300)
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    removed_at = models.DateTimeField(_("taken away"), null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken away by")
    )

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("fixed pair")
        verbose_name_plural = _("fixed pairs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "expert"], condition=Q(removed_at=None), name="one_live_pin"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="pin_has_reason"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="pin_removed_at_and_by",
            ),
        ]


class StaffTranslationQuerySet(models.QuerySet["StaffTranslation"]):
    """Words about translations."""

    def live(self) -> Self:
        """Not replaced by a later one and not taken away."""
        return self.filter(removed_at=None)


class StaffTranslation(models.Model):
    """What a part of an application says in another language, by staff: shown beside the original and marked as
    theirs, never in its place. `place` is a fact (title, summary) or a question's key. A correction is a new row.
    """

    public_id = PublicIdField()
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="translations", verbose_name=_("application")
    )
    place = models.CharField(_("part"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    text = models.TextField(_("text"), max_length=20_000)
    added_at = models.DateTimeField(_("added"), default=clock.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    removed_at = models.DateTimeField(_("taken away"), null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken away by")
    )

    objects = StaffTranslationQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation by staff")
        verbose_name_plural = _("translations by staff")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "place", "language"],
                condition=Q(removed_at=None),
                name="one_live_translation",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None) | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="translation_removed_at_and_by",
            ),
        ]
