"""Checks that somebody outside makes: a list goes out, comes back, is looked at, and is written down all at once."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.counters import next_number
from core.refusals import NotAllowed, Refused
from core.text import pick
from core.workflow import lock
from documents.actions.erasure import erase_document
from documents.actions.store import atomic_with_files, store_bytes, store_upload
from documents.formulas.sniffing import XLSX
from documents.formulas.tables import NotATable, write_table
from grants import policy
from grants.actions.screening import record_check
from grants.formulas.external_answers import OFFERED
from grants.models import Application, Call, ExternalCheckRound, ScreeningCheck
from grants.queries.external_checks import RESULT, Answered, lacking, preview, rows_of
from grants.statuses import EXTERNAL_CHECKS

LONGEST = 500  # letters of a check's evidence


def _refuse_others(by: Any) -> None:
    if not policy.may_run_external_checks(by):
        raise NotAllowed(_("Only an officer sends lists for outside checks."), code="not_allowed")


@atomic_with_files()
def send_round(call: Call, *, kind: str, by: Any) -> ExternalCheckRound:
    """A numbered list of the applications in screening that lack this check: number, IIN or BIN, room for the answer.

    Raises Refused where nothing lacks it.
    """
    _refuse_others(by)
    if kind not in EXTERNAL_CHECKS:
        raise Refused(_("This check is not made outside."), code="not_external")
    rows = list(lacking(call, kind, by))
    if not rows:
        raise Refused(_("No application of this call waits for this check. No list was made."), code="nothing")
    number = next_number("external-checks")
    content = _list([(row.number, row.organisation.identifier) for row in rows], number)
    document = store_bytes(content, name=f"checks-{number}.xlsx", media_type=XLSX.media_type, by=by)
    made = ExternalCheckRound.objects.create(
        number=number, call=call, kind=kind, sent=document, rows=len(rows), made_by=by
    )
    record("external_check.send", made, by=by, data={"rows": len(rows), "sha256": document.sha256})
    return made


def _list(rows: list[tuple[Any, Any]], number: int) -> bytes:
    language = get_language()
    head = ("№", _("Application"), _("IIN or BIN"), _("Answer"), _("Evidence: document, number, day"))
    offered = [str(pick(words, language)) for words in OFFERED.values()]
    title = _("Round %(number)s") % {"number": number}
    lines = [(str(place), *row, "", "") for place, row in enumerate(rows, start=1)]
    return write_table(head, lines, title=title, choices={RESULT: offered})


@atomic_with_files()
def receive_answer(
    checks: ExternalCheckRound, *, upload: File, source: str, answered_on: date, by: Any
) -> ExternalCheckRound:
    """Keeps the list that came back, to be looked at; nothing is written into any application yet.

    Another file takes its place until it is imported. Raises Refused for a file that is no table.
    """
    _refuse_others(by)
    checks = lock(checks, "sent")
    _refuse_imported(checks)
    if checks.sent.erased_at:
        raise Refused(_("The list that went out is past its term and erased. Make a new round."), code="erased")
    if not source.strip() or answered_on > clock.today():
        raise Refused(_("Say who answered, and the day of the answer, not later than today."), code="no_source")
    before, document = checks.answer, store_upload(upload, by=by)
    try:
        rows_of(document)
    except NotATable as error:
        raise Refused(
            _("This file is no XLSX table that we can read. Nothing was changed."), code="no_table"
        ) from error
    checks.answer, checks.source, checks.answered_on = document, source.strip(), answered_on
    checks.save(update_fields=["answer", "source", "answered_on"])
    if before:
        erase_document(before, by=by)
    record("external_check.receive", checks, by=by, data={"sha256": document.sha256})
    return checks


def _refuse_imported(checks: ExternalCheckRound) -> None:
    if checks.imported_at:
        raise Refused(_("This round is imported. For more answers make a new round."), code="imported")


@transaction.atomic
def import_answer(checks: ExternalCheckRound, *, sha256: str, by: Any) -> ExternalCheckRound:
    """Writes every answered check with its evidence, all of them or none; the same file again changes nothing.

    `sha256` is that of the file that was looked at. Raises Refused with the faults where there are any, and where
    another file has taken its place.
    """
    _refuse_others(by)
    checks = lock(checks)
    if checks.answer is None or checks.answer.sha256 != sha256:
        raise Refused(_("Another file has taken its place. Look at it first: nothing was written."), code="changed")
    if checks.imported_at:
        return checks
    list(Application.objects.select_for_update(of=("self",)).filter(call=checks.call_id).values_list("pk"))
    shown = preview(checks, by)
    if shown.faults:
        sentence = _("Some lines do not fit the list that went out. Mend them in the file: nothing was written.")
        raise Refused(sentence, code="faults", items=shown.faults)
    for row in shown.ready:
        record_check(row.application, checks.kind, row.result, evidence=_evidence(checks, row), by=by)
    written = [row.application.pk for row in shown.ready]
    ScreeningCheck.objects.filter(application__in=written, kind=checks.kind).update(external_round=checks)
    checks.imported_at, checks.imported_by, checks.written = clock.now(), by, len(written)
    checks.save(update_fields=["imported_at", "imported_by", "written"])
    record("external_check.import", checks, by=by, data={"written": len(written), "sha256": sha256})
    return checks


def _evidence(checks: ExternalCheckRound, row: Answered) -> str:
    """Who answered and when, the round and the first letters of the file's hash, what the line itself says."""
    assert checks.answer is not None  # the import has looked
    assert checks.answered_on is not None  # a CHECK holds it beside the answer
    about = f"{checks.source}, {checks.answered_on:%d.%m.%Y} · № {checks.number} · {checks.answer.sha256[:12]}"
    return " · ".join(filter(None, [about, row.evidence]))[:LONGEST]


@transaction.atomic
def note_taken(checks: ExternalCheckRound, which: str, *, by: Any) -> None:
    """The trail says who took a list of IIN and BIN."""
    record("external_check.take", checks, by=by, data={"which": which})
