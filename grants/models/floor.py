"""Money kept for a sector."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Sector
from core.money import CurrencyField, MoneyField
from grants.models.call import Call


class SectorFloor(models.Model):
    """So much of a call's money goes to a sector first, as far as applications of that sector pass the mark."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="sector_floors", verbose_name=_("call"))
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="+", verbose_name=_("sector"))
    amount = MoneyField(_("at least"))
    currency = CurrencyField(verbose_name=_("currency"))

    class Meta:
        verbose_name = _("floor of a sector")
        verbose_name_plural = _("floors of sectors")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "sector"], name="one_floor_per_sector"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="floor_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.sector}"
