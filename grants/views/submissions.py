"""Sending: everything on one page, the declaration, the receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts import parking
from core.refusals import Refused
from documents.serve import serve
from grants import policy
from grants.actions.submission import submit_seen
from grants.forms.submission import SendForm
from grants.models import Application, Submission
from grants.queries.completeness import gaps, read_given
from grants.queries.content import parts
from grants.queries.grace import grace_ends_at, opened_in_time, page_stamp
from grants.queries.receipts import COUNTS, code_of, grace_words, receipt_pdf, standing_of
from grants.statuses import ApplicationStatus
from grants.views.applications import application_or_404, posted, refused_status
from grants.views.sections import is_open_draft

SHOWN = ("application__call", "application__organisation", "submitted_by")  # what a receipt prints


def application_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reads all once more, ticks the declaration, sends. The same press twice leads to the same receipt."""
    form = SendForm(posted(request))
    submission, refused = _send(request, public_id, form) if request.method == "POST" else (None, None)
    if submission:
        return redirect("grants:submission_receipt", submission.public_id)
    application = application_or_404(request, public_id)
    given = read_given(application)
    found = gaps(application, given) if application.status == ApplicationStatus.DRAFT else []
    clock = _clock(request, application)
    may_send, is_open = policy.may_send_application(request.user, application), clock["is_open"]
    context = {
        "application": application,
        "parts": parts(application, found, given),
        "gaps": found,
        "may_send": may_send,
        "can_change": is_open and (may_send or policy.may_edit_application(request.user, application)),
        "form": form,
        "refused": refused,
        **clock,
    }
    status = refused_status(refused) if refused else 200
    return render(request, "grants/application_check.html", context, status=status)


def _send(request: HttpRequest, public_id: str, form: SendForm) -> tuple[Submission | None, Refused | None]:
    """The receipt, or the refusal; neither where the page is shown again, or is not this person's to see.

    A draft needs a right form; what was sent already answers any press with its receipt.
    """
    seen = Application.objects.visible_beyond_review(request.user)
    seen = seen if form.is_valid() else seen.exclude(status=ApplicationStatus.DRAFT)
    stamp = request.POST.get("opened", "")
    try:
        return submit_seen(seen, public_id, agreed=form.agreed(), texts=form.texts, stamp=stamp, by=request.user), None
    except Refused as error:
        return None, error


def _clock(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What the server clock allows here, and the stamp that the page carries through presses and expired sessions."""
    parked = parking.take(request) if request.method == "GET" else None
    stamp = (parked[0] if parked else request.POST).get("opened") or page_stamp(application, request.user)
    is_open, is_draft = is_open_draft(application), application.status == ApplicationStatus.DRAFT
    is_grace = is_draft and not is_open and opened_in_time(stamp, application, request.user) is not None
    return {
        "parked": parked,
        "stamp": stamp,
        "is_open": is_open,
        "is_grace": is_grace,
        "is_sendable": is_open or is_grace,
        "grace_ends_at": grace_ends_at(application),
    }


def _submission_or_404(request: HttpRequest, public_id: str, *shown: str) -> Submission:
    """A sending that the person may see; a snapshot holds the IIN or BIN, so experts see none."""
    rows = Submission.objects.visible_to(request.user).with_standing().select_related(*shown)
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def submission_receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """The number, the moment, the SHA-256 of what was sent; printable."""
    submission = _submission_or_404(request, public_id, *SHOWN)
    application, standing = submission.application, standing_of(submission.application.status, submission.is_replaced)
    context = {
        "submission": submission,
        "application": application,
        "standing": standing,
        "is_current": standing == COUNTS,
        "code": code_of(submission),
        "grace": grace_words(submission),
    }
    return render(request, "grants/submission_receipt.html", context)


@require_safe
def submission_pdf(request: HttpRequest, public_id: str) -> HttpResponse:
    """The receipt on paper, in the reader's language."""
    submission = _submission_or_404(request, public_id, *SHOWN)
    name = {"Content-Disposition": f'attachment; filename="{submission.application.number}.pdf"'}
    return HttpResponse(receipt_pdf(submission), content_type="application/pdf", headers=name)


@require_safe
def submission_snapshot(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Exactly what was sent, as a file whose SHA-256 stands on the receipt."""
    return serve(_submission_or_404(request, public_id, "snapshot").snapshot, as_attachment=True)
