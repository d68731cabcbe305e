"""What the money is for and when the work is done: budget lines by category, milestones with their proof."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from core.text import Localized
from grants.models.application import Application
from grants.models.call import Call
from grants.models.rules import KEY
from grants.statuses import ProofNeeded


class BudgetCategory(models.Model):
    """A category of the call's budget, with the largest share of the grant that it may take."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="budget_categories")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.CharField(_("key"), max_length=40, validators=[KEY])
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    max_percent = models.PositiveSmallIntegerField(
        _("at most, percent of the grant"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    has_supplier = models.BooleanField(
        _("is bought from a supplier"), default=True, help_text=_("Wages are not: no supplier is asked for.")
    )
    proof = models.CharField(
        _("what proves an expense"), max_length=8, choices=ProofNeeded.choices, default=ProofNeeded.EITHER
    )
    title = Localized()

    class Meta:
        verbose_name = _("budget category")
        verbose_name_plural = _("budget categories")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_budget_category_per_key")]

    def __str__(self) -> str:
        return self.title


class BudgetLine(models.Model):
    """One line: what is bought, how many at what price; the grant's part and the own part sum to the cost.

    Where one of the two is NULL beside a price, it is the rest: amounts are read by `grants.formulas.budget.Costed`,
    never summed in SQL. A draft may be half-filled, so columns are nullable; sums are judged by `queries.budget` and
    when it is sent. `rev` grows with each save, so that two devices on one line are noticed. `quantity` is a decimal
    of two places.
    """

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="budget_lines")
    position = models.PositiveSmallIntegerField(default=0)
    category = models.ForeignKey(
        BudgetCategory, models.PROTECT, null=True, related_name="+", verbose_name=_("category")
    )
    item = models.CharField(_("what is paid for"), max_length=200, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2, null=True)
    unit_price = MoneyField(_("price of one"), null=True)
    has_vat = models.BooleanField(_("the price includes VAT"), default=True)
    grant_amount = MoneyField(_("from the grant"), null=True)
    own_amount = MoneyField(_("own money"), null=True)
    currency = CurrencyField()
    supplier_identifier = models.CharField(_("supplier's BIN or IIN"), max_length=12, blank=True, db_index=True)
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(quantity=None) | Q(quantity__gt=Decimal(0)))
                & (Q(unit_price=None) | Q(unit_price__gte=0))
                & (Q(grant_amount=None) | Q(grant_amount__gte=0))
                & (Q(own_amount=None) | Q(own_amount__gte=0)),
                name="budget_line_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.item or self.public_id


class Milestone(models.Model):
    """A step of the work: what is done by which day, and what will prove it."""

    public_id = PublicIdField()
    application = models.ForeignKey(Application, models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("what is done"), max_length=200, blank=True)
    due_on = models.DateField(_("by"), null=True)
    proof = models.CharField(_("what proves it"), max_length=200, blank=True)
    rev = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.public_id
