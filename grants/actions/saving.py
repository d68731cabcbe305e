"""Saving what an applicant types: one field with its revision, or a section with the revisions it was rendered with.

Nothing is overwritten that the person has not seen: a stale revision is `Overtaken`, which carries both texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.canonical import sha256_of
from core.refusals import Overtaken
from core.workflow import lock
from grants.actions.applications import open_for_editing, refuse_uneditable
from grants.actions.plan import save_line, save_milestone
from grants.actions.writing import BESIDE_FACTS, note_time, record_writing, set_facts
from grants.models import Application
from grants.queries.completeness import FACTS, fact_column
from questionnaires.actions.answers import save_answers
from questionnaires.formulas.shape import is_given
from questionnaires.models import Answer

Kept = dict[str, tuple[Any, int]]  # key -> (answer, revision)
PREFIX, LINE, MILESTONE = "q_", "line_", "milestone_"
OVERTAKEN = _("Somebody saved another text here meanwhile. Nothing was overwritten: choose which one stays.")


@dataclass(frozen=True)
class Saved:
    """What stands now under a field: its revision and its value as it is stored."""

    application: Application
    rev: int
    value: Any


@dataclass(frozen=True)
class Known:
    """What a page knew of a field when it was rendered: its revision, and a digest of the value it showed.

    `over` is the person's choice after both texts were shown: the revision that theirs may replace, or THEIRS.
    """

    rev: int
    digest: str = ""
    over: int | None = None


THEIRS = -1


@dataclass(frozen=True)
class SectionSaved:
    """A section after its POST: what was written, and the fields that somebody else had saved meanwhile."""

    application: Application
    written: frozenset[str] = frozenset()
    clashes: Mapping[str, Overtaken] = field(default_factory=dict)


def digest_of(value: Any) -> str:
    """Eight digits by which a page recognises the value that it was rendered with; line ends do not count."""
    return sha256_of(plain_value(value) if is_given(value) else "")[:8]


def plain_value(value: Any) -> Any:
    """A value as two pages compare it: the key of a row, one kind of line end."""
    value = getattr(value, "pk", value)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


@transaction.atomic
def save_field(application: Application, *, field: str, value: Any, rev: int, by: Any) -> Saved:
    """Saves one field (a fact by name, `q_<key>`, `line_<id>`, `milestone_<id>`) over the revision it began from.

    The value is what the field's form has read. The same value again changes nothing and is no conflict, so that a
    queue may be replayed. Costs the same whatever the form's length. The trail gets `application.edit` once per
    person and ten minutes: it says who was writing and when; what was written stands in the snapshot of a sending.

    Raises Overtaken where somebody else saved this field meanwhile, Refused after closing, after sending and for a
    field that the correction does not name, NotAllowed for a reader, ValueError for a field that is not asked.
    """
    application = lock(application, among=Application.objects.to_write_in(by).with_questions())
    kept = kept_answers(application) if field.startswith(PREFIX) else {}
    return save_locked(application, field, value, rev, kept, by)


def save_locked(application: Application, field: str, value: Any, rev: int, kept: Kept, by: Any) -> Saved:
    """`save_field` for an application that was locked `to_write_in` in this very transaction.

    `kept` are its answers as they stand under that lock; a saved one is changed there too.
    """
    for prefix, save in ((LINE, save_line), (MILESTONE, save_milestone)):
        if field.startswith(prefix):
            row = save(application, field.removeprefix(prefix), value, rev=rev, by=by, is_locked=True)
            note_time(application)
            return Saved(application, row.rev, value)
    if field not in FACTS and field not in question_fields(application):
        raise ValueError(f"not a field of this application: {field}")
    refuse_uneditable(application, {field}, by)
    if field in FACTS:
        saved = _save_fact(application, field, value, rev)
    else:
        saved = _save_answer(application, field.removeprefix(PREFIX), value, rev, kept)
    record_writing(application, field, by=by)
    return saved


def kept_answers(application: Application) -> Kept:
    """Every answer as it stands now, with its revision. One query, whatever the form's length."""
    rows = Answer.objects.filter(set=application.answer_set_id).values_list("key", "value", "rev")
    return {key: (value, rev) for key, value, rev in rows}


def question_fields(application: Application) -> set[str]:
    """`q_<key>` of every question of its version."""
    sections = application.answer_set.version.content["sections"]
    return {PREFIX + question["key"] for section in sections for question in section["questions"]}


def _save_fact(application: Application, name: str, value: Any, rev: int) -> Saved:
    """The row is locked, so what is compared here cannot change before it is written."""
    kept, now = getattr(application, fact_column(name).attname), application.fact_revs.get(name, 0)
    if plain_value(kept) == plain_value(value):
        note_time(application)
        return Saved(application, now, kept)
    if now != rev:
        raise Overtaken(OVERTAKEN, typed=value, kept=kept, rev=now)
    note_time(application, *set_facts(application, {name: value}), *BESIDE_FACTS)
    return Saved(application, application.fact_revs[name], getattr(application, fact_column(name).attname))


def _save_answer(application: Application, key: str, value: Any, rev: int, answers: Kept) -> Saved:
    kept, now = answers.get(key, (None, 0))
    if key not in answers:
        if is_given(value):
            now = Answer.objects.create(set_id=application.answer_set_id, key=key, value=value).rev
    elif plain_value(kept) == plain_value(value):
        value = kept
    else:
        rows = Answer.objects.filter(set=application.answer_set_id, key=key, rev=rev)
        if now != rev or not rows.update(value=value, rev=rev + 1, saved_at=clock.now()):
            raise Overtaken(OVERTAKEN, typed=value, kept=kept, rev=now)
        now = rev + 1
    if now:
        answers[key] = (value, now)
    note_time(application)
    return Saved(application, now, value)


@transaction.atomic
def save_section(
    application: Application,
    *,
    facts: Mapping[str, Any] | None = None,
    answers: Mapping[str, Any] | None = None,
    known: Mapping[str, Known],
    by: Any,
) -> SectionSaved:
    """Saves the fields of one page, but none that somebody else saved after the page was rendered.

    A field that this person left as it was rendered is not written over the other text; one that both changed is a
    clash. A field without a `known` revision is written (a doorway that renders none). Raises as `edit_application`.
    """
    facts, answers = dict(facts or {}), dict(answers or {})
    names = {*facts, *(PREFIX + key for key in answers)}
    application = open_for_editing(application, names, by)
    kept = kept_values(application, names)
    typed = {**facts, **{PREFIX + key: value for key, value in answers.items()}}
    clashes, untouched = {}, set()
    for name, value in typed.items():
        now, rev = kept.get(name, (None, 0))
        verdict = _verdict(known.get(name), value, now, rev)
        if verdict == "clash":
            clashes[name] = Overtaken(OVERTAKEN, typed=value, kept=now, rev=rev)
        if verdict != "write":
            untouched.add(name)
    facts = {name: value for name, value in facts.items() if name not in untouched}
    answers = {key: value for key, value in answers.items() if PREFIX + key not in untouched}
    changed = set_facts(application, facts)
    note_time(application, *changed, *(BESIDE_FACTS if changed else ()))
    changed += save_answers(application.answer_set, answers) if answers else []
    if changed:
        record("application.edit", application, by=by, data={"fields": changed})
    return SectionSaved(application, frozenset(names - set(clashes)), clashes)


def _verdict(known: Known | None, typed: Any, kept: Any, rev: int) -> str:
    """write, leave or clash."""
    if known is None or digest_of(typed) == digest_of(kept):
        return "write"
    if known.over is not None:
        return "leave" if known.over == THEIRS else "write" if known.over == rev else "clash"
    if known.rev == rev:
        return "write"
    return "leave" if digest_of(typed) == known.digest else "clash"


def kept_values(application: Application, names: set[str]) -> dict[str, tuple[Any, int]]:
    """Field -> (value, revision) as they stand now; one query where a question is among the names, else none."""
    found = {
        name: (getattr(application, fact_column(name).attname), application.fact_revs.get(name, 0))
        for name in names
        if name in FACTS
    }
    keys = [name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)]
    if keys:
        rows = Answer.objects.filter(set=application.answer_set_id, key__in=keys).values_list("key", "value", "rev")
        found |= {PREFIX + key: (value, rev) for key, value, rev in rows}
    return found
