"""A correction: the officer's words, the named fields open again, everything else to read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import parking
from core.refusals import Refused
from grants import policy
from grants.actions.applications import open_correction_of
from grants.actions.corrections import answer_correction
from grants.actions.documents import attach_documents
from grants.actions.saving import SectionSaved, save_section
from grants.forms.correction import CorrectionForms
from grants.forms.revisions import clashes_of, known_of, page_revisions
from grants.models import Application
from grants.queries.content import parts, without
from grants.views.answer_files import save_files
from grants.views.applications import posted, refused_status
from grants.views.documents import tell_of_blur
from grants.views.sections import draft_or_404
from notifications.actions.announce import mark_opened


def correction_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Saves the named fields, or saves and sends them; the clock of the correction decides."""
    application = draft_or_404(request, public_id)
    correction = open_correction_of(application)
    if correction is None:
        messages.warning(request, _("No correction is open now. The application stands as it was sent."))
        return redirect("grants:application_detail", public_id)
    if request.method == "GET":
        mark_opened(about=application.public_id, by=request.user)
    parked = parking.take(request) if request.method == "GET" else None
    data = parked[0] if parked else posted(request)
    forms = CorrectionForms(application, set(correction.fields), data, request.FILES)
    saved, refused = _save(request, application, forms) if request.method == "POST" else (None, None)
    if saved and not saved.clashes and not refused and forms.is_valid():
        return redirect("grants:application_detail" if _sends(request) else "grants:correction_edit", public_id)
    typed = [forms.facts, *forms.questions]
    context = {
        "application": application,
        "correction": correction,
        "beside": correction.words_beside,
        "forms": forms,
        "parts": without(parts(application), set(correction.fields)),
        "parked": parked,
        "refused": refused,
        "clashes": clashes_of(application, typed, saved.clashes if saved else {}),
        "revisions": page_revisions(saved.application if saved else application, typed, data, saved),
        "may_send": policy.may_send_application(request.user, application),
    }
    return render(request, "grants/correction_edit.html", context, status=refused_status(refused) if refused else 200)


def _sends(request: HttpRequest) -> bool:
    return request.POST.get("then") == "send"


def _save(request: HttpRequest, application: Application, forms: Any) -> tuple[SectionSaved | None, Refused | None]:
    """Keeps what is right and nobody else wrote; sends the correction when asked to and nothing is wrong."""
    is_right, saved = forms.is_valid(), None
    try:
        saved = save_section(application, known=known_of(request.POST), by=request.user, **forms.values())
        is_right = is_right and not saved.clashes
        for requirement, uploads in forms.uploads():
            attach_documents(application, requirement, uploads, by=request.user)
            tell_of_blur(request, uploads)
        save_files(request, application, forms.questions)
        if is_right and _sends(request):
            answer_correction(application, by=request.user)
            messages.success(request, _("The correction was sent. The officer goes on."))
        elif is_right:
            messages.success(request, _("Saved. The correction is NOT SENT yet."))
    except Refused as refused:
        return saved, refused
    return saved, None
