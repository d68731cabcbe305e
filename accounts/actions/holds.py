"""Setting and lifting a legal hold."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions.approvals import confirm, propose, turn_down
from accounts.models import Approval, LegalHold
from accounts.policy import may_hold
from accounts.statuses import ApprovalKind
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock


@transaction.atomic
def set_hold(about: str, *, reason: str, by: Any) -> LegalHold:
    """From now on nothing about this person or record is erased. Raises NotAllowed, and Refused without a reason."""
    _check(by)
    if not about.strip() or not reason.strip():
        raise Refused(_("Give what is held (a public id or a number) and the reason."), code="incomplete")
    hold = LegalHold.objects.create(about=about.strip(), reason=reason.strip(), set_by=by)
    record("hold.set", hold, by=by, data={"about": hold.about})
    return hold


@transaction.atomic
def propose_lifting(hold: LegalHold, *, reason: str, by: Any) -> Approval:
    """The first of two administrators, with the reason. Raises Refused where the hold is lifted already."""
    _check(by)
    hold = lock(hold)
    if hold.lifted_at is not None:
        raise Refused(_("This hold is lifted already."), code="wrong_state")
    if not reason.strip():
        raise Refused(_("Say why the hold is no longer needed."), code="no_reason")
    return propose(ApprovalKind.LIFT_HOLD, hold, payload={"about": hold.about}, reason=reason, by=by)


@transaction.atomic
def lift_hold(hold: LegalHold, *, by: Any) -> LegalHold:
    """The second administrator: the clock may erase again what is past its years. Lifting twice is one lifting.

    Raises Refused where nobody else has proposed it.
    """
    _check(by)
    hold = lock(hold)
    if hold.lifted_at is None:
        confirm(ApprovalKind.LIFT_HOLD, hold, by=by)
        hold.lifted_at, hold.lifted_by = clock.now(), by
        hold.save(update_fields=["lifted_at", "lifted_by"])
        record("hold.lift", hold, by=by, data={"about": hold.about})
    return hold


@transaction.atomic
def keep_hold(hold: LegalHold, *, by: Any) -> Approval:
    """Turns the proposal to lift down (or takes one's own back): the hold stays."""
    _check(by)
    return turn_down(ApprovalKind.LIFT_HOLD, lock(hold), by=by)


def _check(by: Any) -> None:
    if not may_hold(by):
        raise NotAllowed(_("Only an administrator may do this."), code="not_allowed")
