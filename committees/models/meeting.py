"""A meeting: its notice, who came, who observed, who sat in whose place."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees import policy
from committees.models.committee import Committee, Seat
from committees.statuses import MeetingStatus
from core import clock
from core.public_id import PublicIdField
from core.text import Localized


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Words about meetings."""

    def visible_to(self, user: Any) -> Self:
        """All to those who prepare and check; to a member those of the own committees."""
        if policy.may_read_meetings(user):
            return self
        if not user.is_authenticated:
            return self.none()
        return self.filter(committee__in=Seat.objects.on(clock.today()).filter(user=user).values("committee"))


class Meeting(models.Model):
    """A meeting of a committee: planned with a notice and an agenda, opened, closed; its number is gap-free."""

    public_id = PublicIdField()
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name=_("committee"))
    number = models.PositiveIntegerField(_("number"), null=True, editable=False)
    starts_at = models.DateTimeField(_("begins"))
    place_kk = models.CharField(_("place in Kazakh"), max_length=200)
    place_ru = models.CharField(_("place in Russian"), max_length=200)
    status = models.CharField(
        _("status"), max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED, editable=False
    )
    observers_needed = models.PositiveSmallIntegerField(_("observers needed"), default=0)
    notice_sent_at = models.DateTimeField(_("notice sent"), null=True, editable=False)
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    # The day in Almaty on which it is held: whose appointment counts is asked of this day.
    held_on = models.DateField(_("held on"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    cancelled_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("planned by")
    )

    place = Localized()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="one_meeting_number"),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(number__isnull=False, held_on__isnull=False),
                name="opened_meeting_has_number",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="meeting_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} · {self.number or '—'}"


class Attendance(models.Model):
    """Whether a seat came, in the room or from afar; the secretary notes it, a later note replaces it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    is_present = models.BooleanField(_("present"), default=False)
    is_remote = models.BooleanField(_("from afar"), default=False)
    noted_at = models.DateTimeField(_("noted"), default=clock.now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="one_attendance")]


class Substitution(models.Model):
    """An alternate in a member's place: for the whole meeting, or for one item that recusals leave short."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="substitutions")
    item = models.ForeignKey("committees.AgendaItem", models.PROTECT, null=True, related_name="substitutions")
    alternate = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    replaces = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("noted"), default=clock.now)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "alternate"], condition=Q(item=None), name="one_place_for_an_alternate"
            ),
            models.UniqueConstraint(
                fields=["meeting", "replaces"], condition=Q(item=None), name="one_alternate_for_a_place"
            ),
            models.UniqueConstraint(
                fields=["item", "alternate"], condition=Q(item__isnull=False), name="one_place_for_an_item"
            ),
            models.UniqueConstraint(
                fields=["item", "replaces"], condition=Q(item__isnull=False), name="one_alternate_for_an_item"
            ),
        ]


class Observer(models.Model):
    """Who watches without a vote: invited by name, counted in attendance, named in the minutes.

    Their live page has an address of its own; only the hash of its token is kept.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="observers")
    name = models.CharField(_("name"), max_length=200)
    body = models.CharField(_("whom they represent"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="kk")
    invited_at = models.DateTimeField(_("invited"), default=clock.now)
    is_present = models.BooleanField(_("present"), default=False)
    is_remote = models.BooleanField(_("from afar"), default=False)
    live_token_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("observer")
        verbose_name_plural = _("observers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
