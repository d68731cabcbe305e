"""Rows of the screening: checks, corrections, proposals «not eligible», and their trail."""

from datetime import timedelta
from typing import Any

from grants.formulas.amounts import own_share_percent
from grants.models import Correction, IneligibilityProposal, ScreeningCheck
from grants.statuses import ApplicationStatus as A
from grants.statuses import CheckKind, CheckResult
from portal.demo.applications import texts_before
from portal.demo.papers import BATCH
from portal.demo.season import Case, Season

AUTOMATIC = (CheckKind.IDENTIFIER, CheckKind.DISTRICT, CheckKind.SECTOR, CheckKind.AMOUNT)
LOOKED_BEFORE = timedelta(minutes=5)
MANUAL = (CheckKind.DOCUMENTS, CheckKind.SUBSTANCE, CheckKind.TAX_DEBT)


def store_findings(season: Season) -> None:
    """What the portal and the officers found about every application that was sent."""
    sent = [case for case in season.cases if case.first_sent_at]
    checks = [check for case in sent for check in [*_automatic(case), *_manual(season, case)]]
    ScreeningCheck.objects.bulk_create(checks, batch_size=BATCH)
    _store_corrections(season, [case for case in sent if case.returned])
    _store_proposals(season, [case for case in sent if case.proposal])
    for case in sent:
        if case.is_judged and not case.upheld_at:
            assert case.screened_at is not None
            between = (A.SUBMITTED.value, A.ELIGIBLE.value)
            season.history.move(case.screened_at, "application", "find_eligible", case.row, between, by=case.officer)


def _automatic(case: Case) -> list[ScreeningCheck]:
    """What `run_automatic_checks` finds: everything in order, but for a BIN that another one gave too."""
    answered = case.returned.ended_at if case.returned and case.returned.end == "answered" else None
    at = answered or case.sent_at
    own = ScreeningCheck(kind=CheckKind.OWN_SHARE, evidence=f"{own_share_percent(*case.money)} %")
    twin = ScreeningCheck(kind=CheckKind.DUPLICATE, evidence=(case.twin and case.twin.number) or "")
    checks = [*(ScreeningCheck(kind=kind) for kind in AUTOMATIC), own, twin]
    for check in checks:
        check.application_id, check.result, check.checked_at = case.row.pk, CheckResult.PASSED, at
    if case.twin:
        twin.result = CheckResult.UNCLEAR
    return checks


def _manual(season: Season, case: Case) -> list[ScreeningCheck]:
    """What the officer looked at; the failed one is the reason of «not eligible»."""
    looked_at = case.proposed_at or case.screened_at
    if not looked_at:
        return []
    failed = case.proposal_reason.get("check") if case.proposal in ("confirmed", "open") else None
    looks = [(kind, looked_at - LOOKED_BEFORE, kind != failed) for kind in MANUAL]
    if case.upheld_at:  # the officer looks once more, at what the appeal brought
        looks += [(kind, case.upheld_at + LOOKED_BEFORE, True) for kind in MANUAL if kind == failed]
    made = {}
    for kind, at, is_passed in looks:
        result = CheckResult.PASSED if is_passed else CheckResult.FAILED
        made[kind] = ScreeningCheck(
            application=case.row, kind=kind, result=result, checked_at=at, checked_by=case.officer
        )
        season.history.add(at, "application.check", case.row, by=case.officer, check=kind, result=result)
    return list(made.values())


def _store_corrections(season: Season, cases: list[Case]) -> None:
    rows = [_correction(season, case) for case in cases]
    Correction.objects.bulk_create(rows, batch_size=BATCH)
    for case, row in zip(cases, rows, strict=True):
        add = season.history.add
        add(row.opened_at, "application.open_correction", case.row, by=case.officer, fields=row.fields)
        if row.answered_at:
            add(row.answered_at, "application.answer_correction", case.row, by=case.owner, changed=row.changed)
        if row.expired_at:
            add(row.expired_at, "application.close_late_correction", case.row, by=None, correction=row.pk)


def _correction(season: Season, case: Case) -> Correction:
    returned = case.returned
    assert returned is not None
    fields = returned.words["fields"]
    is_answered = returned.end == "answered"
    return Correction(
        public_id=season.invent.public_id(),
        application=case.row,
        fields=fields,
        reason_kk=returned.words["kk"],
        reason_ru=returned.words["ru"],
        before=texts_before(case) if is_answered else {field: _value(case, field) for field in fields},
        changed=fields if is_answered else [],
        opened_at=returned.opened_at,
        opened_by=case.officer,
        due_at=returned.due_at,
        answered_at=returned.ended_at if is_answered else None,
        answered_by=case.owner if is_answered else None,
        expired_at=returned.ended_at if returned.end == "expired" else None,
    )


def _value(case: Case, field: str) -> Any:
    """As `grants.queries.snapshot.field_values` has it."""
    if field.startswith("q_"):
        return case.answers[field.removeprefix("q_")]
    if field.startswith("doc_"):
        return [document.pk for document in case.documents.get(field.removeprefix("doc_"), [])]
    return getattr(case, field)


def _store_proposals(season: Season, cases: list[Case]) -> None:
    rows = [_proposal(season, case) for case in cases]
    IneligibilityProposal.objects.bulk_create(rows, batch_size=BATCH)
    for case, row in zip(cases, rows, strict=True):
        add, move, proposal = season.history.add, season.history.move, row.pk
        add(row.proposed_at, "application.propose_ineligible", case.row, by=case.officer, proposal=proposal)
        if row.turned_down_at:
            by = case.second_officer
            add(row.turned_down_at, "application.turn_down_proposal", case.row, by=by, proposal=proposal)
        if row.confirmed_at:
            by, between = case.second_officer, (A.SUBMITTED.value, A.INELIGIBLE.value)
            move(row.confirmed_at, "application", "find_ineligible", case.row, between, by=by, proposal=proposal)


def _proposal(season: Season, case: Case) -> IneligibilityProposal:
    assert case.proposed_at is not None
    is_confirmed, is_turned_down = case.proposal == "confirmed", case.proposal == "turned_down"
    turned_down_at = case.screened_at - timedelta(minutes=1) if is_turned_down and case.screened_at else None
    return IneligibilityProposal(
        application=case.row,
        reason_kk=case.proposal_reason["kk"],
        reason_ru=case.proposal_reason["ru"],
        proposed_at=case.proposed_at,
        proposed_by=case.officer,
        confirmed_at=case.found_at if is_confirmed else None,
        confirmed_by=case.second_officer if is_confirmed else None,
        turned_down_at=turned_down_at,
        turned_down_by=case.second_officer if is_turned_down else None,
    )
