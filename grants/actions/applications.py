"""Starting, filling in and ending an application. Sending it stands in `submission.py`."""

from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.policy import may_write_for
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from documents.actions.store import atomic_with_files, store_upload
from grants.actions.submission import submit_application, take_back_application
from grants.models import Application, ApplicationDocument, Call, Correction, Decision, DocumentRequirement
from grants.policy import may_edit_application
from grants.queries.completeness import FACTS
from grants.statuses import ApplicationStatus
from grants.workflow import APPLICATION
from notifications.actions.announce import cancel
from questionnaires.actions.answers import save_answers
from questionnaires.models import AnswerSet

__all__ = [
    "attach_document",
    "edit_application",
    "remove_document",
    "start_application",
    "submit_application",
    "take_back_application",
    "withdraw_application",
]


def start_application(call: Call, organisation: Organisation, *, by: Any) -> Application:
    """A new draft; where this organisation already has a live application to this call, that one."""
    if not may_write_for(by, organisation):
        raise NotAllowed(_("Only an owner or an editor of the organisation may apply for it."), code="not_a_member")
    kept = Application.objects.live().filter(call=call, organisation=organisation).first()
    if kept:
        return kept
    if not call.is_open:
        raise Refused(_("This call takes no applications now. Its dates stand on its page."), code="closed")
    try:
        return _create(call, organisation, by)
    except IntegrityError:  # the same press twice at once: the other one made it
        return Application.objects.live().get(call=call, organisation=organisation)


@transaction.atomic
def _create(call: Call, organisation: Organisation, by: Any) -> Application:
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
    record("application.start", application, by=by, data={"call": call.public_id})
    return application


@transaction.atomic
def edit_application(
    application: Application, *, facts: dict[str, Any] | None = None, answers: dict[str, Any] | None = None, by: Any
) -> Application:
    """Saves facts (typed columns) and answers: everything in a draft, named fields while a correction is open.

    Raises Refused after the deadline, after sending, and for a field that the correction does not name.
    """
    facts, answers = facts or {}, answers or {}
    application = _open_for_editing(application, {*facts, *(f"q_{key}" for key in answers)}, by)
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise ValueError(f"not facts of an application: {unknown}")
    for name, value in facts.items():
        setattr(application, name, value)
    application.search_text = application.folded()
    application.save(update_fields=[*facts, "search_text"])
    changed = save_answers(application.answer_set, answers)
    record("application.edit", application, by=by, data={"fields": [*facts, *changed]})
    return application


def _open_for_editing(application: Application, fields: set[str], by: Any) -> Application:
    """The locked application, if this person may edit these fields now."""
    application = lock(application, "call", "organisation", "answer_set")
    if not may_edit_application(by, application):
        raise NotAllowed(_("Only an owner or an editor of the organisation may change this."), code="not_allowed")
    if application.status == ApplicationStatus.DRAFT:
        if not application.call.is_open:
            raise Refused(
                _("The call has closed, the draft can no longer be changed. What you wrote is kept."), code="closed"
            )
        return application
    correction = open_correction_of(application)
    if correction is None:
        raise Refused(_("The application has been sent and cannot be changed now."), code="sent")
    if not fields <= set(correction.fields):
        raise Refused(_("Only the fields that the officer named can be changed now."), code="field_not_named")
    return application


def open_correction_of(application: Application) -> Correction | None:
    """The correction that waits for the applicant and is not late, if there is one."""
    return application.corrections.filter(answered_at=None, expired_at=None, due_at__gte=clock.now()).first()


@atomic_with_files()
def attach_document(
    application: Application, requirement: DocumentRequirement, upload: File, *, by: Any
) -> ApplicationDocument:
    """Checks and stores an uploaded file and hangs it on the requirement. Raises Refused for a bad file.

    What is refused leaves neither a row nor a file behind.
    """
    application = _open_for_editing(application, {f"doc_{requirement.key}"}, by)
    document = store_upload(upload, by=by)
    row = ApplicationDocument.objects.create(application=application, requirement=requirement, document=document)
    record("application.attach", application, by=by, data={"sha256": document.sha256, "for": requirement.key})
    return row


@transaction.atomic
def remove_document(row: ApplicationDocument, *, by: Any) -> None:
    """Takes a document off the application; the stored file stays for snapshots that name it."""
    application = _open_for_editing(row.application, {f"doc_{row.requirement.key}"}, by)
    record("application.remove", application, by=by, data={"sha256": row.document.sha256})
    row.delete()


@transaction.atomic
def withdraw_application(application: Application, *, by: Any) -> Application:
    """Gives the application up, until the decision. A staged decision about it is voided: its money is free again.

    Locks year and application in the order of `stage_decision`, so that the two never meet half-way.
    """
    lock(application.call.programme_year)
    application = lock(application)
    for decision in Decision.objects.staged().filter(application=application):
        Decision.objects.filter(pk=decision.pk).update(voided_at=clock.now(), voided_by=by)
        record("decision.void", decision, by=by, data={"reason": "withdrawn"})
    application.corrections.filter(answered_at=None, expired_at=None).update(expired_at=clock.now())
    cancel(key_prefix=f"correction:{application.public_id}:")
    return apply_move(APPLICATION, application, "withdraw", by=by)
