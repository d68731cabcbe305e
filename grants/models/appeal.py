"""An applicant does not agree, and people who took no part answer."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from committees.models import AgendaItem
from core import clock
from core.public_id import PublicIdField
from core.text import Localized
from documents.models import Document
from grants import policy
from grants.models.application import Application
from grants.models.conflict import Conflict
from grants.models.decision import Decision
from grants.statuses import AppealAgainst, AppealOutcome, ReturnsTo


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Words about appeals."""

    def visible_to(self, user: Any) -> Self:
        """Own organisation's; all for those who answer or check them, but where they have a conflict of interest."""
        own = Q(application__organisation__in=Membership.objects.filter(user=user).values("organisation"))
        if policy.may_see_appeals(user):
            return self.filter(own | ~Q(application__in=Conflict.objects.closing_to(user)))
        return self.filter(own)

    def waiting(self) -> Self:
        """Not answered."""
        return self.filter(answered_at=None)


class Appeal(models.Model):
    """An appeal against «not eligible» or a released decision, with one answer.

    Made within `Call.appeal_working_days` of the notice, answered within `appeal_answer_working_days`, by a person who
    neither scored nor screened the application nor voted about it, staged or released: a trigger holds that too.
    `item` is the item of the appeal commission, where the call names one. What was written never changes (triggers).
    """

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.PROTECT, related_name="appeals", verbose_name=_("application"))
    against = models.CharField(_("against"), max_length=10, choices=AppealAgainst.choices)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, related_name="appeals", verbose_name=_("decision")
    )
    text = models.TextField(_("why you do not agree"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+", verbose_name=_("document"))
    made_at = models.DateTimeField(_("made"), default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    due_at = models.DateTimeField(_("to be answered until"))
    item = models.OneToOneField(
        AgendaItem, models.PROTECT, null=True, related_name="of_appeal", verbose_name=_("item of the agenda")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=AppealOutcome.choices, blank=True)
    returns_to = models.CharField(_("goes back"), max_length=10, choices=ReturnsTo.choices, blank=True)
    reason_kk = models.TextField(_("reason in Kazakh"), blank=True)
    reason_ru = models.TextField(_("reason in Russian"), blank=True)
    reason = Localized()

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None), name="one_appeal_waits_for_an_answer"
            ),
            models.UniqueConstraint(
                fields=["decision"], condition=Q(decision__isnull=False), name="one_appeal_against_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(against=AppealAgainst.DECISION, decision__isnull=False)
                | Q(against=AppealAgainst.INELIGIBLE, decision=None),
                name="appeal_names_its_decision",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="appeal_has_words"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, outcome="", reason_kk="", reason_ru="")
                | Q(answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(outcome="")
                & ~Q(reason_kk="")
                & ~Q(reason_ru=""),
                name="appeal_answered_at_and_by_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(outcome=AppealOutcome.UPHELD) & ~Q(returns_to="")
                | ~Q(outcome=AppealOutcome.UPHELD) & Q(returns_to=""),
                name="an_upheld_appeal_says_where_it_goes",
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)
