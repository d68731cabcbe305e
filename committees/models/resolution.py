"""What was resolved on an item, and the court act that annuls it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models.agenda import AgendaItem
from committees.models.meeting import Meeting
from committees.statuses import Verdict
from core import clock
from core.money import CurrencyField, MoneyField
from core.public_id import PublicIdField
from core.text import Localized
from documents.models import Document

COUNTS = (
    "appointed", "base", "needed", "present", "able", "votes_for", "votes_against", "votes_abstain",
)  # fmt: skip


class ResolutionQuerySet(models.QuerySet["Resolution"]):
    """Words about resolutions."""

    def standing(self) -> Self:
        """Adopted, and no court act annuls it."""
        return self.filter(verdict=Verdict.ADOPTED, annulment=None)


class Resolution(models.Model):
    """The counted result of an item (append-only): computed from ballots, never typed (a trigger counts again).

    `base` is what the quorum is a part of, `needed` that part, `able` those present without a conflict; `sha256` is
    over the canonical JSON of the item, its counts and its ballots by seat. Conditions, limit and expiry serve the
    fund.
    """

    public_id = PublicIdField()
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="resolution")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    appointed = models.PositiveSmallIntegerField(_("appointed"))
    base = models.PositiveSmallIntegerField(_("quorum counted of"))
    needed = models.PositiveSmallIntegerField(_("needed for a quorum"))
    present = models.PositiveSmallIntegerField(_("present"))
    able = models.PositiveSmallIntegerField(_("able to vote"))
    votes_for = models.PositiveSmallIntegerField(_("for"))
    votes_against = models.PositiveSmallIntegerField(_("against"))
    votes_abstain = models.PositiveSmallIntegerField(_("abstained"))
    is_by_casting_vote = models.BooleanField(_("decided by the chair's vote"), default=False)
    reason = models.CharField(_("why it was deferred"), max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    conditions_kk = models.TextField(_("conditions in Kazakh"), blank=True)
    conditions_ru = models.TextField(_("conditions in Russian"), blank=True)
    amount_limit = MoneyField(_("at most"), null=True)
    currency = CurrencyField()
    expires_on = models.DateField(_("holds until"), null=True)
    resolved_at = models.DateTimeField(_("resolved"), default=clock.now)

    objects = ResolutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        constraints = [
            models.CheckConstraint(
                condition=Q(present__lte=F("appointed"), able__lte=F("present"), base__lte=F("appointed")),
                name="resolution_counts_in_order",
            ),
            models.CheckConstraint(
                condition=Q(able__gte=F("votes_for") + F("votes_against") + F("votes_abstain")),
                name="resolution_votes_of_the_able",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} · {self.get_verdict_display()}"

    @property
    def counts(self) -> dict[str, int]:
        """Every number, as minutes and hashes name it."""
        return {name: getattr(self, name) for name in COUNTS}


class Annulment(models.Model):
    """A court act annuls a resolution, or all of a meeting's, by a new row (append-only)."""

    resolution = models.OneToOneField(Resolution, models.PROTECT, related_name="annulment")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="annulments")
    court = models.CharField(_("court"), max_length=200)
    act_number = models.CharField(_("number of the act"), max_length=100)
    act_date = models.DateField(_("date of the act"))
    reason_kk = models.TextField(_("reason in Kazakh"))
    reason_ru = models.TextField(_("reason in Russian"))
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    annulled_at = models.DateTimeField(_("entered"), default=clock.now)
    annulled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = Localized()

    class Meta:
        verbose_name = _("annulment by a court")
        verbose_name_plural = _("annulments by a court")
