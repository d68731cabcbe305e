"""What observers read: a closed list of plain values, so that nothing personal can slip in with a row."""

from dataclasses import dataclass
from datetime import datetime

from committees.formulas.quorum import Quorum
from committees.models import Meeting
from committees.queries.agenda import ItemRow, bloc_name, rows_of
from committees.queries.session import session_of


@dataclass(frozen=True)
class LiveItem:
    """One item: its number and proposal, its state, and once it is closed its counts."""

    position: int
    reference: str
    bloc: str
    proposal: str
    state: str
    verdict: str
    verdict_words: str
    counts: tuple[int, int, int]
    able: int
    needed: int
    voted: int
    departs: bool


@dataclass(frozen=True)
class Live:
    """The session as it stands."""

    committee: str
    number: int | None
    status: str
    status_words: str
    starts_at: datetime
    quorum: Quorum
    observers: int
    observers_needed: int
    items: list[LiveItem]


def live_page(meeting: Meeting) -> Live:
    """Nine queries, however long the agenda is."""
    session = session_of(meeting)
    return Live(
        committee=str(meeting.committee.name),
        number=meeting.number,
        status=meeting.status,
        status_words=str(meeting.get_status_display()),
        starts_at=meeting.starts_at,
        quorum=session.quorum(),
        observers=meeting.observers.filter(is_present=True).count(),
        observers_needed=meeting.observers_needed,
        items=[_item(row) for row in rows_of(meeting, session)],
    )


def _item(row: ItemRow) -> LiveItem:
    done, quorum = row.resolution, row.quorum
    return LiveItem(
        position=row.item.position,
        reference=row.item.reference,
        bloc=bloc_name(row.item) if row.item.bloc else "",
        proposal=str(row.item.proposal),
        state=row.state,
        verdict=done.verdict if done else "",
        verdict_words=str(done.get_verdict_display()) if done else "",
        counts=(done.votes_for, done.votes_against, done.votes_abstain) if done else (0, 0, 0),
        able=done.able if done else quorum.able,
        needed=done.needed if done else quorum.needed,
        voted=len(row.ballots),
        departs=bool(row.item.motive_kk),
    )
