"""What an expert undertakes, and what they are told about a whole batch."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, Q
from django.urls import reverse
from django.utils import translation

from accounts.actions.consents import give_consent
from accounts.models import User
from accounts.statuses import ConsentKind
from core import clock
from core.templatetags.words import long_date
from grants.models import Assignment, AssignmentRun, Expert
from grants.queries.experts import has_undertaken
from notifications.actions.announce import announce_to, cancel
from notifications.models import Message


@transaction.atomic
def undertake(*, by: User) -> None:
    """The expert accepts the confidentiality undertaking that is in force; the same press twice is one consent.

    Without it no paper opens: a declaration about conflicts is refused (actions/reviews.py, and a trigger).
    """
    User.objects.select_for_update().get(pk=by.pk)
    if not has_undertaken(by):
        give_consent(ConsentKind.CONFIDENTIALITY, by=by)


def tell_batch(run: AssignmentRun, expert: Expert, rows: list[Assignment]) -> None:
    """One letter for everything a run asks of an expert: how many, until when; titles stand behind the sign-in."""
    person = expert.user
    with translation.override(person.language):
        letter = {
            "call": str(run.call.title),
            "count": len(rows),
            "due": long_date(rows[0].due_on),
            "path": reverse("grants:review_list"),
        }
    announce_to(person, "assigned_batch", context=letter, dedupe_key=key_of_batch(run, expert))


def tell_due(expert: Expert, on: date, rows: list[Assignment]) -> None:
    """One letter for all reviews that are due on a day; written once for each day."""
    person = expert.user
    with translation.override(person.language):
        letter = {"count": len(rows), "due": long_date(on), "path": reverse("grants:review_list")}
    announce_to(person, "reviews_due", context=letter, dedupe_key=f"{key_of_due(expert.pk)}{on:%y%m%d}")


def forget_due(assignment: Assignment) -> int:
    """Part of handing in and of handing back: what reminds of this review is not sent; nor is a letter about several,
    once none of them is left. One statement.
    """
    left = Assignment.objects.to_do().filter(expert=assignment.expert_id)
    of_several = Q(dedupe_key__startswith=key_of_due(assignment.expert_id)) & ~Exists(left)
    of_this = Q(dedupe_key__startswith=f"assignment:{assignment.public_id}:due")
    pending = Message.objects.pending().filter(of_this | of_several, claimed_at=None)
    return pending.update(cancelled_at=clock.now())


def key_of_due(expert: int) -> str:
    """How the letters about what is due to an expert (a key) are known."""
    return f"reviews_due:{expert}:"


def forget_batch(assignment: Assignment) -> None:
    """Part of an assignment's going back: the letters about its batch are not sent once nothing of it is left."""
    forget_due(assignment)
    if assignment.run_id is None:
        return
    same = Assignment.objects.live().filter(run=assignment.run_id, expert=assignment.expert_id)
    if not same.exists():
        cancel(key_prefix=key_of_batch(assignment.run, assignment.expert))


def key_of_batch(run: AssignmentRun | None, expert: Expert) -> str:
    """How the letter of a batch is known."""
    return f"assignment_run:{run.public_id if run else ''}:{expert.pk}"
