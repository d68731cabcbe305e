"""The agenda: items are put on it, taken out of their bloc, opened for the vote, deferred."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from committees.actions.attendance import lock_live
from committees.actions.declarations import own_seat
from committees.actions.meetings import refuse_others
from committees.models import AgendaItem, Ballot, Meeting
from committees.queries.session import Session, session_of
from committees.queries.subjects import hook, kind_of
from committees.statuses import MeetingStatus
from core import clock
from core.audit import record
from core.refusals import Refused


@dataclass(frozen=True)
class ItemDraft:
    """What one item proposes, in both languages; `motive` where it departs from what the rules propose."""

    subject: str
    reference: str
    titles: tuple[str, str]
    proposals: tuple[str, str]
    bloc: str = ""
    motives: tuple[str, str] = ("", "")


@transaction.atomic
def add_items(meeting: Meeting, drafts: Iterable[ItemDraft], *, by: Any) -> list[AgendaItem]:
    """Puts items at the end of the agenda, in their order. Raises Refused for a meeting that is over."""
    refuse_others(by)
    meeting = lock_live(meeting)
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=position,
            bloc=draft.bloc,
            reference=draft.reference,
            subject=draft.subject,
            title_kk=draft.titles[0],
            title_ru=draft.titles[1],
            proposal_kk=draft.proposals[0],
            proposal_ru=draft.proposals[1],
            motive_kk=draft.motives[0],
            motive_ru=draft.motives[1],
        )
        for position, draft in enumerate(drafts, start=last + 1)
    )
    record("meeting.agenda", meeting, by=by, data={"items": [item.public_id for item in items]})
    return items


def lock_item(item: AgendaItem) -> tuple[Meeting, AgendaItem]:
    """The meeting, locked, and the item fresh: whatever moves an item holds its meeting."""
    meeting = lock_live(item.meeting)
    return meeting, meeting.items.get(pk=item.pk)


@transaction.atomic
def take_out(item: AgendaItem, *, by: Any) -> AgendaItem:
    """Any member has an item voted on alone. Raises Refused once the vote has begun, and outside of a bloc."""
    meeting, item = lock_item(item)
    seat = own_seat(meeting, by)
    if item.opened_at or item.closed_at:
        raise Refused(_("The vote on this item has begun: it stays in its bloc."), code="vote_open")
    if not item.bloc or item.taken_out_at:
        raise Refused(_("This item is voted on alone already."), code="no_bloc")
    item.taken_out_at, item.taken_out_by = clock.now(), seat
    item.save(update_fields=["taken_out_at", "taken_out_by"])
    record("item.take_out", item, by=by, data={"seat": seat.pk, "bloc": item.bloc})
    return item


@transaction.atomic
def open_item(item: AgendaItem, *, by: Any) -> AgendaItem:
    """Opens the vote on one item. Raises Refused without a quorum, naming the alternates who would restore it."""
    refuse_others(by)
    meeting, item = lock_item(item)
    _refuse_unready(meeting, item)
    _refresh_conflicts(meeting, {kind_of(item)}, by)
    session = session_of(meeting)
    if not session.quorum(item).holds:
        raise Refused(words_of_lack(session, item), code="no_quorum")
    _open([item], meeting, by)
    return item


@transaction.atomic
def open_bloc(meeting: Meeting, bloc: str, *, by: Any) -> list[AgendaItem]:
    """Opens every item of a bloc that nobody took out; those that recusals leave without a quorum stay for later.

    Raises Refused where none is left.
    """
    refuse_others(by)
    meeting = lock_live(meeting)
    waiting = list(meeting.items.filter(bloc=bloc, taken_out_at=None, opened_at=None, closed_at=None)) if bloc else []
    _refresh_conflicts(meeting, {kind_of(item) for item in waiting}, by)
    session = session_of(meeting)
    items = [item for item in waiting if session.quorum(item).holds]
    if not items:
        raise Refused(_("No item of this bloc can be opened: look at the quorum of each."), code="no_quorum")
    _refuse_unready(meeting, items[0])
    _open(items, meeting, by)
    return items


def _refresh_conflicts(meeting: Meeting, kinds: set[str], by: Any) -> None:
    """Who became a conflict since the agenda was made takes no part: the app of the item looks at the data again."""
    for kind in sorted(kinds):
        refresh = hook(kind, "refresh")
        if refresh:
            refresh(meeting, by=by)


def _refuse_unready(meeting: Meeting, item: AgendaItem) -> None:
    if meeting.status != MeetingStatus.OPEN:
        raise Refused(_("Open the meeting first: votes are cast in session."), code="wrong_state")
    if item.opened_at or item.closed_at:
        raise Refused(_("The vote on this item has begun already."), code="vote_open")
    if meeting.items.open().exists():
        raise Refused(
            _("Another vote is open. Close it first: members vote on one matter at a time."), code="other_open"
        )


def _open(items: list[AgendaItem], meeting: Meeting, by: Any) -> None:
    now = clock.now()
    AgendaItem.objects.filter(pk__in=[item.pk for item in items]).update(opened_at=now)
    for item in items:
        item.opened_at = now
    record("meeting.open_vote", meeting, by=by, data={"items": [item.public_id for item in items]})


def words_of_lack(session: Session, item: AgendaItem) -> str:
    """Why an item has no quorum, and who would restore it."""
    found, back = session.quorum(item), session.restoring(item)
    sentence = _("Able to vote: %(able)s, needed: %(needed)s.") % {"able": found.able, "needed": found.needed}
    if back is None or not back.who:
        return f"{sentence} {_('No alternate is free for this item.')}"
    names = ", ".join(str(session.seats[key].user) for key in back.who)
    more = _("Alternates needed: %(count)s. Free for this item: %(names)s.") % {"count": back.needed, "names": names}
    return f"{sentence} {more}"


def refuse_with_votes(item: AgendaItem) -> None:
    """Raises Refused where ballots are cast: then the vote is counted, not put off."""
    if Ballot.objects.filter(item=item).exists():
        raise Refused(_("Votes are cast already: close the item, they will be counted."), code="voted")
