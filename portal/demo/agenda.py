"""Meetings of the commission before their session: planned, an agenda from the frozen ranking, a notice, guests."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import User
from committees.models import AgendaItem, Meeting, Observer
from core.working_days import is_working
from grants.actions.agenda import draft_of
from grants.models import ApplicationItem
from portal.demo import plan
from portal.demo.deciding import frozen_at
from portal.demo.freezing import freeze
from portal.demo.invention import data
from portal.demo.papers import BATCH
from portal.demo.season import Case, Season

STARTS = 10  # o'clock
TOLD_AFTER = timedelta(minutes=45)  # from the agenda to the notice
CHANGED = timedelta(hours=2)  # a score may be changed for so long before the ranking is frozen


@dataclass(eq=False)
class Point:
    """One item of an agenda with what it proposes, and how it is voted on."""

    case: Case
    item: AgendaItem
    votes: dict[str, str] = field(default_factory=dict)  # word of a seat -> vote
    is_bloc: bool = False


@dataclass
class Convened:
    """A meeting with its points, by rank."""

    meeting: Meeting
    day: int
    points: list[Point]

    def at(self, season: Season, minutes: int) -> datetime:
        """A moment of the session, counted from its beginning."""
        return season.days.at(self.day, STARTS) + timedelta(minutes=minutes)


def convene(season: Season, name: str) -> Convened:
    """Plans the meeting of a call, makes its agenda, sends the notice in time."""
    opened, by = season.calls[name], season.accounts["secretary"]
    rng = season.stream(f"meeting {name}")
    agenda_at = season.days.after(frozen_at(season, name) + CHANGED, opened.wave.reviewed + 1, rng)
    notice_at = agenda_at + TOLD_AFTER
    day = _day(season, name, notice_at)
    meeting = plan_meeting(season, season.days.at(day, STARTS), agenda_at - TOLD_AFTER)
    opened.ranked = freeze(season, opened, opened.inputs, agenda_at)
    cases = sorted(season.judged(name), key=lambda case: case.ruling.rank)
    found = Convened(meeting, day, [_point(season, meeting, place, case) for place, case in enumerate(cases, start=1)])
    _note_agenda(season, found, agenda_at)
    _invite(season, meeting, notice_at - timedelta(minutes=5))
    Meeting.objects.filter(pk=meeting.pk).update(notice_sent_at=notice_at)
    meeting.refresh_from_db()
    told = {"seats": len(season.seats), "items": len(cases)}
    season.history.add(notice_at, "meeting.notice", meeting, by=by, **told)
    return found


def _day(season: Season, name: str, notice_at: datetime) -> int:
    """In time after the notice: of the finished call on its day, of the small one on the last working day."""
    earliest = season.days.working_days_after(notice_at, season.committee.notice_working_days)
    first = (earliest - season.today).days
    if name == plan.FINISHED:
        return next(day for day in range(max(first, plan.WAVES[name].staged), 0) if _is_working(season, day))
    return next((day for day in range(-1, first - 1, -1) if _is_working(season, day)), first)


def _is_working(season: Season, day: int) -> bool:
    return is_working(season.today + timedelta(days=day), season.days.kept)


def plan_meeting(season: Season, starts_at: datetime, at: datetime) -> Meeting:
    """The row as the secretary plans it."""
    committee, by, place = season.committee, season.accounts["secretary"], data("commission")["place"]
    meeting = Meeting.objects.create(
        public_id=season.invent.public_id(),
        committee=committee,
        starts_at=starts_at,
        place_kk=place["kk"],
        place_ru=place["ru"],
        observers_needed=committee.observers_needed,
        made_by=by,
    )
    season.history.add(at, "meeting.plan", meeting, by=by, committee=committee.code, starts_at=starts_at)
    return meeting


def _point(season: Season, meeting: Meeting, place: int, case: Case) -> Point:
    ruling = case.ruling
    draft = draft_of(case.row, ruling.outcome, ruling.amount, bloc=not ruling.motive)
    item = AgendaItem(
        public_id=season.invent.public_id(),
        meeting=meeting,
        position=place,
        bloc=draft.bloc,
        reference=draft.reference,
        subject=draft.subject,
        title_kk=draft.titles[0],
        title_ru=draft.titles[1],
        proposal_kk=draft.proposals[0],
        proposal_ru=draft.proposals[1],
        motive_kk=ruling.motive.get("kk", ""),
        motive_ru=ruling.motive.get("ru", ""),
    )
    return Point(case, item, is_bloc=bool(draft.bloc))


def _note_agenda(season: Season, convened: Convened, at: datetime) -> None:
    """The items, what they propose, and the trail: the agenda by the ranking first, then what departs from it."""
    by, meeting, points = season.accounts["secretary"], convened.meeting, convened.points
    opened = points[0].case.opened
    assert opened.ranked is not None
    AgendaItem.objects.bulk_create([point.item for point in points], batch_size=BATCH)
    ApplicationItem.objects.bulk_create([_proposal(point) for point in points], batch_size=BATCH)
    items = [point.item.public_id for point in points]
    season.history.add(at, "meeting.agenda", meeting, by=by, items=items)
    facts = {"call": opened.call.public_id, "run": opened.ranked.sha256, "items": len(points)}
    season.history.add(at, "agenda.make", meeting, by=by, **facts)
    for number, point in enumerate((p for p in points if p.case.ruling.motive), start=1):
        ruling = point.case.ruling
        departed = {"outcome": ruling.outcome, "amount": ruling.amount}
        season.history.add(at + timedelta(minutes=4 * number), "agenda.depart", point.item, by=by, **departed)


def _proposal(point: Point) -> ApplicationItem:
    ruling, opened = point.case.ruling, point.case.opened
    return ApplicationItem(
        item=point.item,
        application=point.case.row,
        outcome=ruling.outcome,
        amount=ruling.amount,
        currency=opened.call.currency,
        rank=ruling.rank,
        run=opened.ranked,
        departs=bool(ruling.motive),
        reason_kk=ruling.reason["kk"],
        reason_ru=ruling.reason["ru"],
    )


def _invite(season: Season, meeting: Meeting, at: datetime) -> None:
    """Two observers; their live page has an address of its own, of which a hash is kept."""
    rows = data("commission")["observers"]
    observers = [
        Observer(
            meeting=meeting,
            invited_at=at,
            email=f"observer.{row['language']}@demo.test",
            live_token_hash=hashlib.sha256(live_token(season, meeting, row["language"]).encode()).hexdigest(),
            **row,
        )
        for row in rows
    ]
    for observer in Observer.objects.bulk_create(observers):
        season.history.add(
            at, "meeting.invite_observer", meeting, by=season.accounts["secretary"], observer=observer.pk
        )


def live_token(season: Season, meeting: Meeting, language: str) -> str:
    """The same for the same seed, so that the demo's mail can show the link."""
    drawn = season.stream(f"observer {meeting.public_id} {language}")
    return "".join(drawn.choices("abcdefghijkmnpqrstuvwxyz23456789", k=32))


def member(season: Season, key: str) -> User:
    """The person of a seat."""
    return season.seats[key].user
