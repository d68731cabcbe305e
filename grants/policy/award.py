"""Who may do what after an award: contracts, money, receipts."""

from typing import TYPE_CHECKING, Any

from accounts.policy import has_role, may_sign_for, may_write_for
from accounts.statuses import Role

if TYPE_CHECKING:
    from grants.models import Award, PaymentBatch, Tranche

# --- seeing ---------------------------------------------------------------------------------------


def may_see_contracts(user: Any) -> bool:
    """Staff who prepare, sign, pay and audit; the commission's work ends with the award."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.FINANCE, Role.AUDITOR)


def may_see_payments(user: Any) -> bool:
    """Account numbers stand there: who pays, and who audits that."""
    return has_role(user, Role.FINANCE, Role.AUDITOR)


def may_see_batches(user: Any) -> bool:
    """Who makes, checks and pays registers, and who audits them; whole account numbers stand in the files alone."""
    return may_approve_tranches(user) or may_see_payments(user)


def may_see_expenses(user: Any) -> bool:
    """Receipts: who accepts reports, who pays after them, who audits both."""
    return has_role(user, Role.OFFICER, Role.FINANCE, Role.AUDITOR)


# --- plan and contract ----------------------------------------------------------------------------


def may_plan_award(user: Any, award: "Award") -> bool:
    """Owners and editors of the organisation re-cut the plan; an officer agrees."""
    return may_write_for(user, award.application.organisation)


def may_sign_award(user: Any, award: "Award") -> bool:
    """Only an owner sends the plan to the officer and signs for the organisation."""
    return may_sign_for(user, award.application.organisation)


def may_agree_plan(user: Any) -> bool:
    """An officer, who also makes the contract from the plan."""
    return has_role(user, Role.OFFICER)


def may_see_templates(user: Any) -> bool:
    """Templates and signatories: who prepares contracts, and who audits them."""
    return may_edit_templates(user) or has_role(user, Role.SECRETARY, Role.AUDITOR)


def may_edit_templates(user: Any) -> bool:
    """Officers write them with an administrator."""
    return has_role(user, Role.OFFICER, Role.ADMINISTRATOR)


# --- money ----------------------------------------------------------------------------------------


def may_check_bank_accounts(user: Any) -> bool:
    """Finance compares them with the bank's certificate."""
    return has_role(user, Role.FINANCE)


def may_approve_tranches(user: Any) -> bool:
    """The maker: an officer or finance says that the conditions hold and puts tranches into a register."""
    return has_role(user, Role.OFFICER, Role.FINANCE)


def may_check_batches(user: Any) -> bool:
    """The checker: finance, and not the maker."""
    return has_role(user, Role.FINANCE)


def may_pay_batches(user: Any) -> bool:
    """The payer: finance, and neither maker nor checker."""
    return has_role(user, Role.FINANCE)


def may_approve_tranche(user: Any, tranche: "Tranche") -> bool:
    """The same, asked about a tranche."""
    return may_approve_tranches(user)


def may_check_batch(user: Any, batch: "PaymentBatch") -> bool:
    """Another person than the maker."""
    return may_check_batches(user) and batch.made_by_id != user.pk


def may_send_batch(user: Any, batch: "PaymentBatch") -> bool:
    """A third person."""
    return may_pay_batches(user) and user.pk not in (batch.made_by_id, batch.checked_by_id)


def may_cancel_batch(user: Any, batch: "PaymentBatch") -> bool:
    """Whoever makes or checks registers, before one goes to the bank."""
    return may_approve_tranches(user)


def may_pay_payment(user: Any, row: Any) -> bool:
    """Who enters what the bank has paid: a payer."""
    return may_pay_batches(user)


def may_agree_change(user: Any, row: Any) -> bool:
    """An officer agrees to what changes an award."""
    return may_agree_plan(user)


def may_cancel_tranche(user: Any, tranche: "Tranche") -> bool:
    """With the contract that named it: an officer, or the clock where nobody signed in time."""
    return user is None or may_agree_plan(user)


def may_sign_for_centre(user: Any) -> bool:
    """Who enters the centre's signature, or gives it where the signatory's row names the account."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR)


def may_complete_signing(user: Any, award: "Award") -> bool:
    """The second of the two signatures makes the contract binding, whichever side gives it."""
    return may_sign_award(user, award) or may_sign_for_centre(user)


def may_place_hold(user: Any) -> bool:
    """Who accepts reports and who pays."""
    return has_role(user, Role.OFFICER, Role.FINANCE)


def may_lift_hold(user: Any) -> bool:
    """The same people: one proposes, another one confirms."""
    return may_place_hold(user)


# --- receipts -------------------------------------------------------------------------------------


def may_keep_expenses(user: Any, award: "Award") -> bool:
    """Owners and editors of the organisation."""
    return may_write_for(user, award.application.organisation)
