"""What every save of an application has in common: revisions of the facts, time spent, a trail that is not a diary."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from core import clock
from core.audit import record
from grants.models import Application
from grants.queries.completeness import FACTS, fact_column
from questionnaires.actions.answers import save_answers

PAUSE = timedelta(minutes=5)  # a longer silence between two saves is no time spent on the form
BESIDE_FACTS = ("fact_revs", "search_text")  # columns that change with a fact


def write_fields(application: Application, facts: Mapping[str, Any], answers: Mapping[str, Any]) -> list[str]:
    """Writes facts and answers of a locked application; each that changed gets its next revision. Returns their names.

    Raises ValueError for a fact that applications do not have.
    """
    changed = set_facts(application, facts)
    if changed:
        application.save(update_fields=[*changed, *BESIDE_FACTS])
    return [*changed, *(save_answers(application.answer_set, dict(answers)) if answers else [])]


def set_facts(application: Application, facts: Mapping[str, Any]) -> list[str]:
    """Sets what differs, with its next revision; the caller writes the columns and BESIDE_FACTS. Returns their names.

    Raises ValueError for a fact that applications do not have.
    """
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise ValueError(f"not facts of an application: {unknown}")
    columns = {name: fact_column(name).attname for name in facts}
    changed = [n for n, value in facts.items() if getattr(application, columns[n]) != getattr(value, "pk", value)]
    for name in changed:
        setattr(application, columns[name], getattr(facts[name], "pk", facts[name]))
        application.fact_revs[name] = application.fact_revs.get(name, 0) + 1
    if changed:
        application.search_text = application.folded()
    return changed


def note_time(application: Application, *changed: str) -> None:
    """Adds the time since the last save, where it is short enough to have been spent on the form.

    Writes the `changed` columns with it. The application is locked: what was read of it is what stands there.
    """
    now, last = clock.now(), application.last_saved_at
    spent = int((now - last).total_seconds()) if last and timedelta(0) < now - last < PAUSE else 0
    application.last_saved_at, application.active_seconds = now, application.active_seconds + spent
    application.save(update_fields=[*changed, "last_saved_at", "active_seconds"])


def record_writing(application: Application, field: str, *, by: Any) -> None:
    """`application.edit` at most once per person and ten minutes: who was writing, and when.

    A form that saves each field by itself would make the trail a diary of keystrokes; what was written stands in the
    snapshot of a sending. No query: `open_for_editing` has read with the lock whether the trail knows it already.
    """
    if not application.wrote_lately:
        record("application.edit", application, by=by, data={"fields": [field]})
        application.wrote_lately = True
