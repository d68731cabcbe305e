"""Whether an expert may score an application now: asked before anything of a review is written, under its lock."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import NotAllowed, Refused
from grants import policy
from grants.models import Assignment, CalibrationSample, Review
from grants.queries.conflicts import known_conflict
from grants.statuses import ApplicationStatus

# What decides whether this expert may score this application now.
JUDGED_BY = ("expert__user", "application__organisation", "application__rules", "application__call")
JUDGED_BY_COLUMNS = (
    *("public_id", "declared_at", "returned_at", "expert__user__iin"),
    *("application__public_id", "application__status", "application__rules__content"),
    *("application__answer_set", "application__call__extra_review_over"),
    *("application__organisation__identifier", "application__organisation__head_iin"),
)


def open_assignment(assignment: Assignment, by: Any) -> Assignment:
    """The locked assignment, if it is this expert's and the application is still to be scored; one query for all.

    Raises NotAllowed for another person, Refused across a conflict, after handing back and after the decision.
    """
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(*JUDGED_BY).only(*JUDGED_BY_COLUMNS)
    assignment = rows.get(pk=assignment.pk)
    if not policy.may_score(by, assignment):
        raise NotAllowed(_("Only the assigned expert scores this application."), code="not_assigned")
    if assignment.returned_at or known_conflict(assignment.expert.user, assignment.application):
        raise Refused(_("This application is no longer with you."), code="returned")
    if assignment.application.status != ApplicationStatus.ELIGIBLE:
        raise Refused(_("The decision has been made, scores can no longer change."), code="wrong_state")
    return assignment


def open_review(assignment: Assignment, by: Any) -> tuple[Assignment, Review]:
    """The locked assignment and its review. Raises as `open_assignment`, and Refused before the declaration and before
    the samples of the call are scored.
    """
    assignment = open_assignment(assignment, by)
    if assignment.declared_at is None:
        raise Refused(_("Say first whether you have a conflict of interest here."), code="not_declared")
    if CalibrationSample.objects.filter(call=assignment.application.call_id).unscored_by(by).exists():
        raise Refused(_("Score the samples of this call first: the papers open after them."), code="not_calibrated")
    review = Review.objects.filter(assignment=assignment).first()  # the lock keeps a second one out
    return assignment, review or Review.objects.create(assignment=assignment)
