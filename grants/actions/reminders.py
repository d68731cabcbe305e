"""Reminders: messages that are written once for each cause (their dedupe key) and cancelled when no longer true."""

from datetime import timedelta

from django.db import transaction

from core import clock
from core.templatetags.words import moment
from grants.actions.letters import tell_expert, tell_owners
from grants.models import Application, Assignment
from grants.statuses import ApplicationStatus

BEFORE_CLOSING = timedelta(days=2)
BEFORE_REVIEW = timedelta(days=2)


@transaction.atomic
def remind_drafts() -> int:
    """Tells the owners of drafts that their call closes within two days; returns how many drafts."""
    now = clock.now()
    drafts = Application.objects.filter(
        status=ApplicationStatus.DRAFT, call__closes_at__gt=now, call__closes_at__lte=now + BEFORE_CLOSING
    ).select_related("call", "organisation")
    for draft in drafts:
        closes = draft.call.closes_at
        tell_owners(
            draft,
            "due_soon",
            key=f"due_soon:{draft.public_id}",
            context=lambda closes=closes: {"closes": moment(closes)},
        )
    return len(drafts)


@transaction.atomic
def remind_reviews() -> int:
    """Tells experts of reviews that are due within two days; returns how many."""
    soon = clock.today() + BEFORE_REVIEW
    due = Assignment.objects.to_do().filter(due_on__lte=soon).select_related("expert__user", "application__call")
    for assignment in due:
        tell_expert(assignment, "review_due", key="due")
    return len(due)
