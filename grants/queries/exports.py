"""What an export holds: the rows that its reader may see, column by column, in the reader's language.

Personal columns follow the visibility table (docs/security.md): an IIN stands there for officers and finance alone.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.policy import may_read_iin
from accounts.statuses import IDENTIFIED_BY_IIN
from core import clock
from grants import policy
from grants.models import Application, Assignment, Award, Call, Conflict, Export
from grants.queries.exceptions import lines_of, register
from grants.queries.exports_money import money_head, money_lines
from grants.queries.ranking import rank_call
from grants.statuses import ExportKind

STEP = 200  # rows read at a time
TELL_SCORES = {ExportKind.RANKING, ExportKind.COURT}  # of one call
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """Heads and rows; a row is made when it is asked for."""

    title: str
    head: Sequence[str]
    rows: Iterator[Row]


def seen_rows(kind: str, reader: Any) -> QuerySet[Any]:
    """The rows of this kind that a person may see now."""
    if not policy.may_export(reader, kind):
        return Application.objects.none()
    if kind == ExportKind.CONFLICTS:  # numbers alone: who has a conflict may read that it stands
        return Conflict.objects.all()
    closed = Conflict.objects.closing_to(reader)
    if kind == ExportKind.ASSIGNMENTS:
        return Assignment.objects.exclude(application__in=closed)
    if kind == ExportKind.MONEY:
        return Award.objects.all()
    if kind == ExportKind.RANKING:
        return Application.objects.sent().exclude(pk__in=closed)
    return Application.objects.visible_to(reader).sent()


def seen_among(kind: str, reader: Any, keys: Sequence[Any]) -> set[Any]:
    """Of these keys, those whose rows the person may see now. An exception's key is its kind and the key of its row."""
    if kind == ExportKind.REGISTER:
        if not policy.may_export(reader, kind):
            return set()
        return {f"{of_kind}:{pk}" for of_kind, pk, _at in register(reader)} & set(keys)
    return set(seen_rows(kind, reader).filter(pk__in=keys).values_list("pk", flat=True))


def owes_reviews(reader: Any, call: Call | None) -> bool:
    """Who is asked as an expert sees the scores of others once their own reviews of the call are in."""
    return bool(call) and Assignment.objects.visible_to(reader).to_do().filter(application__call=call).exists()


def may_take(export: Export, reader: Any) -> bool:
    """Whether the person may still see every row of the file, and every number in it."""
    if not policy.may_export(reader, export.kind) or (export.has_iin and not may_read_iin(reader)):
        return False
    if export.kind in TELL_SCORES and owes_reviews(reader, export.call):
        return False
    return len(seen_among(export.kind, reader, export.rows)) == len(export.rows)


def rows_left(export: Export) -> list[Any]:
    """Of the rows that were asked for, those that the person still sees, in their order."""
    if export.kind in TELL_SCORES and owes_reviews(export.asked_by, export.call):
        return []
    seen = seen_among(export.kind, export.asked_by, export.rows)
    return [key for key in export.rows if key in seen]


def table_of(export: Export, keys: list[Any]) -> Table:
    """The table of a list or of a ranking."""
    return {
        ExportKind.APPLICATIONS: _applications,
        ExportKind.CONFLICTS: _conflicts,
        ExportKind.ASSIGNMENTS: _assignments,
        ExportKind.RANKING: _ranking,
        ExportKind.REGISTER: _register,
        ExportKind.MONEY: _money,
    }[ExportKind(export.kind)](export, keys)


def in_order(rows: QuerySet[Any], keys: list[int]) -> Iterator[Any]:
    """The rows of these keys in their order, some at a time."""
    for start in range(0, len(keys), STEP):
        part = keys[start : start + STEP]
        found: dict[int, Model] = rows.in_bulk(part)
        yield from (found[key] for key in part if key in found)


def identifier_for(application: Application, reader: Any) -> str:
    """A BIN is public; an IIN is for those who need it."""
    is_iin = application.organisation.kind in IDENTIFIED_BY_IIN
    return "" if is_iin and not may_read_iin(reader) else application.organisation.identifier or ""


def _applications(export: Export, keys: list[int]) -> Table:
    rows = Application.objects.with_everything_shown().defer("search_text")
    head = (
        _("Number"), _("Project"), _("Applicant"), _("IIN or BIN"), _("Sector"), _("District"), _("Asked"),
        _("Own money"), _("Currency"), _("Status"), _("Officer"), _("Sent"),
    )  # fmt: skip

    def line(a: Application) -> Row:
        return (
            a.number, a.title, a.organisation.name, identifier_for(a, export.asked_by), _name(a.sector),
            _name(a.district), a.amount_requested, a.own_amount, a.currency, a.get_status_display(), _name(a.officer),
            _when(a.submitted_at),
        )  # fmt: skip

    return Table(_("Applications"), head, _lines(rows, keys, line))


def _conflicts(export: Export, keys: list[int]) -> Table:
    rows = Conflict.objects.select_related("application", "person", "lift_proposed_by", "lifted_by")
    head = (_("Application"), _("Person"), _("Kind"), _("Found"), _("State"), _("Why it was lifted"), _("Lifted by"))

    def line(c: Conflict) -> Row:
        state = _("Lifted") if c.lifted_at else _("Blocks")
        who = " · ".join(_name(one) for one in (c.lift_proposed_by, c.lifted_by) if one)
        return (
            c.application.number, _name(c.person), c.get_kind_display(), _when(c.found_at), state, c.lift_reason, who,
        )  # fmt: skip

    return Table(_("Conflicts of interest"), head, _lines(rows, keys, line))


def _assignments(export: Export, keys: list[int]) -> Table:
    rows = Assignment.objects.select_related("application", "expert__user", "review")
    head = (_("Application"), _("Project"), _("Expert"), _("Asked"), _("Due"), _("State"), _("Why it was handed back"))

    def line(a: Assignment) -> Row:
        is_done = bool(getattr(a, "review", None) and a.review.submitted_at)
        state = _("Handed back") if a.returned_at else _("Done") if is_done else _("Under way")
        return (
            a.application.number, a.application.title, _name(a.expert.user), _when(a.assigned_at),
            f"{a.due_on:%Y-%m-%d}", state, a.returned_reason,
        )  # fmt: skip

    return Table(_("Assignments"), head, _lines(rows, keys, line))


def _ranking(export: Export, keys: list[int]) -> Table:
    assert export.call is not None  # a ranking is asked for from its call's page
    ranking, wanted = rank_call(export.call, with_severity=True), set(keys)
    head = (
        _("Rank"), _("Number"), _("Project"), _("Applicant"), _("Score"), _("Spread"), _("Reviews"),
        _("Chance of the line, %"), _("Asked"), _("Money up to here"), _("The line gives"), _("Decision"),
    )  # fmt: skip
    rows = (
        (
            r.rank, r.application.number, r.application.title, r.application.organisation.name, r.mean, r.spread,
            r.reviews, r.chance_percent, r.application.amount_requested, r.cumulative, r.award,
            r.decision.get_outcome_display() if r.decision else "",
        )
        for r in ranking.rows
        if r.application.pk in wanted
    )  # fmt: skip
    title = _("Ranking: %(call)s") % {"call": export.call.title}
    return Table(f"{title} · SHA-256 {ranking.sha256}", head, rows)


def _register(export: Export, keys: list[Any]) -> Table:
    head = (_("Application"), _("Kind"), _("When"), _("Who"), _("What"), _("Why"))

    def told() -> Iterator[Row]:
        for start in range(0, len(keys), STEP):
            named = [key.partition(":") for key in keys[start : start + STEP]]
            for line in lines_of([(kind, int(pk), clock.now()) for kind, _colon, pk in named]):
                yield str(line.application), str(line.kind.label), _when(line.at), line.by, line.what, line.why

    return Table(_("Register of exceptions"), head, told())


def _money(export: Export, keys: list[int]) -> Table:
    return Table(_("Money of awards"), money_head(), money_lines(keys))


def _lines(rows: QuerySet[Any], keys: list[int], line: Callable[[Any], Row]) -> Iterator[Row]:
    return (line(row) for row in in_order(rows, keys))


def _name(row: Any) -> str:
    return str(row) if row else ""


def _when(at: datetime | None) -> str:
    """The time of Almaty in an order that sorts."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
