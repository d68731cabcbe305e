"""Size tiers: less is asked for less money."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.money import CurrencyField, MoneyField
from grants.models.call import Call
from questionnaires.statuses import Tier


class SizeTier(models.Model):
    """A tier of one call: the tier of an application is the first whose `up_to` holds the sum asked for.

    The last tier has no upper bound. A call without tiers asks everything (Tier.L).
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="tiers")
    code = models.CharField(_("tier"), max_length=1, choices=Tier.choices)
    up_to = MoneyField(_("up to"), null=True, blank=True)
    currency = CurrencyField(verbose_name=_("currency"))

    class Meta:
        verbose_name = _("size tier")
        verbose_name_plural = _("size tiers")
        ordering = ["call", models.F("up_to").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["call", "code"], name="one_tier_per_code"),
            models.CheckConstraint(condition=Q(up_to=None) | Q(up_to__gt=0), name="tier_bound_is_positive"),
        ]

    def __str__(self) -> str:
        return self.get_code_display()
