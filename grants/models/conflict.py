"""Whom a person may not judge: experts, commission members and officers alike."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.public_id import PublicIdField
from grants.models.application import Application
from grants.statuses import LIFTABLE_CONFLICTS, ConflictKind


class ConflictQuerySet(models.QuerySet["Conflict"]):
    """Words about conflicts."""

    def live(self) -> Self:
        """Not lifted."""
        return self.filter(lifted_at=None)

    def closing_to(self, user: Any) -> Any:
        """Keys of the applications that a live conflict closes to this person: papers, scores, decisions, appeals."""
        return self.live().filter(person=user).values("application")

    def liftable(self) -> Self:
        """Matches that hubs share (address, phone, e-mail): a second person may lift them."""
        return self.filter(kind__in=LIFTABLE_CONFLICTS)


class Conflict(models.Model):
    """A person may not judge this application, whatever their role. It blocks assignment, papers, scores and ballots,
    by triggers too.

    Identifier, membership and declared conflicts stay for ever; matches of address, phone and e-mail may be lifted:
    one person proposes with a reason, another one lifts.
    """

    public_id = PublicIdField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts", verbose_name=_("person")
    )
    application = models.ForeignKey(Application, models.PROTECT, related_name="conflicts")
    kind = models.CharField(_("kind"), max_length=12, choices=ConflictKind.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    found_at = models.DateTimeField(_("found"), default=clock.now)
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("found by")
    )
    lift_reason = models.CharField(_("why it is to be lifted"), max_length=300, blank=True)
    lift_proposed_at = models.DateTimeField(_("lifting proposed"), null=True)
    lift_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lifting proposed by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lifted by")
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "application", "kind"], condition=Q(lifted_at=None), name="one_live_conflict"
            ),
            models.CheckConstraint(
                condition=Q(lift_proposed_at=None, lift_proposed_by=None)
                | Q(lift_proposed_at__isnull=False, lift_proposed_by__isnull=False),
                name="conflict_lift_proposed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, lift_proposed_by__isnull=False)
                & ~Q(lift_reason="")
                & ~Q(lifted_by=F("lift_proposed_by")),
                name="conflict_lifted_by_another",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(kind__in=sorted(LIFTABLE_CONFLICTS)), name="only_a_match_is_lifted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_kind_display()}"
