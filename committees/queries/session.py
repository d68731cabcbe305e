"""Who sits in which place of a meeting, for each item: the rows behind the formulas of quorum."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from committees.formulas.quorum import Place, Quorum, Restoring, Rule, Votes, quorum, restoring
from committees.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Committee,
    ConflictDeclaration,
    Declaration,
    Meeting,
    Seat,
    Substitution,
)
from committees.statuses import VOTING, Choice, MeetingStatus, SeatRole
from core import clock


@dataclass(frozen=True)
class Sitting:
    """A place and who sits in it."""

    member: Seat
    sitter: Seat
    is_present: bool
    is_recused: bool

    @property
    def is_able(self) -> bool:
        """Here, and without a conflict of interest."""
        return self.is_present and not self.is_recused


@dataclass
class Session:
    """A meeting's seats and what was noted about them; `sittings(item)` puts them together."""

    meeting: Meeting
    rule: Rule
    seats: dict[int, Seat]
    attendance: dict[int, Attendance]
    declared: set[int]
    conflicts: dict[int, dict[int, list[ConflictDeclaration]]]  # item -> seat -> rows
    substituted: dict[int | None, dict[int, int]] = field(default_factory=dict)  # item or None -> member -> alternate

    @cached_property
    def members(self) -> list[Seat]:
        """The appointed: the chair first."""
        voting = [seat for seat in self.seats.values() if seat.role in VOTING]
        return sorted(voting, key=lambda seat: (seat.role != SeatRole.CHAIR, seat.pk))

    @cached_property
    def alternates(self) -> list[Seat]:
        """Those who may sit in a member's place."""
        return [seat for seat in self.seats.values() if seat.role == SeatRole.ALTERNATE]

    def is_present(self, seat: Seat) -> bool:
        """Noted as present, in the room or from afar."""
        return seat.pk in self.attendance and self.attendance[seat.pk].is_present

    def sittings(self, item: AgendaItem | None) -> list[Sitting]:
        """Every place of an item (of the meeting at large without one)."""
        recused = self.conflicts.get(item.pk, {}) if item else {}
        own = self.substituted.get(item.pk, {}) if item else {}
        whole = self.substituted.get(None, {})
        found = []
        for member in self.members:
            sitter = self.seats.get(own.get(member.pk) or whole.get(member.pk) or member.pk, member)
            found.append(Sitting(member, sitter, self.is_present(sitter), sitter.pk in recused))
        return found

    def able(self, item: AgendaItem) -> set[int]:
        """Keys of the seats that vote on an item."""
        return {sitting.sitter.pk for sitting in self.sittings(item) if sitting.is_able}

    def quorum(self, item: AgendaItem | None = None) -> Quorum:
        """Of the meeting at large as it stands, or of an item: before the session as if everybody came."""
        return quorum(self.rule, self._places(item))

    def restoring(self, item: AgendaItem | None = None) -> Restoring | None:
        """Which alternates would bring the quorum back; None where it holds."""
        sitting = {one.sitter.pk for one in self.sittings(item)}
        recused = self.conflicts.get(item.pk, {}) if item else {}
        free = [one.pk for one in self.alternates if one.pk not in sitting and one.pk not in recused]
        return restoring(self.rule, self._places(item), free)

    def votes(self, item: AgendaItem, ballots: Iterable[Ballot]) -> Votes:
        """The counted ballots of an item: those of seats that turned out to have a conflict are left out."""
        recused = self.conflicts.get(item.pk, {})
        counted = {ballot.seat_id: ballot.choice for ballot in ballots if ballot.seat_id not in recused}
        chosen = list(counted.values())
        chair = next((counted.get(seat.pk) for seat in self.members if seat.role == SeatRole.CHAIR), None)
        return Votes(chosen.count(Choice.FOR), chosen.count(Choice.AGAINST), chosen.count(Choice.ABSTAIN), chair)

    def _places(self, item: AgendaItem | None) -> list[Place]:
        is_early = item is not None and self.meeting.status == MeetingStatus.PLANNED
        return [Place(sitting.is_present or is_early, sitting.is_recused) for sitting in self.sittings(item)]


def rule_of(committee: Committee) -> Rule:
    """The committee's own rule."""
    return Rule(
        committee.quorum_parts,
        committee.quorum_whole,
        committee.quorum_base,
        committee.majority,
        committee.has_casting_vote,
    )


def session_of(meeting: Meeting) -> Session:
    """Six queries, however long the agenda is."""
    seats = Seat.objects.on(meeting.held_on or clock.day_of(meeting.starts_at)).filter(committee=meeting.committee_id)
    conflicts: dict[int, dict[int, list[ConflictDeclaration]]] = defaultdict(lambda: defaultdict(list))
    for row in ConflictDeclaration.objects.standing().filter(item__meeting=meeting).order_by("pk"):
        conflicts[row.item_id][row.seat_id].append(row)
    substituted: dict[int | None, dict[int, int]] = defaultdict(dict)
    for item, member, alternate in Substitution.objects.filter(meeting=meeting).values_list(
        "item", "replaces", "alternate"
    ):
        substituted[item][member] = alternate
    return Session(
        meeting=meeting,
        rule=rule_of(meeting.committee),
        seats={seat.pk: seat for seat in seats.select_related("user")},
        attendance={row.seat_id: row for row in Attendance.objects.filter(meeting=meeting)},
        declared=set(Declaration.objects.filter(meeting=meeting).values_list("seat", flat=True)),
        conflicts={item: dict(rows) for item, rows in conflicts.items()},
        substituted=dict(substituted),
    )
