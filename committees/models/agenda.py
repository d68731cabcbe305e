"""Items of an agenda, and who may not take part in which of them."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from committees.models.committee import Seat
from committees.models.meeting import Meeting
from committees.statuses import ConflictSource
from core import clock
from core.public_id import PublicIdField
from core.text import Localized


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Words about items."""

    def open(self) -> Self:
        """Being voted on now."""
        return self.filter(opened_at__isnull=False, closed_at=None)

    def visible_to(self, user: Any) -> Self:
        """Of the meetings that the person may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))


class AgendaItem(models.Model):
    """One proposal to vote on. It knows no domain: `grants` and `funds` hold a one-to-one to it.

    Items of one `bloc` are voted together until a member takes one out; a ballot is stored for each item all the same.
    """

    public_id = PublicIdField()
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    bloc = models.CharField(_("bloc"), max_length=20, blank=True)
    # A number that observers may read; the titles are for those who sit.
    reference = models.CharField(_("number"), max_length=40, blank=True)
    title_kk = models.CharField(_("title in Kazakh"), max_length=300)
    title_ru = models.CharField(_("title in Russian"), max_length=300)
    proposal_kk = models.CharField(_("proposal in Kazakh"), max_length=500)
    proposal_ru = models.CharField(_("proposal in Russian"), max_length=500)
    # A departure from what the rules propose needs a motive, printed in the minutes.
    motive_kk = models.TextField(_("motive in Kazakh"), blank=True)
    motive_ru = models.TextField(_("motive in Russian"), blank=True)
    subject = models.CharField(_("subject"), max_length=60, blank=True, help_text="type:public_id, for the audit")
    taken_out_at = models.DateTimeField(_("taken out of its bloc"), null=True, editable=False)
    taken_out_by = models.ForeignKey(Seat, models.PROTECT, null=True, editable=False, related_name="+")
    opened_at = models.DateTimeField(_("vote opened"), null=True, editable=False)
    closed_at = models.DateTimeField(_("vote closed"), null=True, editable=False)
    title = Localized()
    proposal = Localized()
    motive = Localized()

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item of the agenda")
        verbose_name_plural = _("items of the agenda")
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at=None) | Q(closed_at__gte=F("opened_at")),
                name="item_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(taken_out_at=None, taken_out_by=None)
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="item_taken_out_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Declaration(models.Model):
    """A seat said before the papers which items it has a conflict with (perhaps none); append-only."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="declarations")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("declared"), default=clock.now)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="one_declaration")]


class ConflictDeclarationQuerySet(models.QuerySet["ConflictDeclaration"]):
    """Words about conflicts of interest of seats."""

    def standing(self) -> Self:
        """Not lifted since."""
        return self.filter(lifting=None)


class ConflictDeclaration(models.Model):
    """A seat may not take part in an item (append-only): declared, or found in the data. No papers, no ballot."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="conflicts")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=10, choices=ConflictSource.choices)
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    found_at = models.DateTimeField(_("found"), default=clock.now)

    objects = ConflictDeclarationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest of a member")
        verbose_name_plural = _("conflicts of interest of members")
        constraints = [models.UniqueConstraint(fields=["item", "seat", "source", "kind"], name="one_seat_conflict")]


class ConflictLifting(models.Model):
    """A match that was found in the data keeps a seat from an item no more (append-only): two persons lifted it.

    Before the vote on the item is opened; what was declared is never lifted.
    """

    conflict = models.OneToOneField(ConflictDeclaration, models.PROTECT, related_name="lifting")
    lifted_at = models.DateTimeField(_("lifted"), default=clock.now)

    class Meta:
        verbose_name = _("lifted conflict of a member")
        verbose_name_plural = _("lifted conflicts of members")
