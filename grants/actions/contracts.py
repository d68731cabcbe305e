"""Making a contract once from a template and the agreed plan; making one with a mistake void."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.canonical import canonical_json
from core.counters import next_number
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from core.workflow import apply_move, lock
from documents.actions.store import atomic_with_files, store_bytes
from grants import policy
from grants.actions.letters import tell_owners
from grants.actions.terms import term_of
from grants.models import Award, Contract, Tranche
from grants.queries.award_plans import plan_in_force
from grants.queries.contract_content import contract_inputs, contract_pdf
from grants.queries.contracts import contract_lacks, open_account, signatory_today, template_in_use
from grants.queries.tranche_schemes import tranches_for
from grants.workflow import TRANCHE
from notifications.actions.announce import cancel


@atomic_with_files()
def make_contract(award: Award, *, by: Any) -> Contract:
    """The fixed PDF with its SHA-256, the tranches that it names, and the term to sign it. Twice is once.

    Raises NotAllowed for who is no officer, Refused with all that is still lacking.
    """
    if not policy.may_agree_plan(by):
        raise NotAllowed(_("Only an officer agrees to plans and makes contracts."), code="not_an_officer")
    award = lock(award, "application__organisation", "application__call")
    there = Contract.objects.live().filter(award=award).first()
    if there:
        return there
    if lacks := contract_lacks(award):
        raise Refused(_("The contract cannot be made yet. Nothing was changed."), code="lacking", items=lacks)
    tranches = _plan_tranches(award, by)
    contract = _make(award, tranches, by)
    record("contract.make", contract, by=by, data={"award": award.public_id, "sha256": contract.sha256})
    tell_owners(
        award.application,
        "contract_to_sign",
        key=f"contract_to_sign:{contract.public_id}",
        context=lambda: {"contract": contract.number, "until": moment(contract.sign_due_at)},
        term_ends_at=contract.sign_due_at,
    )
    return contract


def _plan_tranches(award: Award, by: Any) -> list[Tranche]:
    """By the scheme of the call for this amount; they sum to the award."""
    rows = [
        Tranche.objects.create(award=award, number=number, percent=percent, amount=amount, currency=award.currency)
        for number, (percent, amount) in enumerate(tranches_for(award), start=1)
    ]
    for row in rows:
        record("tranche.plan", row, by=by, data={"award": award.public_id, "number": row.number, "amount": row.amount})
    return rows


def _make(award: Award, tranches: list[Tranche], by: Any) -> Contract:
    """The number comes last: a refused action gives it back. The files are nobody's upload."""
    plan, template, signatory = plan_in_force(award), template_in_use(), signatory_today()
    account, at = open_account(award), clock.now()
    if not (plan and template and signatory and account):  # told by contract_lacks under the same lock
        raise Refused(_("The contract cannot be made yet. Nothing was changed."), code="lacking")
    sign_due_at = term_of(award.application.call.sign_working_days)
    year = clock.today().year
    number = f"GC-{year}-{next_number(f'contract:{year}'):05d}"
    inputs = contract_inputs(
        award, plan=plan, template=template, signatory=signatory, account=account,
        tranches=[(row.percent, row.amount) for row in tranches], number=number, at=at, sign_due_at=sign_due_at,
    )  # fmt: skip
    paper = store_bytes(contract_pdf(inputs), name=f"{number}.pdf", media_type="application/pdf", by=None)
    kept = store_bytes(canonical_json(inputs).encode(), name=f"{number}.json", media_type="application/json", by=None)
    return Contract.objects.create(
        award=award, number=number, plan=plan, template=template, signatory=signatory, document=paper,
        sha256=paper.sha256, inputs=kept, made_at=at, made_by=by, sign_due_at=sign_due_at,
    )  # fmt: skip


@transaction.atomic
def void_contract(contract: Contract, *, reason: str, by: Any) -> Contract:
    """A contract with a mistake that both have not signed yet is void; its tranches are cancelled, another is made.

    Raises NotAllowed for who is no officer, Refused without a reason and once both have signed (then: an addendum).
    """
    if not policy.may_agree_plan(by):
        raise NotAllowed(_("Only an officer agrees to plans and makes contracts."), code="not_an_officer")
    if not reason.strip():
        raise Refused(_("Say why it is void. Nothing was changed."), code="no_reason")
    award = lock(contract.award, "application")
    contract = lock(contract)
    if contract.voided_at is not None:
        return contract
    if contract.signed_at is not None:
        raise Refused(_("Both sides have signed. A signed contract is changed by an addendum."), code="signed")
    set_void(contract, reason=reason.strip(), by=by)
    tell_owners(
        award.application,
        "contract_void",
        key=f"contract_void:{contract.public_id}",
        context=lambda: {"contract": contract.number, "reason": reason.strip()},
    )
    return contract


def set_void(contract: Contract, *, reason: str, by: Any) -> None:
    """A step of an action that holds the award's lock: the mark, the reason, its tranches, its reminders."""
    contract.voided_at, contract.voided_by, contract.void_reason = clock.now(), by, reason
    contract.save(update_fields=["voided_at", "voided_by", "void_reason"])
    record("contract.void", contract, by=by, data={"award": contract.award.public_id})
    for tranche in Tranche.objects.planned().filter(award=contract.award_id):
        apply_move(TRANCHE, tranche, "cancel", by=by)
    cancel(key_prefix=f"contract_due:{contract.public_id}:")
