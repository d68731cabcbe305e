"""Sessions of the commission: who came, what they declared, ballots by name, resolutions counted from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from committees.actions.results import resolution_of
from committees.models import (
    AgendaItem,
    Attendance,
    Ballot,
    ConflictDeclaration,
    Declaration,
    Dissent,
    Meeting,
    Observer,
    Resolution,
    Substitution,
)
from committees.queries.session import session_of
from committees.statuses import VOTING, Choice, ConflictSource, MeetingStatus
from grants.models import Conflict
from grants.statuses import ConflictKind, Outcome
from portal.demo.agenda import Convened, Point, member
from portal.demo.commission import DOOR
from portal.demo.invention import data
from portal.demo.papers import BATCH
from portal.demo.season import Season

BLOCS = (Outcome.AWARD, Outcome.RESERVE, Outcome.DECLINE)
RECUSED = "lisitsyn"  # has a conflict of interest with one application
LOUD = ("hvan", "rakhmanov")  # vote otherwise where the commission departs from the ranking
TAKEN_OUT = 3


@dataclass
class Room:
    """Who is there: by words of commission.json."""

    absent: str
    alternate: str = ""  # in the place of who is absent
    remote: str = ""
    leaves_open: str = ""  # a bloc whose vote waits for the member of the door

    def voters(self, season: Season) -> list[str]:
        """Words of the seats that vote."""
        here = [key for key, seat in season.seats.items() if seat.role in VOTING and key != self.absent]
        return [*here, self.alternate] if self.alternate else here

    def waits_for(self, points: list[Point]) -> bool:
        """Whether this is the bloc whose vote stays open."""
        return bool(self.leaves_open) and points[0].is_bloc and points[0].item.bloc == self.leaves_open


def hold(season: Season, convened: Convened, room: Room, number: int) -> list[list[Point]]:
    """Opens the session and votes, bloc by bloc, then on what is voted on alone; returns what was voted together.

    A bloc that `room` leaves open is opened last and waits for one vote.
    """
    _gather(season, convened, room)
    _declare(season, convened, room)
    opened_at, by = convened.at(season, 5), season.accounts["secretary"]
    held_on = season.days.at(convened.day).date()
    Meeting.objects.filter(pk=convened.meeting.pk).update(
        status=MeetingStatus.OPEN, number=number, held_on=held_on, opened_at=opened_at
    )
    convened.meeting.refresh_from_db()
    between = (MeetingStatus.PLANNED.value, MeetingStatus.OPEN.value)
    season.history.move(opened_at, "meeting", "open", convened.meeting, between, by=by, number=number)
    if not room.leaves_open:
        _take_out(season, convened)
    return _vote(season, convened, room)


def _gather(season: Season, convened: Convened, room: Room) -> None:
    """Attendance, the alternate in an absent member's place, observers."""
    meeting, by, at = convened.meeting, season.accounts["secretary"], convened.at(season, -10)
    voters, rows = room.voters(season), []
    for key, seat in season.seats.items():
        is_present = key in voters or key == "secretary"
        facts = {"is_present": is_present, "is_remote": is_present and key == room.remote}
        rows.append(Attendance(meeting=meeting, seat=seat, noted_at=at, noted_by=by, **facts))
        season.history.add(at, "meeting.attendance", meeting, by=by, seat=seat.pk, **facts)
    Attendance.objects.bulk_create(rows)
    if room.alternate:
        seats = {"alternate": season.seats[room.alternate], "replaces": season.seats[room.absent]}
        Substitution.objects.create(meeting=meeting, noted_at=at, noted_by=by, **seats)
        keys = {name: seat.pk for name, seat in seats.items()}
        season.history.add(at, "meeting.substitute", meeting, by=by, **keys, item="")
    for observer in Observer.objects.filter(meeting=meeting).order_by("pk"):
        noted = {"observer": observer.pk, "is_present": True, "is_remote": False}
        season.history.add(at, "meeting.observer", meeting, by=by, **noted)
    Observer.objects.filter(meeting=meeting).update(is_present=True)


def _declare(season: Season, convened: Convened, room: Room) -> None:
    """Everybody who votes says it in the morning; one names an application of somebody they worked with."""
    meeting, rows = convened.meeting, []
    for place, key in enumerate(room.voters(season)):
        at, seat = convened.at(season, -60 + 4 * place), season.seats[key]
        named = [_point_of_recusal(convened)] if key == RECUSED else []
        rows.append(Declaration(meeting=meeting, seat=seat, declared_at=at))
        for point in named:
            _recuse(season, point, at)
        facts = {"seat": seat.pk, "items": [point.item.public_id for point in named], "first": True}
        season.history.add(at, "meeting.declare", meeting, by=member(season, key), **facts)
    Declaration.objects.bulk_create(rows)


def _point_of_recusal(convened: Convened) -> Point:
    """High in the ranking and voted on in its bloc."""
    blocs = [point for point in convened.points if point.is_bloc]
    return blocs[min(2, len(blocs) - 1)]


def _recuse(season: Season, point: Point, at: datetime) -> None:
    person, note = member(season, RECUSED), data("commission")["recusal"]
    ConflictDeclaration.objects.create(
        item=point.item, seat=season.seats[RECUSED], source=ConflictSource.DECLARED, note=note, found_at=at
    )
    conflict = Conflict.objects.create(
        person=person,
        application=point.case.row,
        kind=ConflictKind.DECLARED,
        note=note,
        found_at=at,
        found_by=person,
    )
    facts = {"application": point.case.public_id, "person": person.pk, "kind": ConflictKind.DECLARED.value}
    season.history.add(at, "conflict.write", conflict, by=person, **facts)


def _take_out(season: Season, convened: Convened) -> None:
    """Members have a few items of a bloc voted on alone."""
    blocs = [point for point in convened.points if point.item.bloc == Outcome.DECLINE]
    for place, point in enumerate(blocs[:TAKEN_OUT]):
        key, at = (DOOR, "chair", "tleubaeva")[place], convened.at(season, 8 + place)
        seat = season.seats[key]
        point.item.taken_out_at, point.item.taken_out_by, point.is_bloc = at, seat, False
        AgendaItem.objects.filter(pk=point.item.pk).update(taken_out_at=at, taken_out_by=seat)
        facts = {"seat": seat.pk, "bloc": point.item.bloc}
        season.history.add(at, "item.take_out", point.item, by=member(season, key), **facts)


def _vote(season: Season, convened: Convened, room: Room) -> list[list[Point]]:
    """One matter at a time."""
    together = [[p for p in convened.points if p.is_bloc and p.item.bloc == bloc] for bloc in BLOCS]
    turns = [points for points in together if points] + [[p] for p in convened.points if not p.is_bloc]
    turns.sort(key=room.waits_for)
    done = []
    for turn, points in enumerate(turns):
        opened_at = convened.at(season, 15 + 12 * turn)
        waits = room.waits_for(points)
        ballots = _cast(season, room, points, opened_at, waits=waits)
        if not waits:
            _close(season, convened, points, ballots, opened_at + timedelta(minutes=10))
            done.append(points)
    return done


def _cast(season: Season, room: Room, points: list[Point], opened_at: datetime, *, waits: bool) -> list[Ballot]:
    """The vote is opened, and everybody who is able votes, each with one press."""
    AgendaItem.objects.filter(pk__in=[point.item.pk for point in points]).update(opened_at=opened_at)
    items, by = [point.item.public_id for point in points], season.accounts["secretary"]
    season.history.add(opened_at, "meeting.open_vote", points[0].item.meeting, by=by, items=items)
    recused = set(ConflictDeclaration.objects.filter(item__in=[p.item.pk for p in points]).values_list("item", "seat"))
    ballots = []
    for place, key in enumerate(room.voters(season)):
        seat, at = season.seats[key], opened_at + timedelta(minutes=1, seconds=50 * place)
        own = [point for point in points if (point.item.pk, seat.pk) not in recused]
        if (waits and key == DOOR) or not own:
            continue
        ballots += [
            Ballot(
                item=point.item,
                seat=seat,
                choice=_choice(point, key),
                is_bloc=point.is_bloc,
                cast_at=at,
                cast_by=seat.user,
            )
            for point in own
        ]
        facts = {"seat": seat.pk, "items": [point.item.public_id for point in own], "is_bloc": own[0].is_bloc}
        season.history.add(at, "meeting.ballot", own[0].item, by=seat.user, **facts)
    return Ballot.objects.bulk_create(ballots, batch_size=BATCH)


def _choice(point: Point, key: str) -> str:
    """Not of one mind where the commission declines what stood above the line, nor where a member asked to look."""
    ruling = point.case.ruling
    if ruling.motive and ruling.outcome == Outcome.DECLINE and key in LOUD:
        return Choice.AGAINST
    if (ruling.motive and key == LOUD[1]) or (point.item.bloc == Outcome.RESERVE and key == LOUD[0]):
        return Choice.ABSTAIN
    return Choice.AGAINST if not point.is_bloc and point.item.bloc and key == DOOR else Choice.FOR


def _close(season: Season, convened: Convened, points: list[Point], ballots: list[Ballot], at: datetime) -> None:
    """Counts, and writes down what was counted; the database counts again."""
    AgendaItem.objects.filter(pk__in=[point.item.pk for point in points]).update(closed_at=at)
    session, by_item = session_of(convened.meeting), dict[int, list[Ballot]]()
    for ballot in ballots:
        by_item.setdefault(ballot.item_id, []).append(ballot)
    made = []
    for point in points:
        point.item.closed_at = at
        row = resolution_of(session, point.item, by_item[point.item.pk])
        row.public_id, row.resolved_at = season.invent.public_id(), at
        point.case.ruling.resolution, point.case.ruling.staged_at = row, at
        made.append(row)
    Resolution.objects.bulk_create(made, batch_size=BATCH)
    data_of = {"resolutions": {one.item.public_id: [one.verdict, one.sha256] for one in made}}
    by = season.accounts["secretary"]
    season.history.add(at, "meeting.resolve", convened.meeting, by=by, **data_of)


def write_dissent(season: Season, points: Iterable[Point]) -> None:
    """Of the member who voted against the first departure."""
    departed = [p for p in points if p.case.ruling.motive and p.case.ruling.outcome == Outcome.DECLINE]
    for point in departed[:1]:
        words, seat = data("commission")["dissent"], season.seats[LOUD[0]]
        assert point.item.closed_at is not None
        at = point.item.closed_at + timedelta(minutes=2)
        Dissent.objects.create(item=point.item, seat=seat, written_at=at, **words)
        season.history.add(at, "item.dissent", point.item, by=seat.user, seat=seat.pk)


def close(season: Season, convened: Convened) -> datetime:
    """Ends the session a quarter of an hour after the last vote."""
    last = max(point.item.closed_at for point in convened.points if point.item.closed_at)
    at, by = last + timedelta(minutes=15), season.accounts["secretary"]
    Meeting.objects.filter(pk=convened.meeting.pk).update(status=MeetingStatus.CLOSED, closed_at=at)
    convened.meeting.refresh_from_db()
    between = (MeetingStatus.OPEN.value, MeetingStatus.CLOSED.value)
    season.history.move(at, "meeting", "close", convened.meeting, between, by=by)
    return at
