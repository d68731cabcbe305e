"""Documents of an application: adding, using one of the vault again, joining photos, removing, reading."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import parking
from core.refusals import Refused
from documents.actions.gather import blur_warnings
from documents.models import VaultEntry
from documents.serve import serve
from grants.actions.documents import attach_documents, join_photos, remove_document, use_from_vault
from grants.forms.document_fields import document_fields, document_form
from grants.models import Application, ApplicationDocument, DocumentRequirement
from grants.queries.content import DOCUMENTS
from grants.queries.requirements import asked_of, frozen_of
from grants.statuses import ApplicationStatus
from grants.views.applications import refused_status
from grants.views.sections import draft_head, draft_or_404, is_open_draft, to_fill_in_or_404


def application_documents(request: HttpRequest, public_id: str) -> HttpResponse:
    """One form for each document that the call asks for; an error stands beside its file."""
    # A press is judged by the action itself, under the lock; a page that is only opened, here.
    is_press = request.method != "GET"
    application = to_fill_in_or_404(request, public_id) if is_press else draft_or_404(request, public_id)
    if request.method == "GET" and not is_open_draft(application):
        return redirect("grants:application_detail", public_id)
    parked = parking.take(request) if request.method == "GET" else None
    bound, refused = {}, None
    if request.method == "POST":
        wanted = _wanted(application, request.POST.get("requirement", ""))
        bound = {wanted.key: document_form(wanted, request.POST, request.FILES)} if wanted else {}
        refused = _attach(request, application, wanted, bound[wanted.key]) if wanted else None
        if wanted and not refused and bound[wanted.key].is_valid():
            return redirect(_place(application, wanted.key))
    fields = document_fields(application, request.user, bound)
    context = {
        "fields": fields,
        "refused": refused,
        "parked": parked,
        "wrong": next(iter(bound.values()), None),
        **draft_head(application, DOCUMENTS, lacking=[one.requirement for one in fields if one.is_lacking]),
    }
    status = refused_status(refused) if refused else 200
    return render(request, "grants/application_documents.html", context, status=status)


def _wanted(application: Application, key: str) -> DocumentRequirement | None:
    """The document of this key among those that the application is asked for: by its frozen rules, with no query.

    Only what was asked for while the sum was larger takes one.
    """
    frozen = {wanted.key: wanted for wanted in frozen_of(application, ())}
    return frozen.get(key) or next((wanted for wanted in asked_of(application) if wanted.key == key), None)


def _attach(request: HttpRequest, application: Application, wanted: Any, form: Any) -> Refused | None:
    """Hangs what was chosen; the refusal, unless it belongs beside the file."""
    if not form.is_valid():
        return None
    chosen = form.cleaned_data["file"]
    try:
        attach_documents(application, wanted, chosen, by=request.user)
    except Refused as refused:
        if refused.code != "too_many_files":
            return refused
        form.add_error("file", str(refused.sentence))
        return None
    messages.success(request, _("Added: %(name)s") % {"name": ", ".join(file.name for file in chosen)})
    tell_of_blur(request, chosen)
    return None


def tell_of_blur(request: HttpRequest, chosen: Any) -> None:
    """Warns of photos that are probably too blurred to read."""
    for file in chosen:
        for sentence in blur_warnings(file):
            messages.warning(request, sentence)


def _place(application: Application, key: str) -> str:
    """Where the document stands: on the page of the draft, or in the open correction."""
    is_draft = application.status == ApplicationStatus.DRAFT
    page = "grants:application_documents" if is_draft else "grants:correction_edit"
    return f"{reverse(page, args=[application.public_id])}#{key}"


@require_POST
def document_reuse(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Hangs a document of the organisation's vault on what is asked for; its members alone have any."""
    application = draft_or_404(request, public_id)
    own = VaultEntry.objects.visible_to(request.user).filter(organisation=application.organisation)
    entry = get_object_or_404(own.select_related("document"), public_id=request.POST.get("entry", ""))
    requirement = get_object_or_404(application.call.requirements, key=key)
    row = use_from_vault(application, requirement, entry, by=request.user)
    messages.success(request, _("Added: %(name)s") % {"name": row.document.original_name})
    return redirect(_place(application, key))


@require_POST
def document_join(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Photos that were taken one by one become one PDF."""
    application = draft_or_404(request, public_id)
    requirement = get_object_or_404(application.call.requirements, key=key)
    row = join_photos(application, requirement, by=request.user)
    messages.success(request, _("One PDF: %(name)s") % {"name": row.document.original_name})
    return redirect(_place(application, key))


@require_POST
def document_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes a document off a draft, or off a named field of an open correction."""
    rows = ApplicationDocument.objects.select_related("application", "requirement", "document")
    seen = Application.objects.visible_to(request.user)
    row = get_object_or_404(rows.filter(application__in=seen), public_id=public_id)
    remove_document(row, by=request.user)
    messages.success(request, _("Removed: %(name)s") % {"name": row.document.original_name})
    return redirect(_place(row.application, row.requirement.key))


@require_safe
def document_download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file, to the application's members and to staff; experts read it beside their rubric (views/reviews.py)."""
    rows = ApplicationDocument.objects.select_related("document")
    seen = Application.objects.visible_beyond_review(request.user)
    return serve(get_object_or_404(rows.filter(application__in=seen), public_id=public_id).document)
