"""Erasing what is past its years: each record in its own transaction, so that one bad row stops nothing else."""

import logging
from typing import Any

from django.db import transaction

from accounts.actions.erasure import erase_bank_account, erase_organisation
from accounts.models import AccessRequest, BankAccount, Erasure, FormerMembership
from accounts.statuses import RecordType
from committees.actions.observers import forget_observer
from committees.models import Observer
from core import clock
from core.audit import record
from core.refusals import Refused
from core.workflow import lock
from documents.actions.erasure import erase_document
from documents.models import AccessProof, Document, VaultEntry
from grants.actions.erasure import empty_application, erase_draft
from grants.models import Application, ExternalCheckRound
from grants.queries.papers import held_elsewhere
from notifications.actions.forget import forget_finished
from portal.actions.erasure import erase_person
from portal.queries.retention import FORMER, STRAY, before, due

logger = logging.getLogger(__name__)


def erase_what_is_due() -> dict[str, int]:
    """Everything of `queries.retention.due`, read anew; returns counts by record type. Safe to run twice."""
    found = due()
    counts = {
        RecordType.DRAFT.value: sum(_draft(row) for row in found.drafts),
        RecordType.APPLICATION.value: sum(_application(row) for row in found.applications),
        RecordType.ACCOUNT.value: sum(_account(row) for row in found.accounts),
        RecordType.MESSAGE.value: _messages(found.spared_people),
        RecordType.BANK_ACCOUNT.value: sum(_bank_account(row) for row in found.bank_accounts),
        RecordType.ACCESS.value: sum(_request(row) for row in found.requests),
        RecordType.OBSERVER.value: sum(_observer(row) for row in found.observers),
        RecordType.EXTERNAL_CHECK.value: sum(_external_check(row) for row in found.external_checks),
        FORMER: _former_members(found.former_members),
        STRAY: _stray(found.stray),
    }
    return {name: count for name, count in counts.items() if count}


@transaction.atomic
def _draft(application: Application) -> int:
    """A draft with its papers, unless another application or the organisation's vault holds them."""
    draft = lock(application, "answer_set")
    about, papers = draft.public_id, erase_draft(draft, by=None)
    in_vaults = VaultEntry.objects.filter(document__in=papers).values_list("document", flat=True)
    free = papers - held_elsewhere(papers, []) - set(in_vaults)
    gone = sum(erase_document(row, by=None) for row in Document.objects.filter(pk__in=free))
    _log(about, {"draft": 1, "documents": gone})
    return 1


@transaction.atomic
def _application(application: Application) -> int:
    """A sent application is emptied; its organisation too, once nobody stands for it and it has no other record."""
    row = lock(application, "answer_set", "organisation")
    counts = {"application": 1, "documents": empty_application(row, by=None)}
    organisation = row.organisation
    others = Application.objects.filter(organisation=organisation).exclude(pk=row.pk).exclude(title="")
    if not organisation.memberships.exists() and not others.exists() and organisation.name != "—":
        erase_organisation(organisation)
        record("organisation.erase", organisation, by=None)
        counts["organisation"] = 1
    _log(row.public_id, counts)
    return 1


def _account(user: Any) -> int:
    try:
        erase_person(user, by=None)
    except Refused as refused:
        logger.warning("account %s is past its years and was not erased: %s", user.public_id, refused.code)
        return 0
    return 1


@transaction.atomic
def _bank_account(account: BankAccount) -> int:
    erase_bank_account(account, by=None)
    _log(account.public_id, {RecordType.BANK_ACCOUNT.value: 1})
    return 1


@transaction.atomic
def _request(request: AccessRequest) -> int:
    """With its papers, unless another request still holds them."""
    about, papers = request.public_id, list(request.proofs.values_list("document", flat=True))
    request.delete()
    free = Document.objects.filter(pk__in=papers).exclude(pk__in=AccessProof.objects.values("document"))
    gone = sum(erase_document(row, by=None) for row in free)
    _log(about, {RecordType.ACCESS.value: 1, "documents": gone})
    return 1


@transaction.atomic
def _observer(observer: Observer) -> int:
    forget_observer(observer, by=None)
    _log(observer.meeting.public_id, {RecordType.OBSERVER.value: 1})
    return 1


@transaction.atomic
def _external_check(checks: ExternalCheckRound) -> int:
    """Both lists; what they said stands in the checks of each application."""
    lists = [row for row in (checks.sent, checks.answer) if row]
    _log(checks.public_id, {"documents": sum(erase_document(row, by=None) for row in lists)})
    return 1


@transaction.atomic
def _former_members(rows: list[FormerMembership]) -> int:
    """One line in the log for all of them."""
    count, _by_model = FormerMembership.objects.filter(pk__in=[row.pk for row in rows]).delete()
    if count:
        _log(FORMER, {FORMER: count})
    return count


@transaction.atomic
def _stray(documents: list[Document]) -> int:
    """Files that nothing holds; one line in the log for all of them."""
    gone = sum(erase_document(row, by=None) for row in documents)
    if gone:
        _log(STRAY, {"documents": gone})
    return gone


@transaction.atomic
def _messages(spared: set[int]) -> int:
    """Words and addresses of old letters; one line in the log for all of them."""
    count = forget_finished(before(RecordType.MESSAGE, clock.now()), spare=spared)
    if count:
        _log(RecordType.MESSAGE.value, {"letters": count})
    return count


def _log(about: str, counts: dict[str, int]) -> None:
    Erasure.objects.create(about=about, erased=counts, by=None)
