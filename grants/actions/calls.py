"""Publishing and archiving a call."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions.approvals import confirm, propose
from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core import clock
from core.canonical import plain, sha256_of
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.call_terms import refuse_wrong_terms
from grants.models import Call, CallRules
from grants.queries.burden import call_flaws, question_flaws
from grants.queries.rules import compile_rules
from grants.statuses import CallStatus
from grants.workflow import CALL
from questionnaires.actions.publish import compile_content, publish_questionnaire, refuse_flaws


@transaction.atomic
def propose_publishing(call: Call, *, by: Any) -> Approval:
    """The first of two: an officer or an administrator says that it is ready. Raises Refused as publishing does."""
    if not policy.may_publish_call(by, call):
        raise NotAllowed(_("Only an officer or an administrator publishes a call."), code="not_allowed")
    call = lock(call)
    if call.status != CallStatus.DRAFT:
        raise Refused(_("This call is published already."), code="wrong_state")
    _refuse_incomplete(call)
    return propose(ApprovalKind.PUBLISH_CALL, call, payload=_to_publish(call), by=by)


def _to_publish(call: Call) -> dict[str, Any]:
    """What a second person confirms: the rules and the questions as they stand, by their hashes."""
    return {
        "rules": sha256_of(plain(compile_rules(call))),
        "questions": sha256_of(compile_content(call.questionnaire)),
    }


@transaction.atomic
def publish_call(call: Call, *, by: Any) -> Call:
    """The second of two: pins the questions, freezes the rules with their SHA-256, publishes what was proposed.

    Raises Refused, with the list of all faults, where weights do not sum to 100, a text is missing, closing lies in
    the past, a question is wrong or asks for a known fact, a size tier is asked for more than it may be (burden), or
    where what it asks (tiers, budget, plan) cannot be answered; where nobody else has proposed it, or it was changed
    since.
    """
    call = lock(call)
    _refuse_incomplete(call)
    confirm(ApprovalKind.PUBLISH_CALL, call, payload=_to_publish(call), by=by)
    version = publish_questionnaire(call.questionnaire, by=by)
    Call.objects.filter(pk=call.pk).update(questionnaire_version=version)
    call.refresh_from_db()
    content = plain(compile_rules(call))
    rules = CallRules.objects.create(call=call, number=1, content=content, sha256=sha256_of(content))
    return apply_move(
        CALL, call, "publish", by=by, data={"rules": rules.sha256}, published_at=clock.now(), published_by=by
    )


@transaction.atomic
def archive_call(call: Call, *, by: Any) -> Call:
    """Puts a decided call among past ones."""
    return apply_move(CALL, call, "archive", by=by)


def _refuse_incomplete(call: Call) -> None:
    refuse_wrong_terms(call)
    refuse_flaws([*call_flaws(call), *question_flaws(call)])
