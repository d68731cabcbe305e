"""Projects (not firms) and the investments in them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Sector
from core import clock
from core.money import Currency, CurrencyField, MoneyField
from core.public_id import PublicIdField
from core.text import Localized
from funds import policy
from funds.models.fund import Fund
from funds.statuses import Instrument, InvestmentStatus


class ProjectQuerySet(models.QuerySet["Project"]):
    """Words about projects."""

    def visible_to(self, user: Any) -> Self:
        """Everything for those who work with the portfolio; a company's people see their own."""
        if policy.may_see_portfolio(user):
            return self
        return self.filter(organisation__memberships__user=user)


class Project(models.Model):
    """A project of the portfolio: an organisation may have several; the target counts projects."""

    public_id = PublicIdField()
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="projects", verbose_name=_("fund"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="fund_projects", verbose_name=_("organisation")
    )
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+", verbose_name=_("sector"))
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    summary_kk = models.CharField(_("in short, in Kazakh"), max_length=300, blank=True)
    summary_ru = models.CharField(_("in short, in Russian"), max_length=300, blank=True)
    summary_en = models.CharField(_("in short, in English"), max_length=300, blank=True)
    is_example = models.BooleanField(_("invented example"), default=False)
    created_at = models.DateTimeField(_("added"), default=clock.now, editable=False)
    title = Localized(_("Title"))
    summary = Localized()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("portfolio project")
        verbose_name_plural = _("portfolio projects")

    def __str__(self) -> str:
        return self.title


class Investment(models.Model):
    """An approved investment in a project; money that really moved stands in the ledger."""

    public_id = PublicIdField()
    project = models.ForeignKey(Project, models.PROTECT, related_name="investments", verbose_name=_("project"))
    instrument = models.CharField(_("instrument"), max_length=20, choices=Instrument.choices)
    amount = MoneyField(_("approved amount"))
    currency = CurrencyField(default=Currency.USD)
    approved_on = models.DateField(_("approved"))
    status = models.CharField(
        _("status"),
        max_length=20,
        choices=InvestmentStatus.choices,
        default=InvestmentStatus.ACTIVE,
        editable=False,
    )

    class Meta:
        verbose_name = _("investment")
        verbose_name_plural = _("investments")
        ordering = ["-approved_on"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="investment_is_positive")]

    def __str__(self) -> str:
        return f"{self.project} · {self.get_instrument_display()}"
