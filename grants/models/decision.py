"""The commission's decision about one application."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from core.text import Localized
from grants.models.application import Application
from grants.models.programme import ProgrammeYear
from grants.statuses import VOIDED_BY_RULE, Outcome, VoidKind


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Words about decisions."""

    def live(self) -> Self:
        """Not replaced by a later decision and not given up."""
        return self.filter(voided_at=None)

    def staged(self) -> Self:
        """Live and not yet released."""
        return self.live().filter(released_at=None)


class Decision(models.Model):
    """Award with an amount, reserve, or decline, with reasons; staged first, then released with its whole call.

    Money counts from staging: a trigger adds a live award to `ProgrammeYear.committed`. A decision never changes; a
    new one voids the old (`voided_at`), which gives its money back. Departing from the ranking needs a motive.
    """

    public_id = PublicIdField()
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="decisions", verbose_name=_("application")
    )
    programme_year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="decisions")
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    amount = MoneyField(_("amount"), default=Decimal(0))
    currency = CurrencyField()
    reason_kk = models.TextField(_("reason in Kazakh"))
    reason_ru = models.TextField(_("reason in Russian"))
    departure_motive = models.TextField(_("motive for departing from the ranking"), blank=True)
    staged_at = models.DateTimeField(_("staged"), default=clock.now)
    # The reserve list moves up by a rule: then nobody's name stands here, and `by_rule` says so.
    staged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_rule = models.BooleanField(_("by the rule of the reserve list"), default=False, db_default=False)
    released_at = models.DateTimeField(_("released"), null=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(_("replaced or given up"), null=True)
    voided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    void_kind = models.CharField(
        _("why it holds no more"), max_length=10, choices=VoidKind.choices, blank=True, db_default=""
    )
    reason = Localized()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-staged_at"]
        indexes = [
            models.Index(
                fields=["programme_year"],
                condition=Q(outcome=Outcome.AWARD, voided_at=None),
                name="decision_live_awards",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(voided_at=None), name="one_live_decision"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.AWARD, amount__gt=0) | ~Q(outcome=Outcome.AWARD) & Q(amount=0),
                name="only_an_award_has_money",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None)
                | Q(released_at__isnull=False, released_by__isnull=False)
                | Q(released_at__isnull=False, released_by=None, by_rule=True),
                name="decision_released_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None, voided_by=None)
                | Q(voided_at__isnull=False, voided_by__isnull=False)
                | Q(voided_at__isnull=False, voided_by=None, void_kind__in=sorted(VOIDED_BY_RULE)),
                name="decision_voided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(staged_by__isnull=False, by_rule=False)
                | Q(staged_by=None, by_rule=True, outcome=Outcome.AWARD),
                name="decision_staged_by_a_person_or_the_rule",
            ),
            models.CheckConstraint(
                condition=~Q(reason_kk="") & ~Q(reason_ru=""), name="decision_has_reasons_in_kk_and_ru"
            ),
        ]
