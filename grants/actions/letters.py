"""Messages to an organisation's owners about their application, and to an expert about an assignment."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.models import User
from accounts.statuses import MembershipRole
from core.templatetags.words import long_date, moment, money
from grants.models import Application, Assignment
from grants.queries.reasons import Reasons, letter_words
from notifications.actions.announce import announce_to


def owners(application: Application) -> list[User]:
    """Whom a decision is told to: the active owners of the organisation."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__organisation=application.organisation_id,
            memberships__role=MembershipRole.OWNER,
        )
    )


def tell_owners(
    application: Application, event: str, *, key: str, context: Any = None, due_at: Any = None, term_ends_at: Any = None
) -> None:
    """One message to each owner in their language; `context()` adds to what every letter has.

    `term_ends_at`: the message starts a term, and the first opening of the application's page is kept on it.
    """
    term = {"about": application.public_id, "term_ends_at": term_ends_at} if term_ends_at else {}
    for owner in owners(application):
        with translation.override(owner.language):
            letter = {
                "number": application.number,
                "title": application.title,
                "call": str(application.call.title),
                "path": reverse("grants:application_detail", args=[application.public_id]),
                **(context() if context else {}),
            }
        announce_to(owner, event, context=letter, dedupe_key=f"{key}:{owner.pk}", due_at=due_at, **term)


def tell_decision(
    application: Application,
    reasoned: Any,
    *,
    event: str,
    reasons: Reasons | None = None,
    term_ends_at: datetime | None = None,
) -> None:
    """A decision with its reasons (a Decision or a confirmed proposal), the amount where there is one, the score with
    reasons for each criterion, and the term that starts with the letter (to accept, or to appeal).
    """
    tell_owners(
        application,
        event,
        key=f"{event}:{application.public_id}:{reasoned.pk}",
        context=lambda: {
            "reason": str(reasoned.reason),
            "amount": money(reasoned.amount) if getattr(reasoned, "amount", None) else "",
            **({"until": moment(term_ends_at)} if term_ends_at else {}),
            **({"reasons": letter_words(reasons)} if reasons else {}),
        },
        term_ends_at=term_ends_at,
    )


def tell_expert(assignment: Assignment, event: str, *, key: str) -> None:
    """A message about an assignment, by number only: the title and the applicant stand behind the sign-in."""
    expert = assignment.expert.user
    with translation.override(expert.language):
        letter = {
            "number": assignment.application.number,
            "call": str(assignment.application.call.title),
            "due": long_date(assignment.due_on),
            "path": reverse("grants:review_edit", args=[assignment.public_id]),
        }
    announce_to(expert, event, context=letter, dedupe_key=f"assignment:{assignment.public_id}:{key}")
