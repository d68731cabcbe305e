"""What holds money back: placed by one person, lifted by two."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.approvals import confirm, propose, turn_down
from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.actions.ledger import lock_award
from grants.actions.letters import tell_owners
from grants.models import Award, Hold
from grants.statuses import AWARDS_OVER


@transaction.atomic
def place_hold(award: Award, *, kind: str, reason_kk: str, reason_ru: str, by: Any) -> Hold:
    """No tranche of the award is paid and its organisation sends no new application until the hold is lifted.

    `by` is None for the clock. Raises Refused without the reason in both languages, for an award that is over, and
    where a hold of this kind is in force.
    """
    if by is not None and not policy.may_place_hold(by):
        raise NotAllowed(_("Only officers and finance place holds."), code="not_allowed")
    award = lock_award(award)
    if not reason_kk.strip() or not reason_ru.strip():
        raise Refused(_("Give the reason in Kazakh and in Russian: the grantee reads it."), code="no_reason")
    if award.status in AWARDS_OVER:
        raise Refused(_("This award is over: there is nothing to hold back."), code="wrong_state")
    if Hold.objects.in_force().filter(award=award, kind=kind).exists():
        raise Refused(_("A hold of this kind is in force already."), code="held_already")
    hold = Hold.objects.create(
        award=award, kind=kind, reason_kk=reason_kk.strip(), reason_ru=reason_ru.strip(), placed_by=by
    )
    record("award_hold.place", hold, by=by, data={"award": award.public_id, "kind": kind})
    _tell(hold, "hold_placed")
    return hold


@transaction.atomic
def propose_lifting(hold: Hold, *, reason: str, by: Any) -> Approval:
    """The first of two, with the reason. Raises Refused where it is lifted already, and without a reason."""
    hold = _locked(hold, by)
    if hold.lifted_at is not None:
        raise Refused(_("This hold is lifted already."), code="wrong_state")
    if not reason.strip():
        raise Refused(_("Say why the hold is no longer needed."), code="no_reason")
    payload = {"award": hold.award.public_id, "kind": hold.kind}
    return propose(ApprovalKind.LIFT_HOLD, hold, payload=payload, reason=reason, by=by)


@transaction.atomic
def lift_award_hold(hold: Hold, *, by: Any) -> Hold:
    """The second person: money may flow again. Lifting twice is one lifting. Raises Refused where nobody else has
    proposed it."""
    hold = _locked(hold, by)
    if hold.lifted_at is not None:
        return hold
    approval = confirm(ApprovalKind.LIFT_HOLD, hold, by=by)
    hold.lifted_at, hold.lifted_by, hold.lift_reason = clock.now(), by, approval.reason[:1000]
    hold.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    record("award_hold.lift", hold, by=by, data={"award": hold.award.public_id, "kind": hold.kind})
    _tell(hold, "hold_lifted")
    return hold


@transaction.atomic
def keep_award_hold(hold: Hold, *, by: Any) -> Approval:
    """Turns the proposal down, or takes one's own back: the hold stays."""
    return turn_down(ApprovalKind.LIFT_HOLD, _locked(hold, by), by=by)


def _locked(hold: Hold, by: Any) -> Hold:
    if not policy.may_lift_hold(by):
        raise NotAllowed(_("Only officers and finance lift holds."), code="not_allowed")
    lock_award(hold.award)
    return lock(hold, "award__application__call")


def _tell(hold: Hold, event: str) -> None:
    tell_owners(
        hold.award.application, event, key=f"{event}:{hold.public_id}", context=lambda: {"reason": str(hold.reason)}
    )
