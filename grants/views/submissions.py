"""Sending: everything on one page, the declaration, the receipt."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts import parking
from core.refusals import Refused
from documents.serve import serve
from grants import policy
from grants.actions.applications import submit_application
from grants.forms.submission import SendForm
from grants.models import Submission
from grants.queries.completeness import gaps, read_given
from grants.queries.content import parts
from grants.statuses import ApplicationStatus
from grants.views.applications import application_or_404, posted, refused_status
from grants.views.sections import is_open_draft, to_fill_in_or_404


def application_check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reads all once more, ticks the declaration, sends. The same press twice leads to the same receipt."""
    application = (to_fill_in_or_404 if request.method == "POST" else application_or_404)(request, public_id)
    form, refused = SendForm(posted(request)), None
    if request.method == "POST" and (form.is_valid() or application.status != ApplicationStatus.DRAFT):
        try:
            submission = submit_application(application, agreed=form.agreed(), texts=form.texts, by=request.user)
            return redirect("grants:submission_receipt", submission.public_id)
        except Refused as error:
            refused = error
    given = read_given(application)
    found = gaps(application, given) if application.status == ApplicationStatus.DRAFT else []
    is_open, may_send = is_open_draft(application), policy.may_send_application(request.user, application)
    context = {
        "application": application,
        "parts": parts(application, found, given),
        "gaps": found,
        "is_open": is_open,
        "may_send": may_send,
        "can_change": is_open and (may_send or policy.may_edit_application(request.user, application)),
        "form": form,
        "refused": refused,
        "parked": parking.take(request) if request.method == "GET" else None,
    }
    status = refused_status(refused) if refused else 200
    return render(request, "grants/application_check.html", context, status=status)


def _submission_or_404(request: HttpRequest, public_id: str, *shown: str) -> Submission:
    """A sending that the person may see; a snapshot holds the IIN or BIN, so experts see none."""
    rows = Submission.objects.visible_to(request.user).select_related(*shown)
    return get_object_or_404(rows, public_id=public_id)


@require_safe
def submission_receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """The number, the moment, the SHA-256 of what was sent; printable."""
    shown = ("application__call", "application__organisation", "submitted_by")
    submission = _submission_or_404(request, public_id, *shown)
    is_current = submission.application.status != ApplicationStatus.DRAFT
    context = {"submission": submission, "application": submission.application, "is_current": is_current}
    return render(request, "grants/submission_receipt.html", context)


@require_safe
def submission_snapshot(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Exactly what was sent, as a file whose SHA-256 stands on the receipt."""
    return serve(_submission_or_404(request, public_id, "snapshot").snapshot, as_attachment=True)
