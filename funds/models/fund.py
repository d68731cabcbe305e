"""The fund and those who founded it."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Sector
from core.money import Currency, CurrencyField, MoneyField
from core.text import Localized
from funds import policy
from funds.formulas.pace import end_of_term


class FundQuerySet(models.QuerySet["Fund"]):
    """Words about funds."""

    def visible_to(self, user: Any) -> Self:
        """The managers' side of a fund: those who work with the portfolio or watch it. Public pages show totals."""
        return self if policy.may_see_portfolio(user) else self.none()


class Fund(models.Model):
    """A fund: capital, term, target. What counts as a project is written beside the target, as the founders word it."""

    code = models.SlugField(_("code"), unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    capital = MoneyField(_("capital"))
    currency = CurrencyField(default=Currency.USD, verbose_name=_("currency"))
    started_on = models.DateField(_("started"))
    term_years = models.PositiveSmallIntegerField(_("term in years"))
    target_projects = models.PositiveSmallIntegerField(_("target: at least so many projects"))
    counting_rule_kk = models.TextField(_("what counts as a project, in Kazakh"), blank=True)
    counting_rule_ru = models.TextField(_("what counts as a project, in Russian"), blank=True)
    counting_rule_en = models.TextField(_("what counts as a project, in English"), blank=True)
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"), related_name="funds")
    source = models.CharField(_("source of the figures"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    name = Localized(_("Name"))
    counting_rule = Localized()

    objects = FundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        constraints = [
            models.CheckConstraint(condition=Q(capital__gt=0, term_years__gt=0), name="fund_has_capital_and_term"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ends_on(self) -> date:
        """The day on which the term is over."""
        return end_of_term(self.started_on, self.term_years)


class Investor(models.Model):
    """A founder or investor of the fund; commitments come with the money issue."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="investors")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    role_kk = models.CharField(_("part in Kazakh"), max_length=200, blank=True)
    role_ru = models.CharField(_("part in Russian"), max_length=200, blank=True)
    role_en = models.CharField(_("part in English"), max_length=200, blank=True)
    is_founder = models.BooleanField(_("founder"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    role = Localized()

    class Meta:
        verbose_name = _("investor")
        verbose_name_plural = _("investors")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
