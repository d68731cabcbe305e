"""Counting: an item is closed and its resolution computed; what follows from it happens in the same transaction."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from committees.actions.agenda import lock_item, refuse_with_votes, words_of_lack
from committees.actions.attendance import lock_live
from committees.actions.meetings import refuse_others
from committees.formulas.quorum import Count, result
from committees.models import AgendaItem, Ballot, Meeting, Resolution
from committees.queries.session import Session, session_of
from committees.queries.subjects import hook, kind_of
from committees.statuses import MeetingStatus, Verdict
from core import clock
from core.audit import record
from core.canonical import sha256_of
from core.refusals import Refused


@transaction.atomic
def close_item(item: AgendaItem, *, by: Any) -> Resolution:
    """Counts one item. Raises Refused while somebody who is able has not voted."""
    refuse_others(by)
    meeting, item = lock_item(item)
    return _close(meeting, [item], by)[0]


@transaction.atomic
def close_bloc(meeting: Meeting, bloc: str, *, by: Any) -> list[Resolution]:
    """Counts every open item of a bloc at once: all or none."""
    refuse_others(by)
    meeting = lock_live(meeting)
    items = list(meeting.items.open().filter(bloc=bloc, taken_out_at=None)) if bloc else []
    if not items:
        raise Refused(_("No vote of this bloc is open."), code="not_open")
    return _close(meeting, items, by)


@transaction.atomic
def defer_item(item: AgendaItem, *, reason: str = "", by: Any) -> Resolution:
    """Puts an item off: where it lacks a quorum the reason is computed, else it is written. No vote is thrown away.

    Raises Refused where votes are cast and can be counted, and without a reason.
    """
    refuse_others(by)
    meeting, item = lock_item(item)
    session = session_of(meeting)
    if meeting.status != MeetingStatus.OPEN or item.closed_at:
        raise Refused(_("An item is deferred in session, before it is closed."), code="wrong_state")
    found = session.quorum(item)
    if found.holds:
        refuse_with_votes(item)
        if not reason.strip():
            raise Refused(_("Give the reason: the minutes print it."), code="no_reason")
    words = reason.strip() or words_of_lack(session, item)
    ballots = list(Ballot.objects.filter(item=item))
    return _write(meeting, session, [(item, ballots)], by, deferred=words)[0]


def _close(meeting: Meeting, items: list[AgendaItem], by: Any) -> list[Resolution]:
    session = session_of(meeting)
    ballots: dict[int, list[Ballot]] = defaultdict(list)
    for ballot in Ballot.objects.filter(item__in=items).order_by("seat"):
        ballots[ballot.item_id].append(ballot)
    for item in items:
        if item.opened_at is None or item.closed_at is not None:
            raise Refused(_("The vote on this item is not open."), code="not_open")
        waiting = session.able(item) - {ballot.seat_id for ballot in ballots[item.pk]}
        if waiting and session.quorum(item).holds:
            raise Refused(
                _("Not everybody has voted yet. Waiting for: %(count)s. Who has left is noted as absent first.")
                % {"count": len(waiting)},
                code="votes_missing",
            )
    made = _write(meeting, session, [(item, ballots[item.pk]) for item in items], by)
    _follow(made, by)
    return made


def _write(
    meeting: Meeting,
    session: Session,
    rows: Iterable[tuple[AgendaItem, list[Ballot]]],
    by: Any,
    *,
    deferred: str = "",
) -> list[Resolution]:
    """Closes the items and writes what was counted; the database counts again."""
    now, made = clock.now(), []
    rows = list(rows)
    AgendaItem.objects.filter(pk__in=[item.pk for item, _ballots in rows]).update(closed_at=now)
    for item, ballots in rows:
        item.closed_at = now
        made.append(resolution_of(session, item, ballots, deferred))
    Resolution.objects.bulk_create(made)
    data = {"resolutions": {one.item.public_id: [one.verdict, one.sha256] for one in made}}
    record("meeting.resolve", meeting, by=by, data=data)
    return made


def resolution_of(session: Session, item: AgendaItem, ballots: list[Ballot], deferred: str = "") -> Resolution:
    """The counted result of an item with its hash, not stored yet; `deferred` is why it is put off."""
    found, votes = session.quorum(item), session.votes(item, ballots)
    counted = Count(Verdict.DEFERRED, found.able) if deferred else result(session.rule, found, votes)
    reason = deferred or (words_of_lack(session, item) if counted.verdict == Verdict.DEFERRED else "")
    row = Resolution(
        item=item,
        verdict=counted.verdict,
        appointed=found.appointed,
        base=found.base,
        needed=found.needed,
        present=found.present,
        able=found.able,
        votes_for=votes.votes_for,
        votes_against=votes.against,
        votes_abstain=votes.abstain,
        is_by_casting_vote=counted.is_by_casting_vote,
        reason=reason[:300],
    )
    row.sha256 = sha256_of(content_of(row, ballots))
    return row


def content_of(resolution: Resolution, ballots: list[Ballot]) -> dict[str, Any]:
    """What the hash of a resolution is taken over: anybody can compute it again from the rows."""
    return {
        "item": resolution.item.public_id,
        "verdict": resolution.verdict,
        "counts": resolution.counts,
        "ballots": sorted([ballot.seat_id, ballot.choice, ballot.is_bloc] for ballot in ballots),
    }


def _follow(made: list[Resolution], by: Any) -> None:
    """What follows from the resolutions, in the app that put the items on the agenda."""
    by_kind: dict[str, list[Resolution]] = defaultdict(list)
    for resolution in made:
        by_kind[kind_of(resolution.item)].append(resolution)
    for kind, resolutions in by_kind.items():
        follow = hook(kind, "resolved")
        if follow:
            follow(resolutions, by=by)
