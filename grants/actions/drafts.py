"""What an expert types is kept field by field, each with its revision, as the application's form does (decision 0008).

A draft counts for nothing until the review is submitted, and nobody but its expert sees it.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.refusals import Overtaken, Refused
from grants.actions.opening import open_review
from grants.actions.queue import Entry, Outcome
from grants.models import Assignment, Review
from grants.queries.rubric import draft_fields, entered_texts

PAUSE = timedelta(minutes=20)  # a longer silence was not spent on the papers; an application takes so long to read
LONGEST = 4000  # characters of a draft; the form says what fits
OTHER_TEXT = _("Another page of yours has kept another text here. Nothing was overwritten: choose which one stays.")


@transaction.atomic
def save_review_fields(assignment: Assignment, *, entries: Iterable[Entry], by: Any) -> list[Outcome]:
    """Keeps each entry over the revision that its page knew; the same text again changes nothing.

    An outcome carries Overtaken where another page has kept another text meanwhile, Refused for what is no field of
    this rubric. Raises as `open_review`.
    """
    assignment, review = open_review(assignment, by)
    fields, entered = draft_fields(assignment.application.rules.content), entered_texts(review)
    outcomes = [_keep(review, entry, fields, entered) for entry in entries]
    note_time(review, assignment)
    review.save(update_fields=["draft", "draft_revs", "last_saved_at", "active_seconds"])
    return outcomes


def _keep(review: Review, entry: Entry, fields: set[str], entered: Mapping[str, str]) -> Outcome:
    text = as_text(entry.value)
    if entry.field not in fields or text is None:
        return Outcome(refused=Refused(_("This could not be read."), code="unreadable"))
    now = review.draft_revs.get(entry.field, 0)
    kept = review.draft.get(entry.field, entered.get(entry.field, ""))
    if kept == text:
        return Outcome(now)
    if now != entry.rev:
        return Outcome(refused=Overtaken(OTHER_TEXT, typed=text, kept=kept, rev=now))
    review.draft[entry.field], review.draft_revs[entry.field] = text, now + 1
    return Outcome(now + 1)


def as_text(raw: Any) -> str | None:
    """What was typed; of a scale, what is chosen; None for what no input of ours sends."""
    if isinstance(raw, list):
        raw = raw[0] if raw else ""
    return raw.replace("\r\n", "\n")[:LONGEST] if isinstance(raw, str) else None


@transaction.atomic
def keep_review_draft(
    assignment: Assignment, *, draft: dict[str, Any], revs: Mapping[str, int] | None = None, by: Any
) -> Review:
    """Keeps everything that a page holds, as the button «Keep» sends it: half-typed scores and words.

    `revs` are the revisions that the page was rendered with. Raises as `open_review`, and Refused with the other texts
    where another page has kept some since: the next press knows them.
    """
    assignment, review = open_review(assignment, by)
    entered, known = entered_texts(review), revs or {}
    changed = [name for name in draft if draft[name] != review.draft.get(name, entered.get(name, ""))]
    other = [name for name in changed if name in known and known[name] != review.draft_revs.get(name, 0)]
    if other:
        raise Refused(
            _("Another page of yours has kept other texts meanwhile. Press again to keep what stands here instead."),
            code="overtaken",
            items=[f"«{review.draft.get(name, entered.get(name, ''))}»" for name in other],
        )
    for name in changed:
        review.draft_revs[name] = review.draft_revs.get(name, 0) + 1
    review.draft = draft
    note_time(review, assignment)
    review.save(update_fields=["draft", "draft_revs", "last_saved_at", "active_seconds"])
    return review


def note_time(review: Review, assignment: Assignment) -> None:
    """Adds the time since the last save (since the papers opened) to a review that is not in; the caller writes it."""
    now, last = clock.now(), review.last_saved_at or assignment.declared_at
    if review.submitted_at is None and last and timedelta(0) < now - last < PAUSE:
        review.active_seconds += int((now - last).total_seconds())
    review.last_saved_at = now


def forget_draft(review: Review, submitted: Mapping[str, str]) -> None:
    """The draft has become the review: what differs from it gets its next revision, so that a page that stood open
    elsewhere never brings an older text back unseen. The caller writes it.
    """
    for name, text in submitted.items():
        if review.draft.get(name, "") != text:
            review.draft_revs[name] = review.draft_revs.get(name, 0) + 1
    review.draft = {}
