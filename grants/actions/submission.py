"""Sending an application and taking it back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.actions.consents import give_consent
from accounts.models import ConsentText
from accounts.queries.consents import texts_in_force
from accounts.statuses import ConsentKind
from core import clock
from core.canonical import canonical_json
from core.counters import next_number
from core.refusals import NotAllowed, Refused
from core.workflow import apply_move, lock
from documents.actions.store import atomic_with_files, store_bytes
from grants.actions.checks import run_automatic_checks
from grants.actions.reminders import forget_draft
from grants.models import Application, Submission
from grants.models.application import ApplicationQuerySet
from grants.policy import may_send_application
from grants.queries.completeness import Given, gaps, read_given
from grants.queries.grace import opened_in_time
from grants.queries.holds import holds_applicant
from grants.queries.officers import next_officer
from grants.queries.snapshot import snapshot
from grants.statuses import ApplicationStatus
from grants.workflow import APPLICATION
from notifications.actions.announce import announce_to
from questionnaires.queries.texts import texts_of

# What a sending reads of its application's surroundings, fetched with the lock in one query.
SENT_WITH = ("call__programme_year", "sector", "district")


@atomic_with_files()
def submit_seen(
    seen: ApplicationQuerySet,
    public_id: str,
    *,
    agreed: Collection[str],
    texts: Mapping[str, ConsentText] | None = None,
    stamp: str = "",
    by: Any,
) -> Submission | None:
    """`submit_application` for a page that has read nothing yet: None where it is not among `seen`.

    The statement that locks is the one that finds.
    """
    try:
        application = _to_send(seen, by).select_for_update(of=("self",)).get(public_id=public_id)
    except Application.DoesNotExist:
        return None
    return _send(application, agreed, texts, stamp, by)


@atomic_with_files()
def submit_application(
    application: Application,
    *,
    agreed: Collection[str],
    texts: Mapping[str, ConsentText] | None = None,
    stamp: str = "",
    by: Any,
) -> Submission:
    """Sends: checks the server clock and completeness, freezes a snapshot, gives a number, tells the applicant.

    The same press twice gives the same receipt. `agreed` are kinds of consent; the declaration is required. `texts`
    are the versions that stood on the page, by kind; without them, those in force. `stamp` is what the page carried:
    within the grace it proves that the page was open before closing (grants/queries/grace.py).
    Raises Refused after closing, for an incomplete application, and without the declaration.
    """
    return _send(lock(application, among=_to_send(Application.objects.all(), by)), agreed, texts, stamp, by)


def _to_send(rows: ApplicationQuerySet, by: Any) -> ApplicationQuerySet:
    written = rows.to_write_in(by).with_questions().select_related(*SENT_WITH)
    return written.annotate(**{"next_officer": next_officer(), "is_held": holds_applicant()})


def _send(
    application: Application,
    agreed: Collection[str],
    texts: Mapping[str, ConsentText] | None,
    stamp: str,
    by: Any,
) -> Submission:
    """Sends what was locked `_to_send` in this very transaction."""
    if not may_send_application(by, application):
        raise NotAllowed(_("Only an owner of the organisation may send the application."), code="not_an_owner")
    if application.status == ApplicationStatus.SUBMITTED:
        return application.submissions.latest("number")
    given = read_given(application)
    opened_at = opened_in_time(stamp, application, by)
    _refuse_unready(application, given, agreed, is_late=not application.is_open_for_writing and opened_at is None)
    shown = texts or texts_in_force(sorted(agreed))
    for kind in sorted(agreed):
        give_consent(kind, text=shown[kind], organisation=application.organisation, about=application.public_id, by=by)
    application.number = application.number or _new_number(application)
    stamps = {
        "submitted_at": clock.now(),
        "officer_id": application.next_officer,
        "number": application.number,
        "search_text": application.folded(texts_of(given.asked.questions, given.answers)),  # with the number
    }
    submission = freeze(application, given, grace_opened_at=opened_at, by=by)
    proof: dict[str, Any] = {"number": application.number, "sha256": submission.sha256}
    if opened_at:
        proof |= {"grace": True, "page_opened_at": opened_at.isoformat()}
    apply_move(APPLICATION, application, "submit", by=by, data=proof, is_locked=True, **stamps)
    forget_draft(application)
    run_automatic_checks(application)
    _tell(application, submission, by)
    return submission


def _refuse_unready(application: Application, given: Given, agreed: Collection[str], *, is_late: bool) -> None:
    if application.status == ApplicationStatus.DRAFT and is_late:
        raise Refused(
            _("The call has closed: applications were taken until the time on its page. What you wrote is kept."),
            code="closed",
        )
    if application.is_held:
        sentence = _(
            "Money of an earlier grant is held back, so a new application cannot be sent. The page of that grant says "
            "why. The draft is kept: send it when the hold is lifted."
        )
        raise Refused(sentence, code="held")
    if ConsentKind.DECLARATION not in agreed:
        raise Refused(_("Confirm the declaration first. Nothing was lost."), code="no_declaration")
    found = gaps(application, given)
    if found:
        raise Refused(
            _("The application is not complete yet. Missing: %(list)s")
            % {"list": "; ".join(g.sentence for g in found)},
            code="incomplete",
        )


def _new_number(application: Application) -> str:
    """GR-2026-00042: gap-free within a year."""
    year = application.call.programme_year.year
    return f"GR-{year}-{next_number(f'GR-{year}'):05d}"


def freeze(
    application: Application, given: Given | None = None, *, grace_opened_at: datetime | None = None, by: Any
) -> Submission:
    """Stores the snapshot as a document and its Submission row."""
    content = canonical_json(snapshot(application, given)).encode()
    document = store_bytes(content, name=f"{application.number}.json", media_type="application/json", by=by)
    return Submission.objects.create(
        application=application,
        number=application.submissions.count() + 1 if application.submitted_at else 1,
        snapshot=document,
        sha256=document.sha256,
        submitted_at=clock.now(),
        submitted_by=by,
        grace_opened_at=grace_opened_at,
    )


def _tell(application: Application, submission: Submission, by: Any) -> None:
    with translation.override(by.language):
        context = {
            "number": application.number,
            "title": application.title,
            "call": str(application.call.title),
            "sha256": submission.sha256,
            "path": reverse("grants:submission_receipt", args=[submission.public_id]),
        }
    announce_to(by, "submitted", context=context, dedupe_key=f"submitted:{submission.public_id}")


@transaction.atomic
def take_back_application(application: Application, *, by: Any) -> Application:
    """Back to a draft, until the deadline; it is then NOT sent until it is sent again. The number stays."""
    application = lock(application)
    if application.status == ApplicationStatus.SUBMITTED and not application.is_open_for_writing:
        raise Refused(_("The call has closed, so the application stays as it was sent."), code="closed")
    if application.corrections.filter(answered_at=None, expired_at=None).exists():
        raise Refused(_("The officer has asked for a correction: answer it instead."), code="correction_open")
    return apply_move(APPLICATION, application, "take_back", by=by)
