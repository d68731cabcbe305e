"""The register of exceptions: a reading of rows that stand elsewhere, never a second book.

Departures from the ranking, changed scores, more time for one application, lifted matches, corrections that came late
or never, payments that were cancelled or came back. What somebody may not judge, and scores of a call whose reviews
they still owe, stay closed to them here too.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, F, Model, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from core.templatetags.words import moment, money
from grants.models import (
    Application,
    Assignment,
    Call,
    Conflict,
    Correction,
    Decision,
    Extension,
    Payment,
    ScoreEntry,
)
from grants.statuses import CallStatus, ExceptionKind

Keys = tuple[str, int, datetime]


@dataclass(frozen=True)
class Line:
    """One exception: which, whose, when, by whom, what and why."""

    kind: ExceptionKind
    application: Application
    at: datetime
    by: str
    what: str
    why: str


def departures() -> QuerySet[Decision]:
    """Decisions that did not follow the ranking."""
    return Decision.objects.exclude(departure_motive="")


def changed_scores() -> QuerySet[ScoreEntry]:
    """Later versions of a score."""
    return ScoreEntry.objects.filter(number__gt=1, review__submitted_at__isnull=False)


def late_corrections() -> QuerySet[Correction]:
    """Answered after their time, or never."""
    return Correction.objects.filter(Q(expired_at__isnull=False) | Q(answered_at__gt=F("due_at")))


def ended_payments() -> QuerySet[Payment]:
    """Cancelled with their register, refused by the bank, or come back after they were paid."""
    ended = Payment.objects.exclude(failed_at=None, cancelled_at=None)
    return ended.annotate(ended_at=Coalesce("failed_at", "cancelled_at"))


# kind -> rows, the way to the application, when, who, and whether they tell scores.
SOURCES: dict[ExceptionKind, tuple[Any, str, str, str]] = {
    ExceptionKind.DEPARTURE: (departures, "application", "staged_at", "staged_by"),
    ExceptionKind.SCORE: (changed_scores, "review__assignment__application", "entered_at", ""),
    ExceptionKind.EXTENSION: (lambda: Extension.objects.single(), "application", "granted_at", "granted_by"),
    ExceptionKind.LIFTED: (
        lambda: Conflict.objects.filter(lifted_at__isnull=False), "application", "lifted_at", "lifted_by",
    ),
    ExceptionKind.CORRECTION: (late_corrections, "application", "due_at", "opened_by"),
    ExceptionKind.PAYMENT: (ended_payments, "tranche__award__application", "ended_at", "batch__made_by"),
}  # fmt: skip
SCORES = {ExceptionKind.DEPARTURE, ExceptionKind.SCORE}


def register(reader: Any, *, kind: str = "", call: Call | None = None) -> QuerySet[Any]:
    """(kind, key, when) of every exception that this person may read, the newest first: one statement."""
    parts = [_keys(one, reader, call) for one in SOURCES if kind in ("", one)]
    first, rest = parts[0], parts[1:]
    return (first.union(*rest, all=True) if rest else first).order_by("-told_at", "of_kind", "-of_row")


def _keys(kind: ExceptionKind, reader: Any, call: Call | None) -> QuerySet[Any]:
    rows, way, when, _by = SOURCES[kind]
    found = rows().order_by().exclude(**{f"{way}__in": Conflict.objects.closing_to(reader)})
    if kind in SCORES:
        owing = Assignment.objects.visible_to(reader).to_do().values("application__call")
        found = found.exclude(**{f"{way}__call__in": owing})
    if call:
        found = found.filter(**{f"{way}__call": call})
    told = found.annotate(of_kind=Value(str(kind.value), output_field=CharField()), of_row=F("pk"), told_at=F(when))
    return told.values_list("of_kind", "of_row", "told_at")


def lines_of(keys: list[Keys]) -> list[Line]:
    """The exceptions of one page with their words: one statement for each kind on it."""
    found: dict[tuple[str, int], Line] = {}
    for kind in {key[0] for key in keys}:
        wanted = [pk for one, pk, _at in keys if one == kind]
        found.update({(kind, pk): line for pk, line in _lines(ExceptionKind(kind), wanted).items()})
    return [found[kind, pk] for kind, pk, _at in keys]


def applications_of(kind: ExceptionKind, keys: list[int]) -> set[int]:
    """Keys of the applications that these exceptions are about."""
    rows, way, _when, _by = SOURCES[kind]
    return {key for key in rows().filter(pk__in=keys).order_by().values_list(way, flat=True) if key}


def _lines(kind: ExceptionKind, keys: list[int]) -> dict[int, Line]:
    rows, way, when, by = SOURCES[kind]
    related = [f"{way}__call", *([by] if by else [])]
    if kind == ExceptionKind.SCORE:
        related.append("criterion")
    return {row.pk: _line(kind, row, way, when, by) for row in rows().select_related(*related).filter(pk__in=keys)}


def _line(kind: ExceptionKind, row: Model, way: str, when: str, by: str) -> Line:
    who = str(_along(row, by)) if by else _("an expert")
    return Line(kind, _along(row, way), getattr(row, when), who, *_words(kind, row))


def _along(row: Any, way: str) -> Any:
    for part in way.split("__"):
        row = getattr(row, part)
    return row


def _words(kind: ExceptionKind, row: Any) -> tuple[str, str]:
    if kind == ExceptionKind.DEPARTURE:
        return str(row.get_outcome_display()), row.departure_motive
    if kind == ExceptionKind.SCORE:
        words = _("%(criterion)s: version %(number)s, now %(score)s")
        return words % {"criterion": row.criterion.title, "number": row.number, "score": row.score}, row.change_reason
    if kind == ExceptionKind.EXTENSION:
        return _("Until %(at)s") % {"at": moment(row.closes_at)}, str(row.reason)
    if kind == ExceptionKind.LIFTED:
        return str(row.get_kind_display()), row.lift_reason
    if kind == ExceptionKind.PAYMENT:
        what = _("Tranche %(number)s, %(amount)s")
        told = {"number": row.tranche.number, "amount": money(row.amount, row.currency)}
        return what % told, row.fail_reason or _("The register %(number)s was cancelled") % {"number": row.batch}
    came = moment(row.answered_at) if row.answered_at else _("never answered")
    return _("Due %(due)s, %(came)s") % {"due": moment(row.due_at), "came": came}, str(row.reason)


def public_counts() -> list[tuple[Call, dict[ExceptionKind, int]]]:
    """How many of each kind a released call has: what everybody may know. One statement and one for each kind."""
    calls = list(
        Call.objects.filter(status__in=[CallStatus.PUBLISHED, CallStatus.DECIDED], released_at__isnull=False)
        .select_related("programme_year")
        .order_by("-released_at", "-pk")
    )
    counted = {call.pk: dict.fromkeys(ExceptionKind, 0) for call in calls}
    for kind, (rows, way, _when, _by) in SOURCES.items():
        of_calls = rows().filter(**{f"{way}__call__in": list(counted)}).order_by()
        if kind == ExceptionKind.DEPARTURE:
            of_calls = of_calls.filter(released_at__isnull=False)
        for row in of_calls.values(of_call=F(f"{way}__call")).annotate(n=Count("pk")):
            counted[row["of_call"]][kind] = row["n"]
    return [(call, counted[call.pk]) for call in calls]
