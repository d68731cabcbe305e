"""An award: a released decision with money."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import BankAccount
from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from grants import policy
from grants.models.application import Application
from grants.models.decision import Decision
from grants.statuses import AWARDS_OVER, AwardStatus


class AwardQuerySet(models.QuerySet["Award"]):
    """Words about awards."""

    def visible_to(self, user: Any) -> Self:
        """Own organisation's; all for staff who follow the money."""
        if policy.may_see_awards(user):
            return self
        return self.filter(application__organisation__memberships__user=user)

    def followed_by(self, user: Any) -> Self:
        """With their plan, papers and contract: own organisation's, and staff who follow contracts."""
        if policy.may_see_contracts(user):
            return self
        return self.filter(application__organisation__memberships__user=user)

    def with_expenses_for(self, user: Any) -> Self:
        """Those whose receipts this person reads: own organisation's; staff who accept reports, pay and audit."""
        if policy.may_see_expenses(user):
            return self
        return self.filter(application__organisation__memberships__user=user)

    def counting(self) -> Self:
        """Projects that count towards the year's target: neither lapsed, nor refused, nor terminated."""
        return self.exclude(status__in=AWARDS_OVER)

    def unanswered(self) -> Self:
        """Offered, and the winner has not said yes."""
        return self.filter(status=AwardStatus.OFFERED, accepted_at=None)

    def accepted(self) -> Self:
        """The winner has said yes, and it has not fallen out."""
        return self.counting().filter(accepted_at__isnull=False)

    def waiting_for_grantee(self) -> Self:
        """Accepted and not signed, while the plan is to be sent, bank details to be given or the contract to be signed.

        Papers are asked by size, which no column says: the page of the award counts them (queries/award_steps.py).
        """
        from grants.models.award_plan import PlanVersion  # both name an award
        from grants.models.contract import Contract

        of_this = {"award": models.OuterRef("pk")}
        unsent = PlanVersion.objects.open().filter(sent_at=None, **of_this)
        unsigned = Contract.objects.live().filter(grantee_signed_at=None, **of_this)
        account = BankAccount.objects.open().filter(organisation=models.OuterRef("application__organisation"))
        waiting = models.Exists(unsent) | models.Exists(unsigned) | ~models.Exists(account)
        return self.accepted().filter(waiting, status=AwardStatus.OFFERED)


class Award(models.Model):
    """Made when decisions are released; recipient, project, sum and date are public, as the call says."""

    public_id = PublicIdField()
    # One that is not over; another may follow where a court annulled the first.
    application = models.ForeignKey(Application, models.PROTECT, related_name="awards", related_query_name="award")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="award")
    amount = MoneyField(_("amount"))
    currency = CurrencyField()
    status = models.CharField(_("status"), max_length=12, choices=AwardStatus.choices, default=AwardStatus.OFFERED)
    offered_at = models.DateTimeField(_("awarded"), default=clock.now)
    # The winner says yes until then, or the offer lapses and the reserve list moves up.
    answer_due_at = models.DateTimeField(_("to be accepted until"), null=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("accepted by")
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["-offered_at", "-pk"]
        indexes = [
            models.Index(
                fields=["answer_due_at"],
                condition=Q(status=AwardStatus.OFFERED, accepted_at=None),
                name="award_unanswered",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="award_is_positive"),
            models.UniqueConstraint(
                fields=["application"], condition=~Q(status__in=sorted(AWARDS_OVER)), name="one_live_award"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="award_accepted_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return str(self.application)
