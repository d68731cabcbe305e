"""Workflows as tables of moves; the only code that writes a `status`.

A move says: verb, from, to, who. The verb names the audit entry, the button, the address and the test.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import NotAllowed, Refused

Row = TypeVar("Row", bound=models.Model)
Who = Callable[[Any, Any], bool]


def the_clock(user: Any, row: Any) -> bool:
    """`who` of a move that only the system makes (a scheduled task, by=None)."""
    return user is None


@dataclass(frozen=True)
class Move:
    """One row of a workflow table. `sources` and `target` are statuses; `who` is a rule of `policy.py`."""

    verb: str
    sources: frozenset[str]
    target: str
    who: Who


@dataclass(frozen=True)
class Workflow:
    """A noun's whole table: its name, its initial status and its moves, at most one for a verb and a source."""

    name: str
    initial: str
    moves: tuple[Move, ...]

    def move(self, verb: str, source: str) -> Move | None:
        """The move that `verb` makes from `source`, or None where the table has none."""
        return next((m for m in self.moves if m.verb == verb and source in m.sources), None)

    def verbs(self) -> list[str]:
        """Every verb, once, in table order."""
        return list(dict.fromkeys(m.verb for m in self.moves))

    def open_to(self, user: Any, row: Any) -> Iterator[str]:
        """The verbs that this person may use on this row now (for buttons; the lock decides again)."""
        return (m.verb for m in self.moves if row.status in m.sources and m.who(user, row))


REGISTRY: dict[str, Workflow] = {}


def workflow(name: str, *, initial: str, moves: Iterable[tuple[str, Iterable[str], str, Who]]) -> Workflow:
    """Declares a workflow table; kept in REGISTRY so that docs and tests can walk all tables."""
    table = Workflow(name, initial, tuple(Move(verb, frozenset(src), to, who) for verb, src, to, who in moves))
    keys = [(m.verb, source) for m in table.moves for source in m.sources]
    if len(keys) != len(set(keys)):
        raise ValueError(f"workflow {name}: a verb leads to two places from one status")
    REGISTRY[name] = table
    return table


def apply_move(
    table: Workflow,
    row: Row,
    verb: str,
    *,
    by: Any,
    data: dict[str, Any] | None = None,
    is_locked: bool = False,
    **stamps: Any,
) -> Row:
    """Locks the row, checks person and state, writes the new status with its `stamps`, records the audit event.

    Call it inside the action's transaction; conditions that need data are checked by the action under `lock()`.
    `is_locked`: the row is what `lock()` gave in this very action and nothing has moved it since; it is not read again.
    Raises NotAllowed where the person may not, Refused where the state does not allow it.
    """
    if not is_locked:
        _renew(row)
    before = row.status  # type: ignore[attr-defined]
    move = table.move(verb, before)
    if move is None:
        raise Refused(
            _("This was changed meanwhile, the step is no longer possible. Nothing was lost: reload the page."),
            code="wrong_state",
        )
    if not move.who(by, row):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    changes = {"status": move.target, **stamps}
    type(row)._default_manager.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)
    record(f"{table.name}.{verb}", row, by=by, data={"from": before, "to": move.target, **(data or {})})
    return row


def _renew(row: models.Model) -> None:
    """Locks the row and gives the object in hand its fresh values; what hangs on it is not read again."""
    fresh = lock(row)
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(fresh, field.attname))


def lock(row: Row, *related: str, among: models.QuerySet[Row] | None = None) -> Row:
    """The same row, fresh and locked until the transaction ends (on SQLite the whole database is).

    `related` rows come with it in the same query, fresh and not locked; so does what `among` reads with each row.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a row is locked inside a transaction; wrap the action in transaction.atomic")
    every = type(row)._default_manager.all() if among is None else among
    rows = every.select_for_update(of=("self",))
    return (rows.select_related(*related) if related else rows).get(pk=row.pk)
