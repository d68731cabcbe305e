"""Documents of an application: adding, removing, reading."""

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
from documents.serve import serve
from grants.actions.applications import attach_document, remove_document
from grants.forms.application import DocumentForm
from grants.models import Application, ApplicationDocument
from grants.queries.content import DOCUMENTS
from grants.statuses import ApplicationStatus
from grants.views.applications import refused_status
from grants.views.sections import draft_head, draft_or_404, is_open_draft, to_fill_in_or_404


def application_documents(request: HttpRequest, public_id: str) -> HttpResponse:
    """One form for each document that the call asks for; an error stands beside its file."""
    # A press is judged by the action itself, under the lock; a page that is only opened, here.
    application = (draft_or_404 if request.method == "GET" else to_fill_in_or_404)(request, public_id)
    if request.method == "GET" and not is_open_draft(application):
        return redirect("grants:application_detail", public_id)
    parked = parking.take(request) if request.method == "GET" else None
    requirements = list(application.call.requirements.all())
    wanted = request.POST.get("requirement", "")
    forms = {r.key: _form(request, r.key) if r.key == wanted else _form(None, r.key) for r in requirements}
    refused = None
    if request.method == "POST" and wanted in forms and forms[wanted].is_valid():
        requirement = next(r for r in requirements if r.key == wanted)
        try:
            row = attach_document(application, requirement, forms[wanted].cleaned_data["file"], by=request.user)
            messages.success(request, _("Added: %(name)s") % {"name": row.document.original_name})
            return redirect(f"{reverse('grants:application_documents', args=[public_id])}#{wanted}")
        except Refused as error:
            refused = error
    context = {
        "rows": _rows(application, requirements, forms),
        "refused": refused,
        "parked": parked,
        "wrong": forms.get(wanted),
        **draft_head(application, DOCUMENTS),
    }
    status = refused_status(refused) if refused else 200
    return render(request, "grants/application_documents.html", context, status=status)


def _form(request: HttpRequest | None, key: str) -> DocumentForm:
    data, files = (request.POST, request.FILES) if request else (None, None)
    return DocumentForm(data, files, prefix=key, auto_id="id_%s")


def _rows(application: Application, requirements: list[Any], forms: dict[str, DocumentForm]) -> list[Any]:
    """(requirement, what was given, the form) in the order of the call."""
    given = list(application.documents.select_related("document"))
    return [(r, [g for g in given if g.requirement_id == r.pk], forms[r.key]) for r in requirements]


@require_POST
def document_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes a document off a draft, or off a named field of an open correction."""
    rows = ApplicationDocument.objects.select_related("application", "requirement", "document")
    seen = Application.objects.visible_to(request.user)
    row = get_object_or_404(rows.filter(application__in=seen), public_id=public_id)
    remove_document(row, by=request.user)
    messages.success(request, _("Removed: %(name)s") % {"name": row.document.original_name})
    is_draft = row.application.status == ApplicationStatus.DRAFT
    page = "grants:application_documents" if is_draft else "grants:correction_edit"
    return redirect(f"{reverse(page, args=[row.application.public_id])}#{row.requirement.key}")


@require_safe
def document_download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file, to everybody who may see the application: its members, staff, an assigned expert."""
    rows = ApplicationDocument.objects.select_related("document")
    seen = Application.objects.visible_to(request.user)
    return serve(get_object_or_404(rows.filter(application__in=seen), public_id=public_id).document)
