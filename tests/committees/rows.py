"""A committee in session, brought there by the real actions."""

from typing import Any

from accounts.models import User
from committees.actions import agenda, attendance, declarations, meetings, notices, votes
from committees.models import AgendaItem, Committee, Seat
from committees.statuses import SeatRole
from tests import factories
from tests.commission import plan_meeting


def draft(number: int, *, bloc: str = "") -> agenda.ItemDraft:
    """An item about nothing in particular."""
    return agenda.ItemDraft(
        subject=f"nothing:{number}",
        reference=f"№ {number}",
        titles=(f"{number}-мәселе", f"Вопрос {number}"),
        proposals=("Бекітілсін", "Утвердить"),
        bloc=bloc,
    )


class Room:
    """A committee of so many with alternates, its secretary, and a meeting with items; everybody declared and came."""

    def __init__(self, members: int = 5, *, items: int = 1, blocs: int = 0, alternates: int = 0, **rule: Any) -> None:
        self.secretary = factories.make_staff("secretary")
        self.committee: Committee = factories.make_committee(members, alternates=alternates, **rule)
        self.meeting = plan_meeting(self.committee, by=self.secretary)
        drafts = [draft(number) for number in range(items)]
        drafts += [draft(number, bloc="award") for number in range(100, 100 + blocs)]
        self.items: list[AgendaItem] = agenda.add_items(self.meeting, drafts, by=self.secretary)
        notices.send_notice(self.meeting, by=self.secretary)

    @property
    def seats(self) -> list[Seat]:
        """The chair, the members."""
        seats = self.committee.seats.exclude(role__in=[SeatRole.ALTERNATE, SeatRole.SECRETARY])
        return sorted(seats.select_related("user"), key=lambda seat: (seat.role != SeatRole.CHAIR, seat.pk))

    @property
    def people(self) -> list[User]:
        """Whose seats these are."""
        return [seat.user for seat in self.seats]

    @property
    def alternates(self) -> list[Seat]:
        """Who may sit in a member's place."""
        return list(self.committee.seats.filter(role=SeatRole.ALTERNATE).select_related("user").order_by("pk"))

    def come(self, *seats: Seat, remote: bool = False) -> None:
        """They declare no conflict and are noted as present."""
        for seat in seats or self.seats:
            declarations.declare(self.meeting, [], by=seat.user)
            attendance.note_attendance(self.meeting, seat, is_present=True, is_remote=remote, by=self.secretary)

    def open(self, *seats: Seat) -> "Room":
        """In session, with these seats (all of them by default)."""
        self.come(*seats)
        self.meeting = meetings.open_meeting(self.meeting, by=self.secretary)
        return self

    def vote(self, item: AgendaItem, *choices: str) -> None:
        """Opens the item; the chair votes first, then the members in their order; None leaves one out."""
        agenda.open_item(item, by=self.secretary)
        for seat, choice in zip(self.seats, choices, strict=False):
            if choice:
                votes.cast_ballot(item, choice, by=seat.user)
