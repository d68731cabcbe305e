"""Quorum, majority and deferral. Pure: no rows, no clock; whoever asks brings the places and the votes.

Words. A *place* is a member's or the chair's appointment; somebody *sits* in it: the member, or an alternate in the
member's place. *Recused* is a place whose sitter (or absent member) has a conflict of interest with the item. A recused
member is not present for that item, whatever the attendance list says.
Rule of the grant commission: two thirds of all appointed members; the majority is of those present and able to vote; at
a tie the chair's vote decides (rules of state grants to NGOs; the commission's own order may say otherwise).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# The words of committees/statuses.py, which stands above this file.
APPOINTED, ABLE = "appointed", "able"
FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
ADOPTED, REJECTED, DEFERRED = "adopted", "rejected", "deferred"


@dataclass(frozen=True)
class Rule:
    """How a committee counts: quorum is `parts` of `whole` of a base, the majority is more than half of another."""

    parts: int = 2
    whole: int = 3
    base: str = APPOINTED
    majority: str = ABLE
    has_casting_vote: bool = True


@dataclass(frozen=True)
class Place:
    """An appointment: whether its sitter is in session, and has a conflict of interest with the item."""

    is_present: bool
    is_recused: bool = False


@dataclass(frozen=True)
class Quorum:
    """What the places of one item come to. `able` of `present` may vote; `needed` of them make a quorum."""

    appointed: int
    base: int
    present: int
    able: int
    recused: int
    needed: int

    @property
    def holds(self) -> bool:
        """Whether the item may be voted on. Nobody able is never a quorum, whatever the base has shrunk to."""
        return 0 < self.able >= self.needed


@dataclass(frozen=True)
class Votes:
    """The counted votes, and how the chair voted (None: was not able or did not)."""

    votes_for: int = 0
    against: int = 0
    abstain: int = 0
    chair: str | None = None


@dataclass(frozen=True)
class Count:
    """The result of an item: of how many more than half were needed, and whether the chair's vote decided a tie."""

    verdict: str
    majority_of: int
    is_by_casting_vote: bool = False


@dataclass(frozen=True)
class Restoring:
    """Who would bring an item's quorum back: at least `needed` of the alternates `who` are free of a conflict."""

    needed: int
    who: tuple[int, ...]

    @property
    def is_possible(self) -> bool:
        """Whether there are enough of them."""
        return len(self.who) >= self.needed


def part_of(rule: Rule, base: int) -> int:
    """The smallest whole number that is at least the rule's part of the base: 2/3 of 7 is 5."""
    return -(-rule.parts * base // rule.whole)


def quorum(rule: Rule, places: Iterable[Place]) -> Quorum:
    """Counts the places of one item."""
    places = list(places)
    present = sum(place.is_present for place in places)
    recused = sum(place.is_present and place.is_recused for place in places)
    free = sum(not place.is_recused for place in places)
    base = free if rule.base == ABLE else len(places)
    return Quorum(len(places), base, present, present - recused, recused, part_of(rule, base))


def result(rule: Rule, found: Quorum, votes: Votes) -> Count:
    """Deferred without a quorum; adopted by more than half; at an exact tie by the chair's vote; else rejected.

    A tie: as many for as against, and they are exactly half of those of whom the majority is counted.
    """
    of = found.appointed if rule.majority == APPOINTED else found.able
    if not found.holds:
        return Count(DEFERRED, of)
    if 2 * votes.votes_for > of:
        return Count(ADOPTED, of)
    is_tie = votes.votes_for == votes.against and 2 * votes.votes_for == of
    if is_tie and rule.has_casting_vote and votes.chair == FOR:
        return Count(ADOPTED, of, is_by_casting_vote=True)
    return Count(REJECTED, of, is_by_casting_vote=is_tie and rule.has_casting_vote and votes.chair is not None)


def restoring(rule: Rule, places: Sequence[Place], alternates: Iterable[int]) -> Restoring | None:
    """What would restore an item's quorum; None where it holds.

    `alternates` are keys of those who are free of a conflict and sit nowhere. Each takes the place of a recused or an
    absent member, recused ones first.
    """
    if quorum(rule, places).holds:
        return None
    empty = sorted(
        (n for n, p in enumerate(places) if p.is_recused or not p.is_present), key=lambda n: _order(places[n])
    )
    filled = list(places)
    for taken, at in enumerate(empty, start=1):
        filled[at] = Place(is_present=True)
        if quorum(rule, filled).holds:
            return Restoring(taken, tuple(alternates))
    return Restoring(len(empty) + 1, tuple(alternates))


def _order(place: Place) -> bool:
    """Recused members who are here stand before absent ones."""
    return not (place.is_present and place.is_recused)
