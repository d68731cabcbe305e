"""Cancelling a call, by two: the reason is public, everybody who takes part is told, the money is given back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions.approvals import confirm, propose
from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.letters import tell_owners
from grants.actions.reminders import forget_draft
from grants.actions.voiding import void_decision
from grants.models import Application, Assignment, Call, Decision, ProgrammeYear
from grants.statuses import ApplicationStatus, CallStatus, VoidKind
from grants.workflow import CALL

CANCELLABLE = frozenset({CallStatus.DRAFT, CallStatus.PUBLISHED})


@transaction.atomic
def propose_cancelling(call: Call, *, reason_kk: str, reason_ru: str, by: Any) -> Approval:
    """The first of two: an officer or an administrator proposes with the reason that the call's page will show."""
    if not policy.may_propose_cancelling(by):
        raise NotAllowed(_("Only an officer or an administrator proposes to cancel a call."), code="not_allowed")
    call = lock(call)
    if call.status not in CANCELLABLE:
        raise Refused(_("Its decisions are released: this call is not cancelled any more."), code="wrong_state")
    if not (reason_kk.strip() and reason_ru.strip()):
        raise Refused(
            _("Give the reason in Kazakh and in Russian: the call's page shows it to everybody."), code="no_reason"
        )
    payload = {"reason_kk": reason_kk.strip(), "reason_ru": reason_ru.strip()}
    return propose(ApprovalKind.CANCEL_CALL, call, payload=payload, by=by)


@transaction.atomic
def cancel_call(call: Call, *, by: Any) -> Call:
    """The second of two, an administrator: the call ends with its public reason.

    Staged decisions give their money back, reviews that are not in are asked no more, every owner gets a letter; what
    was written is kept. Raises Refused where nobody else has proposed it.
    """
    year = lock(ProgrammeYear.objects.get(pk=call.programme_year_id))
    call = lock(call)
    if not policy.may_cancel_call(by, call):
        raise NotAllowed(_("Only an administrator cancels a call."), code="not_allowed")
    approval = confirm(ApprovalKind.CANCEL_CALL, call, by=by)
    reasons = {name: approval.payload[name] for name in ("reason_kk", "reason_ru")}
    staged = list(Decision.objects.staged().filter(application__call=call))
    for decision in staged:
        void_decision(decision, VoidKind.CANCELLED, by=by)
    asked = _ask_no_more(call, by)
    apply_move(
        CALL, call, "cancel", by=by, data={"decisions": len(staged), "reviews": asked, "year": year.year},
        cancelled_reason_kk=reasons["reason_kk"], cancelled_reason_ru=reasons["reason_ru"],
    )  # fmt: skip
    _tell(call)
    return call


def _ask_no_more(call: Call, by: Any) -> int:
    """Reviews that are not in are taken back from their experts."""
    waiting = list(Assignment.objects.to_do().filter(application__call=call))
    for assignment in waiting:
        record("assignment.take_back", assignment, by=by, data={"call": call.public_id})
    keys = [assignment.pk for assignment in waiting]
    reason = str(_("The call was cancelled"))
    return Assignment.objects.filter(pk__in=keys).update(returned_at=clock.now(), returned_reason=reason)


def _tell(call: Call) -> None:
    """Each owner once; a draft's reminders are forgotten."""
    over = [ApplicationStatus.WITHDRAWN, ApplicationStatus.INELIGIBLE]
    for application in Application.objects.filter(call=call).exclude(status__in=over).select_related("call"):
        application.call = call
        if application.status == ApplicationStatus.DRAFT:
            forget_draft(application)
        tell_owners(
            application,
            "call_cancelled",
            key=f"call_cancelled:{application.public_id}",
            context=lambda: {"reason": str(call.cancelled_reason)},
        )
