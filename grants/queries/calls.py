"""Reads about calls for the public pages."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from grants.models import Award, Call
from grants.statuses import CallStatus
from questionnaires.queries.content import texts_of


@dataclass
class CallsByTime:
    """Published calls by the server clock."""

    open: list[Call] = field(default_factory=list)
    upcoming: list[Call] = field(default_factory=list)
    past: list[Call] = field(default_factory=list)


def calls_by_time() -> CallsByTime:
    """Every published call in its group: what closes first stands first, what closed last stands first. One query."""
    groups = CallsByTime()
    for call in Call.objects.public().select_related("programme_year__programme").order_by("closes_at"):
        if call.is_open:
            groups.open.append(call)
        elif call.is_upcoming:
            groups.upcoming.append(call)
        else:
            groups.past.insert(0, call)
    return groups


@dataclass(frozen=True)
class CallStanding:
    """Where a call stands, as everybody may read it."""

    label: str
    tone: str
    shape: str


def standing_of(call: Call) -> CallStanding:
    """The word and the shape of a call's status and clock together."""
    if call.status == CallStatus.DRAFT:
        return CallStanding(_("Draft, only staff see it"), "neutral", "ring")
    if call.status == CallStatus.CANCELLED:
        return CallStanding(_("Cancelled"), "bad", "cross")
    if call.status in (CallStatus.DECIDED, CallStatus.ARCHIVED):
        return CallStanding(_("Decided"), "good", "check")
    if call.closes_at < clock.now():
        return CallStanding(_("Closed, applications are being judged"), "info", "half")
    if call.is_upcoming:
        return CallStanding(_("Opens soon"), "wait", "clock")
    return CallStanding(_("Open"), "good", "disc")
