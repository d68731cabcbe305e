"""Programmes and their years: where the money of a year stands."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.money import CurrencyField, MoneyField
from core.text import Localized
from grants.statuses import ProgrammeKind


class Programme(models.Model):
    """A programme of the city, run year after year."""

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ProgrammeKind.choices, default=ProgrammeKind.GRANT)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name = Localized(_("Name"))

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.name


class ProgrammeYear(models.Model):
    """A programme's year: budget, target, and what is committed.

    `committed` is the sum of live award decisions, staged ones included. Triggers keep it (grants/triggers.py) and a
    CHECK holds it between zero and the budget: whatever happens at the same moment, a year is never overspent.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="years", verbose_name=_("programme"))
    year = models.PositiveSmallIntegerField(_("year"))
    budget = MoneyField(_("budget"))
    currency = CurrencyField()
    target_projects = models.PositiveIntegerField(_("target: more than so many projects"))
    committed = MoneyField(_("committed"), default=Decimal(0), editable=False)
    source = models.CharField(_("source of the figures"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)

    class Meta:
        verbose_name = _("programme year")
        verbose_name_plural = _("programme years")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="one_programme_year"),
            models.CheckConstraint(
                condition=Q(committed__gte=0, committed__lte=F("budget")), name="year_is_not_overspent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.year}"

    @property
    def remaining(self) -> Decimal:
        """What may still be awarded."""
        return self.budget - self.committed
