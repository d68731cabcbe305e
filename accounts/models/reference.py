"""Shared reference rows that staff edit: sectors, districts of Almaty, activity codes, banks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import Localized


class Sector(models.Model):
    """A creative industry. `of_fund` marks the seven that the Creative Capital Fund names."""

    code = models.SlugField(_("code"), unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=120)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    of_fund = models.BooleanField(_("sector of the Creative Capital Fund"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    name = Localized(_("Name"))

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name


class District(models.Model):
    """A district of Almaty, by its KATO code (codes from public sources that agree; staff may correct them)."""

    kato = models.CharField(_("KATO code"), max_length=9, unique=True)
    name_kk = models.CharField(_("name in Kazakh"), max_length=120)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name = Localized(_("Name"))

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["kato"]

    def __str__(self) -> str:
        return self.name


class Oked(models.Model):
    """A class of activity; a starting table to be replaced by the official list of creative activities."""

    code = models.CharField(_("code"), max_length=10)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="okeds", verbose_name=_("sector"))
    is_official = models.BooleanField(_("from the official list"), default=False)

    class Meta:
        verbose_name = _("activity code")
        verbose_name_plural = _("activity codes")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code", "sector"], name="oked_once_per_sector")]

    def __str__(self) -> str:
        return self.code


class Bank(models.Model):
    """A bank of Kazakhstan by the three digits in its account numbers: proposed to who types one, refuses nothing."""

    code = models.CharField(_("digits in account numbers"), max_length=3, unique=True)
    bic = models.CharField(_("BIC"), max_length=8)
    name_kk = models.CharField(_("name in Kazakh"), max_length=120)
    name_ru = models.CharField(_("name in Russian"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    name = Localized(_("Name"))

    class Meta:
        verbose_name = _("bank")
        verbose_name_plural = _("banks")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
