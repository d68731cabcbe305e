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
from grants.actions.conflicts import end_assignment, write_conflict
from grants.actions.drafts import forget_draft, note_time
from grants.actions.experts import forget_due
from grants.actions.letters import tell_expert
from grants.actions.opening import open_assignment, open_review
from grants.actions.scores import check_review, write_scores
from grants.actions.spread import notice_spread
from grants.models import Application, Assignment, Conflict, Expert, ExtraReview, Review
from grants.queries.blind import KNOWS_APPLICANTS
from grants.queries.conflicts import blocking_conflict
from grants.queries.experts import has_undertaken
from grants.queries.rubric import typed_texts
from grants.statuses import ApplicationStatus, ConflictKind


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
    ExtraReview.objects.waiting().filter(application=application).update(assignment=assignment)
    record("assignment.assign", assignment, by=by, data={"application": application.public_id, "expert": expert.pk})
    tell_expert(assignment, "assigned", key="assigned")
    return assignment


def _refuse_assigning(application: Application, expert: Expert) -> None:
    if application.status != ApplicationStatus.ELIGIBLE:
        raise Refused(_("Experts read eligible applications only."), code="wrong_state")
    if not expert.is_active:
        raise Refused(_("This expert is not active now. Choose another."), code="inactive")
    if application.call.is_blind and not policy.may_read_blind(expert.user):
        raise Refused(KNOWS_APPLICANTS, code="knows_applicants")
    conflict = blocking_conflict(expert.user, application)
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
    return write_conflict(by, assignment.application, ConflictKind.DECLARED, note=note, by=by)


@transaction.atomic
def record_conflict(expert: Expert, application: Application, *, note: str, by: Any) -> Conflict:
    """Staff write down a conflict that they know of; a live assignment goes back."""
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary records this."), code="not_allowed")
    return write_conflict(expert.user, application, ConflictKind.RECORDED, note=note, by=by)


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
    end_assignment(assignment, reason.strip())
    record("assignment.hand_back", assignment, by=by)
    return assignment


@transaction.atomic
def declare_no_conflict(assignment: Assignment, *, by: Any) -> Assignment:
    """An expert says «I have no conflict of interest here»: from then on the papers are open and scores are taken."""
    assignment = open_assignment(assignment, by)
    if blocking_conflict(assignment.expert.user, Application.objects.get(pk=assignment.application_id)):
        raise Refused(_("This application is no longer with you."), code="returned")
    if assignment.declared_at is None:
        if not has_undertaken(by):
            raise Refused(
                _("Accept the confidentiality undertaking first: no paper opens before it."), code="no_undertaking"
            )
        Assignment.objects.filter(pk=assignment.pk).update(declared_at=clock.now())
        assignment.refresh_from_db()
        record("assignment.declare_no_conflict", assignment, by=by)
    return assignment


@transaction.atomic
def submit_review(
    assignment: Assignment, *, scores: dict[str, dict[str, Any]], comment: str, change_reason: str = "", by: Any
) -> Review:
    """Enters a score for every criterion; again later: only what changed, as new rows, with the reason.

    `scores` is criterion key -> {"score": 0..5, "words": str, "evidence": place, "quote": str}. Raises as `open_review`
    and Refused for a missing score, for missing words, evidence or comment, for a change without its reason. The
    application is locked first: of two experts who submit at once, the second one sees the spread of both.
    """
    lock(Application(pk=assignment.application_id))
    assignment, review = open_review(assignment, by)
    application = assignment.application
    check_review(application, scores, comment)
    made = write_scores(review, application.call_id, scores, change_reason=change_reason.strip(), by=by)
    first_time, is_same = review.submitted_at is None, not made and review.comment == comment.strip()
    if is_same and not first_time:
        return review  # the same press twice
    forget_draft(review, typed_texts(scores, comment))
    note_time(review, assignment)
    review.submitted_at, review.comment = review.submitted_at or clock.now(), comment.strip()
    review.save()
    forget_due(assignment)
    record("review.submit" if first_time else "review.change", assignment, by=by, data={"scores": len(made)})
    notice_spread(application, over=application.call.extra_review_over, by=by)
    return review
