"""A committee with its rule, and the seats that an order gives."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.statuses import VOTING, CommitteeKind, Majority, QuorumBase, SeatRole
from core.text import Localized
from documents.models import Order


class Committee(models.Model):
    """A body that votes, with its own rule: quorum as a part of a base, majority, the chair's casting vote, notice.

    Two thirds of all appointed members is the grant default, of the able ones the fund's.
    """

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=CommitteeKind.choices)
    name_kk = models.CharField(_("name in Kazakh"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order"))
    quorum_parts = models.PositiveSmallIntegerField(_("quorum: so many parts"), default=2)
    quorum_whole = models.PositiveSmallIntegerField(_("quorum: of so many"), default=3)
    quorum_base = models.CharField(
        _("quorum is counted of"), max_length=10, choices=QuorumBase.choices, default=QuorumBase.APPOINTED
    )
    majority = models.CharField(
        _("majority is counted of"), max_length=10, choices=Majority.choices, default=Majority.ABLE
    )
    has_casting_vote = models.BooleanField(_("the chair's vote decides a tie"), default=True)
    notice_working_days = models.PositiveSmallIntegerField(_("working days of notice"), default=3)
    observers_needed = models.PositiveSmallIntegerField(_("observers needed"), default=0)
    name = Localized(_("committee"))

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.CheckConstraint(
                condition=Q(quorum_parts__gte=1, quorum_whole__gte=F("quorum_parts")), name="quorum_is_a_part"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    """Words about seats."""

    def on(self, day: Any) -> Self:
        """Appointed on that day."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def voting(self) -> Self:
        """Chair and members: the base of the quorum. Alternates vote only in somebody's place."""
        return self.filter(role__in=VOTING)


class Seat(models.Model):
    """A person's seat for a period, and the order that gave it."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats", verbose_name=_("committee"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=SeatRole.choices, default=SeatRole.MEMBER)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("order"))

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["committee", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "user"], condition=Q(until=None), name="one_open_seat"),
            models.UniqueConstraint(
                fields=["committee"], condition=Q(until=None, role=SeatRole.CHAIR), name="one_open_chair"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="seat_ends_after_beginning"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
