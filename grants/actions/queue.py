"""Saving what the queue of a browser sends: several fields under one lock, each with an answer of its own."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.refusals import Refused
from grants.actions.saving import Kept, kept_answers, save_locked
from grants.models import Application
from grants.models.application import ApplicationQuerySet

Reader = Callable[[Application, str, Any], tuple[Any, str]]


@dataclass(frozen=True)
class Entry:
    """What a queue holds of one field: its raw value, and the revision that it began from."""

    field: str
    value: Any
    rev: int


@dataclass(frozen=True)
class Outcome:
    """What became of an entry: the revision that stands now, or the refusal. `wrong`: what of a card was not read."""

    rev: int = 0
    refused: Refused | None = None
    wrong: str = ""


@dataclass(frozen=True)
class BatchSaved:
    """The application and its answers after its entries, and as they were before."""

    application: Application
    outcomes: list[Outcome]
    answers: dict[str, Any]
    before: Application
    answers_before: dict[str, Any]


@transaction.atomic
def save_entries(
    seen: ApplicationQuerySet, public_id: str, entries: Iterable[Entry], *, read: Reader, by: Any
) -> BatchSaved | None:
    """Saves each entry of a queue by itself under one lock; None where the application is not among `seen`.

    `read` makes a value (and what of it is wrong) of what was typed, or raises Refused. For an answer: the lock with
    all that is asked of the application, the answers, the update of the answer, the update of the time. A refusal
    is raised before anything of its entry is written, so that it needs no savepoint.
    """
    rows = seen.to_write_in(by).with_questions().select_for_update(of=("self",))
    try:
        application = rows.get(public_id=public_id)
    except Application.DoesNotExist:
        return None
    kept = kept_answers(application)
    before, answers_before = copy(application), {key: value for key, (value, _rev) in kept.items()}
    before.fact_revs = dict(application.fact_revs)
    outcomes = [_save_entry(application, entry, kept, read, by) for entry in entries]
    answers = {key: value for key, (value, _rev) in kept.items()}
    return BatchSaved(application, outcomes, answers, before, answers_before)


def _save_entry(application: Application, entry: Entry, kept: Kept, read: Reader, by: Any) -> Outcome:
    try:
        value, wrong = read(application, entry.field, entry.value)
        saved = save_locked(application, entry.field, value, entry.rev, kept, by)
    except Refused as refused:
        return Outcome(refused=refused)
    return Outcome(saved.rev, wrong=wrong)
