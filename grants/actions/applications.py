"""Starting, filling in and ending an application. Sending it stands in `submission.py`."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.policy import may_write_for
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from grants.actions.reminders import forget_draft
from grants.actions.submission import submit_application, take_back_application
from grants.actions.voiding import void_decision
from grants.actions.writing import write_fields
from grants.models import Application, Call, CallRules, Correction, Decision
from grants.policy import may_edit_application
from grants.queries.applicants import barred
from grants.statuses import ApplicationStatus, VoidKind
from grants.workflow import APPLICATION
from notifications.actions.announce import cancel
from questionnaires.models import AnswerSet

__all__ = [
    "edit_application",
    "start_application",
    "submit_application",
    "take_back_application",
    "withdraw_application",
]


def start_application(
    call: Call, organisation: Organisation, *, by: Any, statements: Mapping[str, list[str]] | None = None
) -> Application:
    """A new draft; where this organisation already has a live application to this call, that one.

    `statements`: keys of what the person confirmed and did not confirm before the form; the trail keeps them.
    """
    if not may_write_for(by, organisation):
        raise NotAllowed(_("Only an owner or an editor of the organisation may apply for it."), code="not_a_member")
    kept = Application.objects.live().filter(call=call, organisation=organisation).first()
    if kept:
        return kept
    if not call.is_open:
        raise Refused(_("This call takes no applications now. Its dates stand on its page."), code="closed")
    if sentence := barred(call, organisation):
        raise Refused(sentence, code="foreign")
    try:
        return _create(call, organisation, by, statements)
    except IntegrityError:  # the same press twice at once: the other one made it
        return Application.objects.live().get(call=call, organisation=organisation)


@transaction.atomic
def _create(call: Call, organisation: Organisation, by: Any, statements: Mapping[str, list[str]] | None) -> Application:
    rules = call.rules_versions.order_by("-number").first()
    assert rules is not None  # publishing makes both
    assert call.questionnaire_version is not None
    application = Application.objects.create(
        call=call,
        organisation=organisation,
        rules=rules,
        answer_set=AnswerSet.objects.create(version=call.questionnaire_version),
        sector=organisation.sector,
        district=organisation.district,
        currency=call.currency,
        created_by=by,
    )
    answered = {"statements": dict(statements)} if statements else {}
    _follow_a_fix(application)
    record("application.start", application, by=by, data={"call": call.public_id, **answered})
    return application


def _follow_a_fix(application: Application) -> None:
    """Questions mended in the moment in which the draft was begun: it stands on the new ones (actions/fixes.py)."""
    pinned = Call.objects.filter(pk=application.call_id).values_list("questionnaire_version", flat=True).get()
    if pinned == application.answer_set.version_id:
        return
    AnswerSet.objects.filter(pk=application.answer_set_id).update(version=pinned)
    rules = CallRules.objects.filter(call=application.call_id).latest("number")
    Application.objects.filter(pk=application.pk).update(rules=rules)
    application.refresh_from_db()


@transaction.atomic
def edit_application(
    application: Application, *, facts: dict[str, Any] | None = None, answers: dict[str, Any] | None = None, by: Any
) -> Application:
    """Saves facts (typed columns) and answers: everything in a draft, named fields while a correction is open.

    Raises Refused after the deadline, after sending, and for a field that the correction does not name.
    """
    facts, answers = facts or {}, answers or {}
    application = open_for_editing(application, {*facts, *(f"q_{key}" for key in answers)}, by)
    changed = write_fields(application, facts, answers)
    record("application.edit", application, by=by, data={"fields": changed})
    return application


def open_for_editing(application: Application, fields: set[str], by: Any) -> Application:
    """The locked application, if this person may edit these fields now. Raises Refused in words, else NotAllowed."""
    application = lock(application, among=Application.objects.to_write_in(by))
    refuse_uneditable(application, fields, by)
    return application


def refuse_uneditable(application: Application, fields: set[str], by: Any) -> None:
    """Raises what `open_for_editing` raises; the application is locked already."""
    if not may_edit_application(by, application):
        raise NotAllowed(_("Only an owner or an editor of the organisation may change this."), code="not_allowed")
    if application.status == ApplicationStatus.DRAFT:
        if not application.is_open_for_writing:
            raise Refused(
                _("The call has closed, the draft can no longer be changed. What you wrote is kept."), code="closed"
            )
        return
    correction = open_correction_of(application)
    if correction is None:
        raise Refused(_("The application has been sent and cannot be changed now."), code="sent")
    if not fields <= set(correction.fields):
        raise Refused(_("Only the fields that the officer named can be changed now."), code="field_not_named")


def open_correction_of(application: Application) -> Correction | None:
    """The correction that waits for the applicant and is not late, if there is one."""
    return application.corrections.filter(answered_at=None, expired_at=None, due_at__gte=clock.now()).first()


@transaction.atomic
def withdraw_application(application: Application, *, by: Any) -> Application:
    """Gives the application up, until the decision. A staged decision about it is voided: its money is free again.

    Locks year and application in the order of `stage_decision`, so that the two never meet half-way.
    """
    lock(application.call.programme_year)
    application = lock(application)
    for decision in Decision.objects.staged().filter(application=application):
        void_decision(decision, VoidKind.WITHDRAWN, by=by)
    application.corrections.filter(answered_at=None, expired_at=None).update(expired_at=clock.now())
    cancel(key_prefix=f"correction:{application.public_id}:")
    forget_draft(application)
    return apply_move(APPLICATION, application, "withdraw", by=by)
