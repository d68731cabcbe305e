"""A correction: the officer's words, the named fields open again, everything else to read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import parking
from core.refusals import Refused
from grants import policy
from grants.actions.applications import attach_document, edit_application, open_correction_of
from grants.actions.corrections import answer_correction
from grants.forms.correction import CorrectionForms
from grants.models import Application
from grants.queries.content import parts, without
from grants.views.applications import posted, refused_status
from grants.views.sections import draft_or_404


def correction_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Saves the named fields, or saves and sends them; the clock of the correction decides."""
    application = draft_or_404(request, public_id)
    correction = open_correction_of(application)
    if correction is None:
        messages.warning(request, _("No correction is open now. The application stands as it was sent."))
        return redirect("grants:application_detail", public_id)
    parked = parking.take(request) if request.method == "GET" else None
    data = parked[0] if parked else posted(request)
    forms = CorrectionForms(application, set(correction.fields), data, request.FILES)
    refused = _save(request, application, forms) if request.method == "POST" else None
    if request.method == "POST" and not refused and forms.is_valid():
        return redirect("grants:application_detail" if _sends(request) else "grants:correction_edit", public_id)
    context = {
        "application": application,
        "correction": correction,
        "forms": forms,
        "parts": without(parts(application), set(correction.fields)),
        "parked": parked,
        "refused": refused,
        "may_send": policy.may_send_application(request.user, application),
    }
    return render(request, "grants/correction_edit.html", context, status=refused_status(refused) if refused else 200)


def _sends(request: HttpRequest) -> bool:
    return request.POST.get("then") == "send"


def _save(request: HttpRequest, application: Application, forms: Any) -> Refused | None:
    """Keeps what is right; sends the correction when asked to and nothing is wrong."""
    is_right = forms.is_valid()
    try:
        edit_application(application, by=request.user, **forms.values())
        for requirement, upload in forms.uploads():
            attach_document(application, requirement, upload, by=request.user)
        if is_right and _sends(request):
            answer_correction(application, by=request.user)
            messages.success(request, _("The correction was sent. The officer goes on."))
        elif is_right:
            messages.success(request, _("Saved. The correction is NOT SENT yet."))
    except Refused as refused:
        return refused
    return None
