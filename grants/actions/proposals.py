"""Turning down what a colleague has proposed, or taking one's own proposal back: nothing is done."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions.approvals import turn_down
from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core.refusals import NotAllowed
from core.workflow import lock
from grants import policy
from grants.models import Application, Call

# Who proposes or confirms a step may also stop it.
RULES: dict[str, Callable[[Any], bool]] = {
    ApprovalKind.PUBLISH_CALL: policy.may_edit_calls,
    ApprovalKind.CHANGE_RULES: policy.may_edit_calls,
    ApprovalKind.CANCEL_CALL: policy.may_propose_cancelling,
    ApprovalKind.RELEASE: lambda person: policy.may_propose_release(person) or policy.may_release_decisions(person),
    ApprovalKind.EXTEND_ONE: policy.may_extend,
}


@transaction.atomic
def turn_down_proposal(row: Call | Application, kind: str, *, by: Any) -> Approval:
    """A second person disagrees, or the first thinks again. Raises NotAllowed for others, Refused if nothing waits."""
    if kind not in RULES or not RULES[kind](by):
        raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
    return turn_down(kind, lock(row), by=by)
