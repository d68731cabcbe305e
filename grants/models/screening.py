"""Screening: checks with their evidence, the proposal «not eligible», and phrases that staff keep."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.text import Localized
from grants.models.application import Application
from grants.models.external import ExternalCheckRound
from grants.statuses import CheckKind, CheckResult, ReasonKind


class ReasonPhrase(models.Model):
    """A sentence that staff keep in Kazakh and Russian and put into reasons."""

    kind = models.CharField(_("where it is offered"), max_length=12, choices=ReasonKind.choices)
    text_kk = models.TextField(_("text in Kazakh"))
    text_ru = models.TextField(_("text in Russian"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = Localized()

    class Meta:
        verbose_name = _("reason phrase")
        verbose_name_plural = _("reason phrases")
        ordering = ["kind", "position", "pk"]

    def __str__(self) -> str:
        return self.text


class ScreeningCheck(models.Model):
    """One check of an application: automatic (made at sending) or an officer's, with its evidence."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="checks")
    kind = models.CharField(_("check"), max_length=20, choices=CheckKind.choices)
    result = models.CharField(_("result"), max_length=10, choices=CheckResult.choices)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    checked_at = models.DateTimeField(_("checked"), default=clock.now)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    external_round = models.ForeignKey(ExternalCheckRound, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("screening check")
        verbose_name_plural = _("screening checks")
        constraints = [models.UniqueConstraint(fields=["application", "kind"], name="one_check_per_kind")]


class IneligibilityProposal(models.Model):
    """«Not eligible» needs a reason and a second officer: proposed by one, confirmed or turned down by another."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="ineligibility_proposals")
    reason_kk = models.TextField(_("reason in Kazakh"))
    reason_ru = models.TextField(_("reason in Russian"))
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    turned_down_at = models.DateTimeField(_("turned down"), null=True)
    turned_down_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = Localized()

    class Meta:
        verbose_name = _("proposal «not eligible»")
        verbose_name_plural = _("proposals «not eligible»")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(confirmed_at=None, turned_down_at=None),
                name="one_open_ineligibility_proposal",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by")),
                name="ineligible_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(turned_down_at=None, turned_down_by=None)
                | Q(turned_down_at__isnull=False, turned_down_by__isnull=False),
                name="ineligible_turned_down_at_and_by",
            ),
        ]
