"""Reminders: messages that are written once for each cause (their dedupe key) and cancelled when no longer true.

A draft to which nothing is lacking is spoken of three times, each time more urgently: a week, three days and a day
before it is taken no more. A draft that is not complete is spoken of once, on the last day. Who has saved something
within the last hour is at work and is left in peace. Each is said once for one closing time and one sending: time that
was added, or an application that was taken back, begins anew.
"""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Coalesce, Greatest

from core import clock
from core.templatetags.words import moment
from grants.actions.experts import tell_due
from grants.actions.letters import tell_expert, tell_owners
from grants.models import Application, Assignment, Expert
from grants.queries.completeness import gaps
from grants.statuses import ApplicationStatus, CallStatus
from notifications.actions.announce import cancel
from notifications.models import Message

# How long before closing a complete draft is spoken of, and how the letter is called: the last is the loudest.
NOT_SENT = (
    (timedelta(days=1), "not_sent_last"),
    (timedelta(days=3), "not_sent_again"),
    (timedelta(days=7), "not_sent"),
)
BEFORE_CLOSING = timedelta(days=1)  # of a draft that is not complete
AT_WORK = timedelta(hours=1)
BEFORE_REVIEW = timedelta(days=2)


def remind_drafts() -> int:
    """Writes what is due to the owners of drafts; returns to how many drafts. Safe to run every hour."""
    return sum(_remind(draft) for draft in _closing_drafts())


def _closing_drafts() -> list[Application]:
    """Drafts that are taken no more within a week, with how often each was sent (`sendings`)."""
    now = clock.now()
    until = Coalesce(Greatest("extended_until", "call__closes_at"), "call__closes_at")
    drafts = Application.objects.filter(
        Q(last_saved_at=None) | Q(last_saved_at__lte=now - AT_WORK),
        status=ApplicationStatus.DRAFT,
        call__status=CallStatus.PUBLISHED,
    )
    closing = drafts.alias(until=until).filter(until__gt=now, until__lte=now + NOT_SENT[-1][0])
    return list(closing.annotate(sendings=Count("submissions")).to_fill_in())


@transaction.atomic
def _remind(draft: Application) -> bool:
    """One draft: at most one letter, unless it has been said already for this closing time."""
    left = draft.may_write_until - clock.now()
    event = next(name for before, name in NOT_SENT if left <= before)
    key = f"{prefix_of(draft)}{draft.may_write_until:%y%m%d%H%M}:{draft.sendings}"  # type: ignore[attr-defined]
    if Message.objects.filter(dedupe_key__startswith=f"{key}:{event}:").exists():
        return False
    if gaps(draft):
        if left > BEFORE_CLOSING:
            return False
        event = "due_soon"
    tell_owners(draft, event, key=f"{key}:{event}", context=lambda: {"closes": moment(draft.may_write_until)})
    return True


def prefix_of(draft: Application) -> str:
    """How the keys of a draft's reminders begin."""
    return f"draft:{draft.public_id}:"


def forget_draft(application: Application) -> int:
    """Cancels what has not left yet: the application is no draft any more, or is taken for longer.

    Part of sending, withdrawing and extending. Asks nothing while it is too early for a reminder to exist.
    """
    is_too_early = application.may_write_until - clock.now() > NOT_SENT[-1][0]
    return 0 if is_too_early else cancel(key_prefix=prefix_of(application))


@transaction.atomic
def remind_reviews() -> int:
    """Tells experts of reviews that are due within two days; returns how many. One review is named by its number,
    several that are due on one day are one letter."""
    soon = clock.today() + BEFORE_REVIEW
    due = Assignment.objects.to_do().filter(due_on__lte=soon).select_related("expert__user", "application__call")
    batches: dict[tuple[Expert, date], list[Assignment]] = defaultdict(list)
    for assignment in due.order_by("pk"):
        batches[assignment.expert, assignment.due_on].append(assignment)
    for (expert, on), rows in batches.items():
        if len(rows) == 1:
            tell_expert(rows[0], "review_due", key="due")
        else:
            tell_due(expert, on, rows)
    return sum(map(len, batches.values()))
