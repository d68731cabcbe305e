"""The maker's part: the conditions of a tranche hold, so it may be paid; and what the tax authority said."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.ledger import lock_award
from grants.models import Award, TaxCheck, Tranche
from grants.queries.tranches import missing_of, waits_for_earlier
from grants.statuses import TrancheCondition
from grants.workflow import TRANCHE

# A tranche that is planned again has no maker.
NOT_APPROVED: dict[str, Any] = {"approved_at": None, "approved_by": None}


@transaction.atomic
def approve_tranche(tranche: Tranche, *, by: Any) -> Tranche:
    """Every condition holds: it may stand in a register. What held is written down with it.

    Raises Refused with what is missing, and where an earlier tranche is not paid yet.
    """
    tranche = _locked(tranche)
    if not policy.may_approve_tranches(by):
        raise NotAllowed(_("Only officers and finance approve tranches."), code="not_allowed")
    if waits_for_earlier(tranche):
        raise Refused(_("An earlier tranche is not paid yet. Tranches are paid in their order."), code="out_of_order")
    missing = missing_of(tranche)
    if missing:
        sentence = _("This tranche cannot be paid yet: %(missing)s")
        raise Refused(sentence % {"missing": " ".join(missing)}, code="conditions", items=missing)
    held = {"held": [kind.value for kind in TrancheCondition], "on": clock.today().isoformat()}
    data = {"award": tranche.award.public_id, "amount": tranche.amount}
    return apply_move(
        TRANCHE, tranche, "approve", by=by, data=data, conditions=held, approved_at=clock.now(), approved_by=by
    )


@transaction.atomic
def return_tranche(tranche: Tranche, *, by: Any) -> Tranche:
    """Takes the approval back while no register holds the tranche. Raises Refused where one does."""
    tranche = _locked(tranche)
    if tranche.payments.live().exists():
        raise Refused(_("It stands in a register. Take it out there first."), code="in_a_register")
    return apply_move(TRANCHE, tranche, "return", by=by, **NOT_APPROVED)


@transaction.atomic
def note_tax_check(award: Award, *, is_clear: bool, checked_on: date, evidence: str, by: Any) -> TaxCheck:
    """What a statement of the tax authority says; the newest one counts, for ten days.

    Raises Refused for a day to come, and without the number of the statement.
    """
    if not policy.may_approve_tranches(by):
        raise NotAllowed(_("Only officers and finance enter tax statements."), code="not_allowed")
    if checked_on > clock.today() or not evidence.strip():
        sentence = _("Give the number of the statement and its day, not later than today. Nothing was entered.")
        raise Refused(sentence, code="incomplete")
    award = lock_award(award)
    check = TaxCheck.objects.create(
        award=award, is_clear=is_clear, checked_on=checked_on, evidence=evidence.strip(), noted_by=by
    )
    record("tax_check.note", check, by=by, data={"award": award.public_id, "is_clear": is_clear})
    return check


def _locked(tranche: Tranche) -> Tranche:
    """The award's row first, then the tranche's."""
    lock_award(tranche.award)
    return lock(tranche, "award")
