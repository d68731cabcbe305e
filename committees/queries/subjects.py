"""What an item is about, asked of the app that put it on the agenda: this app knows no domain.

`settings.COMMITTEE_SUBJECTS` names functions by the word before the colon of `AgendaItem.subject`:
declared(items, *, note, by)  the acting person declared a conflict of interest with these items
refresh(meeting, *, by)       writes down the conflicts of interest that the data show now, before a vote is opened
resolved(resolutions, *, by)  what follows from closed items, in the same transaction; may raise Refused
facts(items)                  item's key -> plain facts for the minutes, ids and hashes; "lines": (kk, ru) to print
papers(items)                 item's key -> the address of what is read before the vote
links(meeting, item)          pairs (words, address) for the secretary: of an item, or without one of the meeting
blocs(code)                   what a bloc is called
closed(items, *, user)        keys of the items that a conflict of interest closes to a person, whether they sit or not
annexes(meeting)              plain facts of the whole meeting (outcomes of appeals), with "lines" too
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from committees.models import AgendaItem, ConflictDeclaration, Meeting
from core.refusals import NotAllowed


def hook(kind: str, name: str) -> Callable[..., Any] | None:
    """The function of a kind of subject; None where nobody gives one."""
    path = settings.COMMITTEE_SUBJECTS.get(kind, {}).get(name)
    return import_string(path) if path else None


def kind_of(item: AgendaItem) -> str:
    """The word before the colon."""
    return item.subject.partition(":")[0]


def closed_to(items: Iterable[AgendaItem], user: Any) -> set[int]:
    """Keys of the items that a conflict of interest closes to a person: of these they see a number and no more."""
    by_kind: dict[str, list[AgendaItem]] = defaultdict(list)
    for item in items:
        by_kind[kind_of(item)].append(item)
    found: set[int] = set()
    for kind, rows in by_kind.items():
        ask = hook(kind, "closed")
        found |= ask(rows, user=user) if ask else set()
    rows = [item for own in by_kind.values() for item in own]
    return found | set(
        ConflictDeclaration.objects.standing().filter(item__in=rows, seat__user=user).values_list("item", flat=True)
    )


def refuse_closed(item: AgendaItem, user: Any) -> AgendaItem:
    """The item; NotAllowed where a conflict of interest closes it to the person."""
    if item.pk in closed_to([item], user):
        raise NotAllowed(
            _("You have a conflict of interest with this item and do not take part in it."), code="conflict"
        )
    return item


def facts_of(items: Iterable[AgendaItem]) -> dict[int, dict[str, Any]]:
    """item's key -> facts, of every kind."""
    return _asked("facts", items)


def _asked(name: str, items: Iterable[AgendaItem]) -> dict[int, Any]:
    by_kind: dict[str, list[AgendaItem]] = defaultdict(list)
    for item in items:
        by_kind[kind_of(item)].append(item)
    found: dict[int, Any] = {}
    for kind, rows in by_kind.items():
        ask = hook(kind, name)
        found |= ask(rows) if ask else {}
    return found


def annexes_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Facts of the whole meeting, of every kind."""
    asked = [hook(kind, "annexes") for kind in sorted(settings.COMMITTEE_SUBJECTS)]
    return [fact for ask in asked if ask for fact in ask(meeting)]


def papers_of(items: Iterable[AgendaItem]) -> dict[int, str]:
    """item's key -> the address of its papers, where there are any."""
    return _asked("papers", items)


def links_of(meeting: Meeting, item: AgendaItem | None = None) -> list[tuple[str, str]]:
    """Where the secretary changes what an item proposes, or without one makes the agenda."""
    kinds = [kind_of(item)] if item else sorted(settings.COMMITTEE_SUBJECTS)
    asked = [hook(kind, "links") for kind in kinds]
    return [link for ask in asked if ask for link in ask(meeting, item)]
