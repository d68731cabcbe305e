"""Reviews and their scores; scores are append-only."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core import clock
from grants.models.expert import Assignment
from grants.models.rules import TOP_SCORE, Criterion


class Review(models.Model):
    """One expert's review of one application; submitted when every criterion has a score."""

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="review")
    comment = models.TextField(_("what would raise this application"), blank=True)
    draft = models.JSONField(default=dict, help_text="Half-typed scores; they count for nothing.")
    # Revisions of what was typed ({"words_idea": 3}): a save of one field names the revision that it began from.
    draft_revs = models.JSONField(default=dict, editable=False)
    last_saved_at = models.DateTimeField(_("last saved"), null=True, editable=False)
    active_seconds = models.PositiveIntegerField(_("seconds spent on the review"), default=0, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")


class ScoreEntryQuerySet(models.QuerySet["ScoreEntry"]):
    """Words about scores."""

    def current(self) -> Self:
        """The last entry of each review and criterion: what counts."""
        last = ScoreEntry.objects.filter(review=OuterRef("review"), criterion=OuterRef("criterion"))
        return self.filter(number=Subquery(last.order_by("-number").values("number")[:1]))


class ScoreEntry(models.Model):
    """One score, 0 to 5, for one criterion (append-only): a change is a new row with a higher number and a reason.

    `evidence` is the place that it rests on, as `grants.formulas.places` writes it («answer:problem», «line:<id>»);
    `quote` a passage of it. A score of 0, 1 or 5 has words and a place: the action asks, a trigger refuses.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    score = models.PositiveSmallIntegerField(_("score"))
    words = models.TextField(_("in words"), blank=True)
    evidence = models.CharField(_("evidence"), max_length=80, blank=True)
    quote = models.CharField(_("passage"), max_length=300, blank=True)
    change_reason = models.CharField(_("reason of the change"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("entered"), default=clock.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScoreEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion", "number"], name="one_score_per_version"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=TOP_SCORE), name="score_0_to_5"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(change_reason=""), name="changed_score_has_reason"),
        ]
