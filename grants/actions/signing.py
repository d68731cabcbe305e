"""A contract is signed by each side, on paper with a scan or electronically; by both, it binds. Unsigned, it lapses."""

from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from core.workflow import apply_move, lock
from documents.actions.signatures import check_container, expected_signer, sign_document
from documents.actions.store import atomic_with_files, store_upload
from documents.models import Document
from grants import policy
from grants.actions.contracts import set_void
from grants.actions.letters import tell_owners
from grants.actions.offers import fall_out, lock_all
from grants.models import Award, Contract
from grants.statuses import AwardStatus, ContractKind, ContractSide, VoidKind
from grants.workflow import APPLICATION, AWARD
from notifications.actions.announce import cancel

# How long before its term a contract that the grantee has not signed is spoken of.
BEFORE_TERM = (timedelta(days=1), timedelta(days=3))


@atomic_with_files()
def sign_by_scan(contract: Contract, side: str, upload: File, *, by: Any) -> Contract:
    """A scan of the contract that one side has signed on paper. An owner uploads the own one in time, staff either.

    Raises NotAllowed, Refused for a bad file, a void contract, a side that has signed, and an owner who is late.
    """
    award = lock(contract.award, "application__organisation")
    contract = lock(contract, "award")
    refuse_unsignable(contract, award, side, by)
    # What staff enter is not their own paper: the trail says who entered it, and their data export leaves it out.
    scan = store_upload(upload, by=None if policy.may_sign_for_centre(by) else by)
    return note_signature(contract, award, side, scan=scan, by=by)


def sign_with_key(contract: Contract, *, way: str, container: Any, by: Any) -> Contract:
    """The grantee's electronic signature under the contract's PDF, by a ready file or through NCALayer.

    What is wrong with the signature is refused before a row is locked, so that its audit event stays. Raises
    NotAllowed, Refused with the sentence of the first flaw, and as `sign_by_scan` does.
    """
    organisation = contract.award.application.organisation
    _refuse_now(contract, by)
    checked = check_container(contract.document, container, must_be=expected_signer(by, organisation), by=by)
    with transaction.atomic():
        award, contract = _locked_to_sign(contract, by)
        row = sign_document(contract.document, way=way, container=checked, by=by, organisation=organisation)
        proof = {"way": str(row.way), "result": str(row.result), "fingerprint": row.fingerprint}
        return note_signature(contract, award, ContractSide.GRANTEE, proof=proof, by=by)


def _refuse_now(contract: Contract, by: Any) -> None:
    """Before the signature is read: whoever may not sign learns nothing about it."""
    with transaction.atomic():
        _locked_to_sign(contract, by)


def _locked_to_sign(contract: Contract, by: Any) -> tuple[Award, Contract]:
    award = lock(contract.award, "application__organisation")
    contract = lock(contract, "award", "document")
    if not policy.may_sign_award(by, award):
        raise NotAllowed(_("Only an owner of the organisation signs the contract for it."), code="not_allowed")
    refuse_unsignable(contract, award, ContractSide.GRANTEE, by)
    return award, contract


def refuse_unsignable(contract: Contract, award: Award, side: str, by: Any) -> None:
    """Whether this person may sign for this side now, whichever way; both rows are locked."""
    if not may_sign_side(award, side, by):
        raise NotAllowed(_("You do not sign for this side."), code="not_allowed")
    if contract.voided_at is not None:
        raise Refused(_("This contract is void. Reload the page to see the one that holds."), code="void")
    if getattr(contract, f"{side}_signed_at") is not None:
        raise Refused(_("This side has signed already. Nothing was changed."), code="signed")
    if award.status != AwardStatus.OFFERED:
        raise Refused(_("This award takes no signatures now."), code="wrong_state")
    is_late = contract.sign_due_at is not None and contract.sign_due_at < clock.now()
    if side == ContractSide.GRANTEE and is_late and not policy.may_sign_for_centre(by):
        raise Refused(_("The time to sign is over. Write to Almaty Creative."), code="late")


def may_sign_side(award: Award, side: str, by: Any) -> bool:
    """An owner signs for the grantee; staff who enter signatures for both, from paper."""
    if policy.may_sign_for_centre(by):
        return side in ContractSide.values
    return side == ContractSide.GRANTEE and policy.may_sign_award(by, award)


def note_signature(
    contract: Contract, award: Award, side: str, *, scan: Document | None = None, proof: Any = None, by: Any
) -> Contract:
    """A step of signing, whichever way: the side has signed; with both the contract binds and the award is signed.

    `proof`: what the trail says about an electronic signature (ids and hashes).
    """
    now = clock.now()
    setattr(contract, f"{side}_signed_at", now)
    setattr(contract, f"{side}_scan", scan)
    contract.save(update_fields=[f"{side}_signed_at", f"{side}_scan"])
    told = {"award": award.public_id, "side": str(side), **({"scan": scan.sha256} if scan else {}), **(proof or {})}
    record("contract.sign", contract, by=by, data=told)
    if side == ContractSide.GRANTEE:
        cancel(key_prefix=f"contract_due:{contract.public_id}:")
    if contract.grantee_signed_at and contract.centre_signed_at:
        contract.signed_at = now
        contract.save(update_fields=["signed_at"])
        if contract.kind == ContractKind.CONTRACT:
            apply_move(AWARD, award, "sign", by=by, data={"contract": contract.public_id, "sha256": contract.sha256})
        key = f"contract_signed:{contract.public_id}"
        tell_owners(award.application, "contract_signed", key=key, context=lambda: {"contract": contract.number})
    return contract


def late_contracts() -> list[int]:
    """Keys of contracts that the grantee has not signed in time."""
    rows = Contract.objects.unsigned().filter(kind=ContractKind.CONTRACT, grantee_signed_at=None)
    return list(rows.filter(sign_due_at__lt=clock.now()).values_list("pk", flat=True))


@transaction.atomic
def lapse_contract(contract_id: int) -> bool:
    """The clock ends an award whose grantee did not sign in time: the contract is void, the reserve list moves up."""
    application, award = lock_all(Award.objects.select_related("application").get(contracts=contract_id))
    contract = lock(Contract.objects.get(pk=contract_id), "award")
    is_late = contract.sign_due_at is not None and contract.sign_due_at < clock.now()
    if contract.voided_at or contract.grantee_signed_at or award.status != AwardStatus.OFFERED or not is_late:
        return False
    set_void(contract, reason="", by=None)
    apply_move(AWARD, award, "lapse", by=None, data={"contract": contract.public_id})
    apply_move(APPLICATION, application, "lapse", by=None, data={"award": award.public_id})
    fall_out(award, application, VoidKind.UNSIGNED, "contract_lapsed")
    return True


def remind_contracts() -> int:
    """Tells owners of contracts that they have not signed and that lapse within three days, and again within one."""
    soon = clock.now() + max(BEFORE_TERM)
    rows = Contract.objects.unsigned().filter(kind=ContractKind.CONTRACT, grantee_signed_at=None)
    rows = rows.filter(sign_due_at__gte=clock.now(), sign_due_at__lte=soon)
    return sum(_remind(row) for row in rows.select_related("award__application__call"))


@transaction.atomic
def _remind(contract: Contract) -> bool:
    left = contract.sign_due_at - clock.now() if contract.sign_due_at else max(BEFORE_TERM)
    days = next(before.days for before in BEFORE_TERM if left <= before)
    tell_owners(
        contract.award.application,
        "contract_due",
        key=f"contract_due:{contract.public_id}:{days}",
        context=lambda: {"contract": contract.number, "until": moment(contract.sign_due_at)},
    )
    return True
