"""Releasing staged decisions, by two: the secretary proposes, a member of the commission confirms; all at once."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions.approvals import confirm, propose
from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core import clock
from core.audit import record
from core.canonical import sha256_of
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.letters import tell_decision
from grants.actions.terms import term_of
from grants.models import Appeal, Award, Call, Decision, ProgrammeYear
from grants.queries.reasons import Reasons, reasons_of_call
from grants.statuses import ApplicationStatus, CallStatus, Outcome
from grants.workflow import APPLICATION, CALL
from notifications.letters import template_sha256

VERBS = {Outcome.AWARD: "award", Outcome.RESERVE: "reserve", Outcome.DECLINE: "decline"}
RELEASABLE = frozenset({CallStatus.PUBLISHED, CallStatus.DECIDED})


@transaction.atomic
def propose_release(call: Call, *, by: Any) -> Approval:
    """The first of two: the secretary says that what is staged is what the commission decided.

    Raises Refused as the release does: too early, somebody undecided, reasons missing.
    """
    if not policy.may_propose_release(by):
        raise NotAllowed(_("Only the secretary of the commission proposes a release."), code="not_a_secretary")
    call = lock(call)
    staged = staged_of(call)
    _refuse_early(call, staged)
    _refuse_unreasoned(staged, reasons_of_call(call))
    return propose(ApprovalKind.RELEASE, call, payload=_to_release(staged), by=by)


@transaction.atomic
def release_decisions(call: Call, *, by: Any) -> Call:
    """The second of two, a commission member who staged none of them: statuses, awards, letters, the public list.

    A call that is decided already releases what was staged anew, after an appeal or a court's act. Raises Refused while
    an application is undecided, an appeal waits, reasons are missing, or nobody else has proposed exactly this.
    """
    lock(ProgrammeYear.objects.get(pk=call.programme_year_id))
    call = lock(call)
    if not policy.may_release_decisions(by, call):
        raise NotAllowed(_("Only a member of the commission releases decisions."), code="not_allowed")
    staged = staged_of(call)
    _refuse_early(call, staged)
    if any(decision.staged_by_id == by.pk for decision in staged):
        raise NotAllowed(_("Another person must release what you staged."), code="same_person")
    reasons = reasons_of_call(call)
    _refuse_unreasoned(staged, reasons)
    confirm(ApprovalKind.RELEASE, call, payload=_to_release(staged), by=by)
    Decision.objects.filter(pk__in=[decision.pk for decision in staged]).update(released_at=clock.now(), released_by=by)
    accept_until, appeal_until = term_of(call.offer_working_days), term_of(call.appeal_working_days)
    for decision in staged:
        until = accept_until if decision.outcome == Outcome.AWARD else appeal_until
        _release(decision, call, reasons[decision.application_id], until, by)
    if call.status == CallStatus.DECIDED:
        record("call.release_again", call, by=by, data={"decisions": len(staged)})
        return call
    return apply_move(
        CALL, call, "release", by=by, data={"decisions": len(staged)}, released_at=clock.now(), released_by=by
    )


def staged_of(call: Call) -> list[Decision]:
    """What a release would release."""
    rows = Decision.objects.staged().filter(application__call=call)
    return list(rows.select_related("application__organisation", "application__rules").order_by("pk"))


def _to_release(staged: list[Decision]) -> dict[str, Any]:
    """What a second person confirms: exactly these decisions (which never change)."""
    names = sorted(decision.public_id for decision in staged)
    return {"decisions": len(names), "sha256": sha256_of(names)}


def _refuse_early(call: Call, staged: list[Decision]) -> None:
    if call.status not in RELEASABLE:
        raise Refused(_("Decisions of this call cannot be released."), code="wrong_state")
    if call.closes_at >= clock.now():
        raise Refused(_("The call is still open. Decisions are released after it has closed."), code="still_open")
    if call.status == CallStatus.DECIDED:
        if not staged:
            raise Refused(_("The decisions of this call are released already."), code="wrong_state")
        return
    open_statuses = [ApplicationStatus.SUBMITTED, ApplicationStatus.ELIGIBLE]
    decided = [decision.application_id for decision in staged]
    left = call.applications.filter(status__in=open_statuses).exclude(pk__in=decided).count()
    if left:
        raise Refused(
            _("Not every application has a decision yet. Left: %(count)s.") % {"count": left}, code="undecided"
        )
    waiting = Appeal.objects.waiting().filter(application__call=call)
    numbers = ", ".join(str(one.application) for one in waiting.select_related("application"))
    if numbers:
        raise Refused(
            _("Appeals against «not eligible» wait for their answers: %(list)s.") % {"list": numbers},
            code="appeal_open",
        )


def _refuse_unreasoned(staged: list[Decision], reasons: dict[int, Reasons]) -> None:
    """A rejection or a place on the reserve list without reasons for each criterion cannot be sent."""
    items = []
    for decision in staged:
        lacking = reasons[decision.application_id].lacking if decision.outcome != Outcome.AWARD else []
        if lacking:
            items.append(f"{decision.application.number}: {', '.join(str(title) for title in lacking)}")
    if items:
        raise Refused(
            _(
                "These applications lack reasons, in words or by a published text of the level, for some criteria. "
                "Ask the experts for them, then release: %(list)s."
            )
            % {"list": "; ".join(items)},
            code="reasons_missing",
            items=items,
        )


def _release(decision: Decision, call: Call, reasons: Reasons, until: datetime, by: Any) -> None:
    application = decision.application
    event = f"decided_{decision.outcome}"
    proof = {"decision": decision.public_id, "reasons": reasons.sha256, "letter": template_sha256(event)}
    apply_move(APPLICATION, application, VERBS[Outcome(decision.outcome)], by=by, data=proof)
    application.call = call  # fetched once for all of them; a move forgets what was fetched beside its row
    if decision.outcome == Outcome.AWARD:
        offer(decision, until=until, by=by)
    tell_decision(application, decision, event=event, reasons=reasons, term_ends_at=until)


def offer(decision: Decision, *, until: datetime, by: Any) -> Award:
    """The award of a released decision, to be accepted until then."""
    award = Award.objects.create(
        application=decision.application,
        decision=decision,
        amount=decision.amount,
        currency=decision.currency,
        offered_at=clock.now(),
        answer_due_at=until,
    )
    record("award.offer", award, by=by, data={"amount": award.amount, "until": award.answer_due_at})
    return award
