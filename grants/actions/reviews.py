"""Asking experts, conflicts of interest, reviews and their scores."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from core.working_days import add_working_days
from grants import policy
from grants.actions.letters import tell_expert
from grants.actions.scores import check_scores, write_scores
from grants.models import Application, Assignment, Conflict, Expert, Review
from grants.queries.conflicts import blocking_conflict
from grants.statuses import ApplicationStatus, ConflictKind
from notifications.actions.announce import cancel

# What decides whether this expert may score this application now.
JUDGED_BY = ("expert__user", "application__organisation", "application__rules")
JUDGED_BY_COLUMNS = (
    *("public_id", "declared_at", "returned_at", "expert__user__iin"),
    *("application__public_id", "application__status", "application__call_id", "application__rules__content"),
    *("application__organisation__identifier", "application__organisation__head_iin"),
)


@transaction.atomic
def assign_expert(application: Application, expert: Expert, *, by: Any) -> Assignment:
    """Asks one expert for a review, by hand. Refused across a conflict of interest, declared or found in the data."""
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary assigns experts."), code="not_allowed")
    application, expert = lock(application), lock(expert)
    _refuse_assigning(application, expert)
    assignment = Assignment.objects.create(
        application=application,
        expert=expert,
        due_on=add_working_days(clock.today(), application.call.review_working_days),
        assigned_by=by,
    )
    record("assignment.assign", assignment, by=by, data={"application": application.public_id, "expert": expert.pk})
    tell_expert(assignment, "assigned", key="assigned")
    return assignment


def _refuse_assigning(application: Application, expert: Expert) -> None:
    if application.status != ApplicationStatus.ELIGIBLE:
        raise Refused(_("Experts read eligible applications only."), code="wrong_state")
    if not expert.is_active:
        raise Refused(_("This expert is not active now. Choose another."), code="inactive")
    conflict = blocking_conflict(expert, application)
    if conflict:
        raise Refused(
            _("This expert has a conflict of interest here (%(kind)s). Choose another.") % {"kind": conflict.label},
            code="conflict",
        )
    if Assignment.objects.live().filter(expert=expert, application=application).exists():
        raise Refused(_("This expert is already asked."), code="assigned")
    if Assignment.objects.to_do().filter(expert=expert).count() >= expert.max_load:
        raise Refused(_("This expert has as many applications as they can read. Choose another."), code="load")


@transaction.atomic
def declare_conflict(assignment: Assignment, *, note: str, by: Any) -> Conflict:
    """An expert says «I may not judge this»: the papers close at once and the assignment goes back."""
    assignment = lock(assignment)
    if not policy.may_score(by, assignment):
        raise NotAllowed(_("Only the assigned expert declares this."), code="not_assigned")
    conflict = _write_conflict(assignment.expert, assignment.application, ConflictKind.DECLARED, note, by)
    _hand_back(assignment, str(ConflictKind.DECLARED.value))
    return conflict


@transaction.atomic
def record_conflict(expert: Expert, application: Application, *, note: str, by: Any) -> Conflict:
    """Staff write down a conflict that they know of; a live assignment goes back."""
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary records this."), code="not_allowed")
    conflict = _write_conflict(expert, application, ConflictKind.RECORDED, note, by)
    for assignment in Assignment.objects.live().filter(expert=expert, application=application):
        _hand_back(assignment, str(ConflictKind.RECORDED.value))
    return conflict


def _write_conflict(expert: Expert, application: Application, kind: str, note: str, by: Any) -> Conflict:
    conflict, is_new = Conflict.objects.get_or_create(
        expert=expert,
        application=application,
        kind=kind,
        lifted_at=None,
        defaults={"note": note.strip(), "found_by": by},
    )
    if is_new:
        record("conflict.write", conflict, by=by, data={"application": application.public_id, "expert": expert.pk})
    return conflict


@transaction.atomic
def hand_back(assignment: Assignment, *, reason: str, by: Any) -> Assignment:
    """An expert cannot review it (ill, no time); staff may take it back too. Finished reviews stay."""
    assignment = lock(assignment)
    if not (policy.may_score(by, assignment) or policy.may_assign_experts(by)):
        raise NotAllowed(_("Only the assigned expert or staff may do this."), code="not_allowed")
    if Review.objects.filter(assignment=assignment, submitted_at__isnull=False).exists():
        raise Refused(_("This review is already in and stays."), code="review_in")
    if not reason.strip():
        raise Refused(_("Say in a few words why."), code="no_reason")
    _hand_back(assignment, reason.strip())
    record("assignment.hand_back", assignment, by=by)
    return assignment


def _hand_back(assignment: Assignment, reason: str) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(returned_at=clock.now(), returned_reason=reason)
    cancel(key_prefix=f"assignment:{assignment.public_id}:")
    assignment.refresh_from_db()


@transaction.atomic
def declare_no_conflict(assignment: Assignment, *, by: Any) -> Assignment:
    """An expert says «I have no conflict of interest here»: from then on the papers are open and scores are taken."""
    assignment = _open_assignment(assignment, by)
    if assignment.declared_at is None:
        Assignment.objects.filter(pk=assignment.pk).update(declared_at=clock.now())
        assignment.refresh_from_db()
        record("assignment.declare_no_conflict", assignment, by=by)
    return assignment


def _open_assignment(assignment: Assignment, by: Any) -> Assignment:
    """The locked assignment, if it is this expert's and the application is still to be scored; one query for all."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(*JUDGED_BY).only(*JUDGED_BY_COLUMNS)
    assignment = rows.get(pk=assignment.pk)
    if not policy.may_score(by, assignment):
        raise NotAllowed(_("Only the assigned expert scores this application."), code="not_assigned")
    if assignment.returned_at or blocking_conflict(assignment.expert, assignment.application):
        raise Refused(_("This application is no longer with you."), code="returned")
    if assignment.application.status != ApplicationStatus.ELIGIBLE:
        raise Refused(_("The decision has been made, scores can no longer change."), code="wrong_state")
    return assignment


def _open_review(assignment: Assignment, by: Any) -> tuple[Assignment, Review]:
    """The locked assignment and its review, if this expert may score it now."""
    assignment = _open_assignment(assignment, by)
    if assignment.declared_at is None:
        raise Refused(_("Say first whether you have a conflict of interest here."), code="not_declared")
    review = Review.objects.filter(assignment=assignment).first()  # the lock keeps a second one out
    return assignment, review or Review.objects.create(assignment=assignment)


@transaction.atomic
def keep_review_draft(assignment: Assignment, *, draft: dict[str, Any], by: Any) -> Review:
    """Keeps half-typed scores and words; they count for nothing until the review is submitted."""
    assignment, review = _open_review(assignment, by)
    Review.objects.filter(pk=review.pk).update(draft=draft)
    return review


@transaction.atomic
def submit_review(
    assignment: Assignment, *, scores: dict[str, dict[str, Any]], comment: str, change_reason: str = "", by: Any
) -> Review:
    """Enters a score for every criterion; again later: only what changed, as new rows, with the reason.

    `scores` is criterion key -> {"score": 0..5, "words": str}. Raises Refused for a missing score or missing words.
    """
    assignment, review = _open_review(assignment, by)
    check_scores(assignment.application.rules.content, scores)
    made = write_scores(review, assignment.application.call_id, scores, change_reason=change_reason.strip(), by=by)
    first_time, is_same = review.submitted_at is None, not made and review.comment == comment.strip()
    if is_same and not first_time:
        return review  # the same press twice
    review.submitted_at, review.comment, review.draft = review.submitted_at or clock.now(), comment.strip(), {}
    review.save(update_fields=["submitted_at", "comment", "draft"])
    cancel(key_prefix=f"assignment:{assignment.public_id}:due")
    record("review.submit" if first_time else "review.change", assignment, by=by, data={"scores": len(made)})
    return review
