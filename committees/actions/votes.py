"""Ballots by name: one for an item, or one press for a bloc that is stored as a ballot for each item."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from committees.actions.attendance import lock_live
from committees.actions.declarations import own_seat
from committees.models import AgendaItem, Ballot, Dissent, Meeting, Seat
from committees.queries.seats import sits_in
from committees.queries.session import Session, session_of
from committees.statuses import Choice
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused


@transaction.atomic
def cast_ballot(item: AgendaItem, choice: str, *, by: Any) -> Ballot:
    """The person's vote on one open item; it never changes. Two presses at once give one ballot.

    Raises Refused where the vote is not open, a conflict of interest stands, or the vote is cast; NotAllowed for those
    who do not sit.
    """
    meeting, seat, session = _ready(item.meeting, by)
    item = meeting.items.get(pk=item.pk)
    _refuse_closed(item)
    _refuse_unable(session, seat, item)
    return _cast([item], seat, choice, is_bloc=False, by=by)[0]


@transaction.atomic
def cast_bloc(meeting: Meeting, bloc: str, choice: str, *, by: Any) -> list[Ballot]:
    """One press for every open item of a bloc; items on which this member has a conflict are left out.

    Raises as `cast_ballot`, and Refused where nothing of the bloc is left to vote on.
    """
    meeting, seat, session = _ready(meeting, by)
    items = list(meeting.items.open().filter(bloc=bloc, taken_out_at=None)) if bloc else []
    voted = set(Ballot.objects.filter(seat=seat, item__in=items).values_list("item", flat=True))
    left = [item for item in items if item.pk not in voted and seat.pk in session.able(item)]
    if not left:
        raise Refused(_("Nothing of this bloc is left for you to vote on."), code="nothing_left")
    return _cast(left, seat, choice, is_bloc=True, by=by)


def _ready(meeting: Meeting, by: Any) -> tuple[Meeting, Seat, Session]:
    """The meeting, locked, and the seat of the person in it. Raises NotAllowed or Refused."""
    meeting = lock_live(meeting)
    seat, session = own_seat(meeting, by), session_of(meeting)
    if not session.is_present(seat):
        raise NotAllowed(_("The secretary has not noted that you are here. Say so, then vote."), code="not_present")
    if seat.pk not in session.declared:
        raise NotAllowed(_("First say which conflicts of interest you have, perhaps none."), code="not_declared")
    return meeting, seat, session


def _refuse_closed(item: AgendaItem) -> None:
    if item.opened_at is None or item.closed_at is not None:
        raise Refused(_("The vote on this item is not open."), code="not_open")


def _refuse_unable(session: Session, seat: Seat, item: AgendaItem) -> None:
    if seat.pk in session.conflicts.get(item.pk, {}):
        raise Refused(_("You have a conflict of interest with this item and do not take part in it."), code="conflict")
    if not sits_in(session, seat, item):
        raise NotAllowed(_("On this item another person votes in this place."), code="not_sitting")


def _cast(items: list[AgendaItem], seat: Seat, choice: str, *, is_bloc: bool, by: Any) -> list[Ballot]:
    if choice not in Choice.values:
        raise Refused(_("Choose: for, against, or abstain."), code="no_choice")
    if Ballot.objects.filter(item__in=items, seat=seat).exists():
        raise Refused(_("Your vote is cast already and does not change."), code="voted")
    ballots = _write(items, seat, choice, is_bloc, by)
    data = {"seat": seat.pk, "items": [item.public_id for item in items], "is_bloc": is_bloc}
    record("meeting.ballot", items[0], by=by, data=data)
    return ballots


def _write(items: list[AgendaItem], seat: Seat, choice: str, is_bloc: bool, by: Any) -> list[Ballot]:
    """The rows. The database looks at the data once more: a conflict of interest of this minute is refused in words."""
    now = clock.now()
    try:
        with transaction.atomic():
            return Ballot.objects.bulk_create(
                Ballot(item=item, seat=seat, choice=choice, is_bloc=is_bloc, cast_at=now, cast_by=by) for item in items
            )
    except IntegrityError as error:
        raise Refused(
            _("The data show a conflict of interest, so your vote was not taken. Tell the secretary."), code="conflict"
        ) from error


@transaction.atomic
def dissent(item: AgendaItem, text: str, *, language: str, by: Any) -> Dissent:
    """A member who voted attaches a dissenting opinion to a resolved item, before the meeting is closed."""
    meeting = lock_live(item.meeting)
    seat, item = own_seat(meeting, by), meeting.items.get(pk=item.pk)
    if item.closed_at is None or not Ballot.objects.filter(item=item, seat=seat).exists():
        raise Refused(_("A dissenting opinion is written by who voted, once the item is closed."), code="not_closed")
    if not text.strip():
        raise Refused(_("Write the opinion: the minutes print it."), code="no_words")
    if Dissent.objects.filter(item=item, seat=seat).exists():
        raise Refused(_("Your dissenting opinion stands already."), code="written")
    row = Dissent.objects.create(item=item, seat=seat, text=text.strip(), language=language)
    record("item.dissent", item, by=by, data={"seat": seat.pk})
    return row
