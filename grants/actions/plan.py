"""Cards of a budget and of a plan: each is saved alone, under its own revision, so that two devices are noticed.

A card is a row with a public id that may come from the browser: an id that is not known yet begins a card. `rev` is
the revision that the person began from (0 for a new card). What may be edited when is `open_for_editing`'s rule: a
draft in time, or a correction that names "budget" or "plan".
"""

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from core.public_id import ALPHABET, LENGTH, make_public_id
from core.refusals import Overtaken, Refused
from grants.actions.applications import open_for_editing, refuse_uneditable
from grants.actions.writing import record_writing
from grants.models import Application, BudgetLine, Milestone
from grants.queries.cards import line_from, milestone_from

CARD_ID = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
MOST_LINES = 60


@dataclass(frozen=True)
class _Kind:
    """One kind of card: its model, the field that a correction names, and its columns that people fill in."""

    model: Any
    field: str
    columns: tuple[str, ...]

    def most(self, application: Application) -> int:
        """How many cards an application may hold."""
        return MOST_LINES if self.model is BudgetLine else application.call.milestones_max


LINE = _Kind(
    BudgetLine,
    "budget",
    (
        *("category", "item", "quantity", "unit_price", "has_vat"),
        *("grant_amount", "own_amount", "supplier_identifier"),
    ),
)
MILESTONE = _Kind(Milestone, "plan", ("title", "due_on", "proof"))


def save_line(
    application: Application, public_id: str, values: dict[str, Any], *, rev: int, by: Any, is_locked: bool = False
) -> BudgetLine:
    """Saves columns of one budget line (those in `values`); a new `public_id` begins a line.

    `is_locked`: the application is what `open_for_editing` or `to_write_in` gave in this very transaction. Raises
    Overtaken where somebody saved or removed the line since `rev`, and what `open_for_editing` raises.
    """
    return _save(LINE, application, public_id, values, rev, by, is_locked)


def save_milestone(
    application: Application, public_id: str, values: dict[str, Any], *, rev: int, by: Any, is_locked: bool = False
) -> Milestone:
    """Saves columns of one milestone; a new `public_id` begins one. Raises as `save_line` does."""
    return _save(MILESTONE, application, public_id, values, rev, by, is_locked)


def add_line(application: Application, *, by: Any) -> BudgetLine:
    """An empty line at the end: what the button does where there is no JavaScript."""
    return _save(LINE, application, make_public_id(), {}, 0, by)


def add_milestone(application: Application, *, by: Any) -> Milestone:
    """An empty milestone at the end."""
    return _save(MILESTONE, application, make_public_id(), {}, 0, by)


def remove_line(application: Application, public_id: str, *, by: Any) -> None:
    """Takes a line away; one that is gone already is no mistake."""
    _remove(LINE, application, public_id, by)


def remove_milestone(application: Application, public_id: str, *, by: Any) -> None:
    """Takes a milestone away; one that is gone already is no mistake."""
    _remove(MILESTONE, application, public_id, by)


def move_line(application: Application, public_id: str, *, by: Any) -> None:
    """One place up; the first line stays the first."""
    _move(LINE, application, public_id, by)


def move_milestone(application: Application, public_id: str, *, by: Any) -> None:
    """One place up; the first milestone stays the first."""
    _move(MILESTONE, application, public_id, by)


def _save(
    kind: _Kind,
    application: Application,
    public_id: str,
    values: dict[str, Any],
    rev: int,
    by: Any,
    is_locked: bool = False,
) -> Any:
    """A lock that is held already is in a transaction of the caller's; what refuses stands before what writes, so that
    no savepoint is needed there.
    """
    unknown = set(values) - set(kind.columns)
    if unknown:
        raise ValueError(f"not columns of a card: {unknown}")
    if is_locked:
        refuse_uneditable(application, {kind.field}, by)
        return _save_locked(kind, application, public_id, values, rev, by)
    with transaction.atomic():
        application = open_for_editing(application, {kind.field}, by)
        return _save_locked(kind, application, public_id, values, rev, by)


def _save_locked(
    kind: _Kind, application: Application, public_id: str, values: dict[str, Any], rev: int, by: Any
) -> Any:
    row = kind.model.objects.filter(public_id=public_id).first()
    if row is None:
        return _begin(kind, application, public_id, values, rev, by)
    if row.application_id != application.pk:
        raise _bad_card()
    changed = [name for name, value in values.items() if _column(row, name) != getattr(value, "pk", value)]
    if not changed:
        return row
    if rev != row.rev:
        raise _overtaken(values, row, row.rev)
    for name in changed:
        setattr(row, name, values[name])
    row.rev += 1
    row.save(update_fields=[*changed, "rev"])
    _note(kind, application, by)
    return row


def _begin(kind: _Kind, application: Application, public_id: str, values: dict[str, Any], rev: int, by: Any) -> Any:
    """The first save of a card; a card that had a revision and is not there was removed by somebody else."""
    if rev:
        raise _overtaken(values, None, 0)
    if not CARD_ID.fullmatch(public_id):
        raise _bad_card()
    there = kind.model.objects.filter(application=application).aggregate(count=Count("pk"), last=Max("position"))
    if there["count"] >= kind.most(application):
        raise Refused(
            _("There are %(count)s already, more do not fit. Put small ones together.")
            % {"count": kind.most(application)},
            code="too_many",
        )
    position = 1 if there["last"] is None else there["last"] + 1
    row = kind.model.objects.create(application=application, public_id=public_id, position=position, **values)
    _note(kind, application, by)
    return row


def _column(row: Any, name: str) -> Any:
    """What the column holds; of a category its key, without reading the row."""
    return getattr(row, row._meta.get_field(name).attname)


def _bad_card() -> Refused:
    return Refused(_("This card cannot be saved. Reload the page: what was saved is kept."), code="bad_card")


def _overtaken(values: dict[str, Any], row: Any, rev: int) -> Overtaken:
    """Both versions, column by column."""
    sentence = (
        _("Somebody else changed this card meanwhile. Both versions stand here: choose which one stays.")
        if row
        else _("Somebody else removed this card meanwhile. Add it again if you need it: what you typed stands here.")
    )
    kept = {name: getattr(row, name) for name in values} if row else None
    return Overtaken(sentence, typed=values, kept=kept, rev=rev)


@transaction.atomic
def _remove(kind: _Kind, application: Application, public_id: str, by: Any) -> None:
    application = open_for_editing(application, {kind.field}, by)
    gone, _by_model = kind.model.objects.filter(application=application, public_id=public_id).delete()
    if gone:
        _note(kind, application, by)


@transaction.atomic
def _move(kind: _Kind, application: Application, public_id: str, by: Any) -> None:
    """Positions are counted anew, so that cards that share one come apart too."""
    application = open_for_editing(application, {kind.field}, by)
    rows = list(kind.model.objects.filter(application=application))
    place = next((n for n, row in enumerate(rows) if row.public_id == public_id), 0)
    if place == 0:
        return
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, row in enumerate(rows, start=1):
        row.position = position
    kind.model.objects.bulk_update(rows, ["position"])
    _note(kind, application, by)


def _note(kind: _Kind, application: Application, by: Any) -> None:
    record_writing(application, kind.field, by=by)


@transaction.atomic
def put_back_cards(application: Application, name: str, kept: list[dict[str, Any]]) -> None:
    """The cards of a field ("plan" or "budget") as they were sent, when a correction was not answered in time.

    `kept` is what `queries.cards.kept_cards` gave. The caller holds the lock of the application.
    """
    if name == MILESTONE.field:
        made: list[Any] = [milestone_from(one, application, place) for place, one in enumerate(kept, start=1)]
    else:
        categories = {category.key: category for category in application.call.budget_categories.all()}
        made = [line_from(one, application, place, categories) for place, one in enumerate(kept, start=1)]
    model = (MILESTONE if name == MILESTONE.field else LINE).model
    model.objects.filter(application=application).delete()
    model.objects.bulk_create(made)
