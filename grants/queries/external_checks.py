"""Who lacks an outside check, and what a list that came back would write down."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.statuses import Country
from documents.formulas.tables import read_table
from documents.models import Document
from grants.formulas.external_answers import full_identifier, read_answer
from grants.models import Application, Call, ExternalCheckRound, ScreeningCheck
from grants.queries.conflicts import conflicting_pairs
from grants.statuses import ApplicationStatus, CheckResult

PLACE, NUMBER, IDENTIFIER, RESULT, EVIDENCE = range(5)  # the columns of a list, out and back


def lacking(call: Call, kind: str, reader: Any) -> QuerySet[Application]:
    """In screening, without this check, with an IIN or BIN; those that the reader sees."""
    made = ScreeningCheck.objects.filter(application=OuterRef("pk"), kind=kind)
    rows = Application.objects.visible_to(reader).filter(call=call, status=ApplicationStatus.SUBMITTED)
    rows = rows.filter(~Exists(made), organisation__country=Country.KZ).exclude(organisation__identifier="")
    return rows.select_related("organisation").order_by("number")


@dataclass(frozen=True)
class Answered:
    """One line of the list that came back, fit to be written down."""

    application: Application
    result: str
    evidence: str

    @property
    def words(self) -> Any:
        """The result as people read it."""
        return CheckResult(self.result).label


@dataclass
class Preview:
    """What an import would do: lines to write, faults that stop it, lines that are left out, numbers without answer."""

    ready: list[Answered] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)


def rows_of(document: Document) -> list[list[str]]:
    """The lines of a stored list, without its head. Raises NotATable."""
    with default_storage.open(str(document.file.name), "rb") as stored:
        rows = read_table(stored.read())[1:]
    return [[*row, *[""] * 5][:5] for row in rows if any(row)]


def sent_rows(checks: ExternalCheckRound) -> dict[str, str]:
    """Number of the application -> IIN or BIN, as they went out."""
    return {row[NUMBER]: row[IDENTIFIER] for row in rows_of(checks.sent)}


def preview(checks: ExternalCheckRound, reader: Any) -> Preview:
    """Reads the list that came back; writes nothing. About sixteen queries, however long the list is."""
    assert checks.answer is not None  # its page offers this once there is one
    sent, shown, seen = sent_rows(checks), Preview(), set[str]()
    found = _applications(checks, set(sent), reader)
    for line, row in enumerate(rows_of(checks.answer), start=2):
        number, fault = row[NUMBER].upper(), _fault(row, sent, seen)
        if fault:
            shown.faults.append(_("Line %(line)s: %(fault)s") % {"line": line, "fault": fault})
        elif row[RESULT]:
            seen.add(number)
            _put(shown, row, found.get(number), checks.kind)
    shown.unanswered = sorted(set(sent) - seen)
    return shown


def _fault(row: list[str], sent: dict[str, str], seen: set[str]) -> str:
    """Why a line cannot be taken, in words; empty where it can."""
    number = row[NUMBER].upper()
    if number not in sent:
        return _("«%(number)s» was not in the list that went out.") % {"number": row[NUMBER]}
    if full_identifier(row[IDENTIFIER]) != sent[number]:
        return _("the IIN or BIN of %(number)s is not the one that went out.") % {"number": number}
    if number in seen:
        return _("%(number)s stands there twice.") % {"number": number}
    if row[RESULT] and read_answer(row[RESULT]) is None:
        return _("«%(words)s» is no answer that we know.") % {"words": row[RESULT][:60]}
    return ""


def _applications(checks: ExternalCheckRound, numbers: set[str], reader: Any) -> dict[str, Application]:
    """Those that this person may judge, with the checks that they have."""
    rows = Application.objects.visible_to(reader).filter(call=checks.call_id, number__in=numbers)
    rows = rows.select_related("organisation", "call").prefetch_related("checks")
    blocked = {application for _person, application in conflicting_pairs(rows, [reader])}
    return {str(row.number): row for row in rows if row.pk not in blocked}


def _put(shown: Preview, row: list[str], application: Application | None, kind: str) -> None:
    """Among those to write, or among those that are left out, with the reason."""
    reason = ""
    if application is None:
        reason = _("you may not judge it, a colleague does")
    elif application.status != ApplicationStatus.SUBMITTED:
        reason = _("it is no longer in screening")
    elif any(check.kind == kind for check in application.checks.all()):
        reason = _("this check has been written down already")
    elif application.organisation.identifier != full_identifier(row[IDENTIFIER]):
        reason = _("the applicant's IIN or BIN has changed since")
    if reason or application is None:
        shown.left_out.append(f"{row[NUMBER].upper()}: {reason}")
        return
    shown.ready.append(Answered(application, str(read_answer(row[RESULT])), row[EVIDENCE]))
