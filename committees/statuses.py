"""Every state and choice of the committees app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitteeKind(models.TextChoices):
    """What a committee decides on."""

    GRANT = "grant", _("Grant commission")
    APPEAL = "appeal", _("Appeal commission")
    INVESTMENT = "investment", _("Investment committee")


class QuorumBase(models.TextChoices):
    """Of whom the quorum is a part."""

    APPOINTED = "appointed", _("all appointed members")
    ABLE = "able", _("members without a conflict of interest")


class Majority(models.TextChoices):
    """Of whom more than half must vote for."""

    ABLE = "able", _("those present and able to vote")
    APPOINTED = "appointed", _("all appointed members")


class SeatRole(models.TextChoices):
    """What a seat does; the secretary has no vote, an alternate votes in the place of a member."""

    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Member")
    ALTERNATE = "alternate", _("Alternate")
    SECRETARY = "secretary", _("Secretary")


VOTING = frozenset({SeatRole.CHAIR, SeatRole.MEMBER})


class MeetingStatus(models.TextChoices):
    """A meeting's life."""

    PLANNED = "planned", _("Planned")
    OPEN = "open", _("In session")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


MEETING_MARKS = {
    MeetingStatus.PLANNED: ("wait", "clock"),
    MeetingStatus.OPEN: ("info", "half"),
    MeetingStatus.CLOSED: ("good", "check"),
    MeetingStatus.CANCELLED: ("neutral", "dash"),
}


class ConflictSource(models.TextChoices):
    """Where a conflict of interest of a seat with an item comes from."""

    DECLARED = "declared", _("Declared by the member")
    COMPUTED = "computed", _("Found in the data")


class Choice(models.TextChoices):
    """A vote by name."""

    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstain")


class Verdict(models.TextChoices):
    """What became of an item of the agenda."""

    ADOPTED = "adopted", _("Adopted")
    REJECTED = "rejected", _("Rejected")
    DEFERRED = "deferred", _("Deferred")
