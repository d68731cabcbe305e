"""The agenda as a reader may see it: states, recusals in words, own vote; others' votes once an item is closed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from committees.formulas.quorum import Quorum
from committees.models import AgendaItem, Ballot, Dissent, Meeting, Resolution, Seat
from committees.queries.seats import may_see_votes, sits_in
from committees.queries.session import Session
from committees.queries.subjects import closed_to, hook, kind_of
from committees.statuses import ConflictSource

CLOSED = "closed"  # no bloc of an item is called so


@dataclass(frozen=True)
class ItemRow:
    """One item for one reader. `seat` is the reader's own, None for staff. `is_closed`: a conflict of interest closes
    it to the reader, who sees its number and nothing else.
    """

    item: AgendaItem
    resolution: Resolution | None
    session: Session
    ballots: list[Ballot]
    dissents: list[Dissent]
    seat: Seat | None = None
    is_closed: bool = False

    @property
    def title(self) -> str:
        """What it is called; the number alone where a conflict of interest closes it to the reader."""
        return self.item.reference or f"№ {self.item.position}" if self.is_closed else self.item.title

    @property
    def state(self) -> str:
        """waiting, open or closed."""
        if self.item.closed_at:
            return "closed"
        return "open" if self.item.opened_at else "waiting"

    @property
    def quorum(self) -> Quorum:
        """Of this item as the room stands now."""
        return self.session.quorum(self.item)

    @property
    def restoring(self) -> list[str]:
        """Names of the alternates who would bring the quorum back."""
        found = self.session.restoring(self.item)
        return [str(self.session.seats[key].user) for key in found.who] if found else []

    @property
    def recused(self) -> list[Seat]:
        """Who has a conflict of interest with it."""
        return [
            self.session.seats[key] for key in self.session.conflicts.get(self.item.pk, {}) if key in self.session.seats
        ]

    @property
    def own_recusal(self) -> str:
        """Why the reader does not take part, in words; empty where nothing stands in the way."""
        rows = self.session.conflicts.get(self.item.pk, {}).get(self.seat.pk, []) if self.seat else []
        if not rows:
            return ""
        if any(row.source == ConflictSource.DECLARED for row in rows):
            return _("You declared a conflict of interest: you take no part in this item and do not count for it.")
        return _("The data show a conflict of interest: you take no part in this item and do not count for it.")

    @property
    def own(self) -> Ballot | None:
        """The reader's own ballot."""
        return next((one for one in self.ballots if self.seat and one.seat_id == self.seat.pk), None)

    @property
    def own_dissent(self) -> Dissent | None:
        """The reader's own dissenting opinion."""
        return next((one for one in self.dissents if self.seat and one.seat_id == self.seat.pk), None)

    @property
    def votes(self) -> list[Ballot]:
        """By name, once the item is closed; nobody sees them before."""
        return self.ballots if may_see_votes(self.item, self.session.meeting) else []

    @property
    def waiting_for(self) -> int:
        """How many of those who are able have not voted yet."""
        return len(self.session.able(self.item) - {one.seat_id for one in self.ballots})

    @property
    def may_vote(self) -> bool:
        """Whether the reader's vote on it is asked for now."""
        is_asked = self.state == "open" and self.own is None and not self.is_closed
        return bool(self.seat and is_asked and self.seat.pk in self.session.able(self.item))

    @property
    def may_be_taken_out(self) -> bool:
        """Whether the reader may have it voted on alone."""
        waits = self.state == "waiting" and self.item.bloc and not self.item.taken_out_at and not self.is_closed
        return bool(waits and self.seat and sits_in(self.session, self.seat))

    @property
    def is_alone(self) -> bool:
        """Whether it is voted on by itself."""
        return not self.item.bloc or self.item.taken_out_at is not None


@dataclass(frozen=True)
class Bloc:
    """Items that are voted on together, or one that stands alone (`code` empty)."""

    code: str
    name: str
    rows: list[ItemRow]

    @property
    def waiting(self) -> list[ItemRow]:
        """Not yet opened."""
        return [row for row in self.rows if row.state == "waiting"]

    @property
    def open(self) -> list[ItemRow]:
        """Being voted on now."""
        return [row for row in self.rows if row.state == "open"]

    @property
    def closed(self) -> list[ItemRow]:
        """Resolved or deferred."""
        return [row for row in self.rows if row.state == "closed"]

    @property
    def alike(self) -> list[list[ItemRow]]:
        """Of a bloc that is over: items with the same result by the same votes, told once; one with a dissenting
        opinion or annulled by a court stands by itself. Empty while something of the bloc is to be voted on.
        """
        if not self.code or self.waiting or self.open:
            return []
        found: dict[tuple[Any, ...], list[ItemRow]] = defaultdict(list)
        for row in self.rows:
            found[_told_once(row)].append(row)
        return list(found.values())


def rows_of(meeting: Meeting, session: Session, seat: Seat | None = None, *, reader: Any = None) -> list[ItemRow]:
    """Every item in the order of the agenda: four queries, and where a person reads them those of `closed_to`."""
    items = list(meeting.items.order_by("position", "pk"))
    closed = closed_to(items, reader) if reader else set()
    ballots: dict[int, list[Ballot]] = defaultdict(list)
    for ballot in Ballot.objects.filter(item__meeting=meeting).select_related("seat__user").order_by("seat"):
        ballots[ballot.item_id].append(ballot)
    dissents: dict[int, list[Dissent]] = defaultdict(list)
    for row in Dissent.objects.filter(item__meeting=meeting).select_related("seat__user").order_by("pk"):
        dissents[row.item_id].append(row)
    resolutions = {
        row.item_id: row for row in Resolution.objects.filter(item__meeting=meeting).select_related("annulment")
    }
    return [
        ItemRow(
            item, resolutions.get(item.pk), session, ballots[item.pk], dissents[item.pk], seat, item.pk in closed
        )
        for item in items
    ]  # fmt: skip


def _told_once(row: ItemRow) -> tuple[Any, ...]:
    """What is said of an item once it is closed, but for what it proposes."""
    done = row.resolution
    own = row.item.pk if row.dissents or (done and hasattr(done, "annulment")) else None
    said = (done.verdict, done.reason, *done.counts.values()) if done else ()
    return own, said, tuple((one.seat_id, one.choice) for one in row.ballots), tuple(seat.pk for seat in row.recused)


def blocs_of(rows: list[ItemRow]) -> list[Bloc]:
    """Blocs in the order of their first item; then what is voted on alone; last, and out of their blocs, the items that
    are closed to the reader: a bloc would tell what is proposed.
    """
    found: dict[str, list[ItemRow]] = defaultdict(list)
    for row in rows:
        found[CLOSED if row.is_closed else "" if row.is_alone else row.item.bloc].append(row)
    closed, alone = found.pop(CLOSED, []), found.pop("", [])
    blocs = [Bloc(code, bloc_name(own[0].item), own) for code, own in found.items()]
    blocs += [Bloc("", _("Voted on one by one"), alone)] if alone else []
    return blocs + ([Bloc("", _("Closed to you by a conflict of interest"), closed)] if closed else [])


def bloc_name(item: AgendaItem) -> str:
    """What the app of the item calls the bloc."""
    names = hook(kind_of(item), "blocs")
    return str(names(item.bloc)) if names else item.bloc


def asked_now(rows: list[ItemRow]) -> Iterator[ItemRow]:
    """What the reader's vote is asked for now."""
    return (row for row in rows if row.may_vote)
