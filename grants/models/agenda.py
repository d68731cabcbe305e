"""What a commission votes on about an application."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models import AgendaItem
from core.money import CurrencyField, MoneyField
from core.text import Localized
from grants.models.application import Application
from grants.models.ranking import RankingRun
from grants.statuses import Outcome


class ApplicationItem(models.Model):
    """An item of an agenda that proposes an outcome for one application: award with an amount, reserve, decline.

    An application may come back (deferred, appealed, annulled by a court): each time with an item of its own. The
    reasons are what the decision will say; `run` is the frozen ranking that proposed it.
    """

    item = models.OneToOneField(
        AgendaItem, models.PROTECT, related_name="of_application", verbose_name=_("item of the agenda")
    )
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="agenda_items", verbose_name=_("application")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    amount = MoneyField(_("amount"), default=Decimal(0))
    currency = CurrencyField(verbose_name=_("currency"))
    rank = models.PositiveIntegerField(_("rank"), null=True)
    run = models.ForeignKey(RankingRun, models.PROTECT, related_name="+", verbose_name=_("frozen ranking"))
    departs = models.BooleanField(_("departs from the ranking"), default=False)
    reason_kk = models.TextField(_("reason in Kazakh"))
    reason_ru = models.TextField(_("reason in Russian"))
    reason = Localized()

    class Meta:
        verbose_name = _("application on an agenda")
        verbose_name_plural = _("applications on an agenda")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.AWARD, amount__gt=0) | ~Q(outcome=Outcome.AWARD) & Q(amount=0),
                name="only_a_proposed_award_has_money",
            ),
            models.CheckConstraint(
                condition=~Q(reason_kk="") & ~Q(reason_ru=""), name="proposal_has_reasons_in_kk_and_ru"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_outcome_display()}"
