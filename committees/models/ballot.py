"""Votes by name; append-only."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models.agenda import AgendaItem
from committees.models.committee import Seat
from committees.statuses import Choice
from core import clock


class Ballot(models.Model):
    """One seat's vote on one item (append-only), hidden from others until the item closes.

    A bloc ballot is stored as one row per item; it leaves out the items on which the seat has a conflict.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    choice = models.CharField(_("vote"), max_length=8, choices=Choice.choices)
    is_bloc = models.BooleanField(_("cast for a bloc"), default=False)
    cast_at = models.DateTimeField(_("cast"), default=clock.now)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="one_ballot")]


class Dissent(models.Model):
    """A member's dissenting opinion, attached to the minutes (append-only)."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="dissents")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    text = models.TextField(_("dissenting opinion"))
    language = models.CharField(_("language"), max_length=2)
    written_at = models.DateTimeField(_("written"), default=clock.now)

    class Meta:
        verbose_name = _("dissenting opinion")
        verbose_name_plural = _("dissenting opinions")
        constraints = [
            models.UniqueConstraint(fields=["item", "seat"], name="one_dissent"),
            models.CheckConstraint(condition=~Q(text=""), name="dissent_has_words"),
        ]
