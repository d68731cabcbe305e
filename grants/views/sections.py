"""Filling in a draft: the list of sections, and each section's form."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import parking
from core.refusals import NotAllowed, Refused
from grants import policy
from grants.actions.applications import edit_application
from grants.forms.application import FactsForm, QuestionsForm
from grants.models import Application
from grants.queries.completeness import Gap, gaps
from grants.queries.content import DOCUMENTS, PROJECT, Part, part_titles
from grants.statuses import ApplicationStatus
from grants.views.applications import posted, refused_status


def to_fill_in_or_404(request: HttpRequest, public_id: str) -> Application:
    """The application with what the pages of one section print, if the person may see it."""
    seen = Application.objects.visible_beyond_review(request.user)
    return get_object_or_404(seen.to_fill_in(), public_id=public_id)


def draft_or_404(request: HttpRequest, public_id: str) -> Application:
    """The application for a page that changes it; a viewer is told why not (403)."""
    application = to_fill_in_or_404(request, public_id)
    if not policy.may_edit_application(request.user, application):
        raise NotAllowed(
            _("You may read this application. Only an owner or an editor of the organisation may change it."),
            code="not_allowed",
        )
    return application


def is_open_draft(application: Application) -> bool:
    """Whether its sections can be filled in now."""
    return application.status == ApplicationStatus.DRAFT and application.call.is_open


@require_safe
def application_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sections with what each still lacks, and the way to sending."""
    application = draft_or_404(request, public_id)
    if not is_open_draft(application):
        return redirect("grants:application_detail", public_id)
    found = gaps(application)
    titles = part_titles(application)
    sections = [Part(key, title, missing=tuple(g for g in found if g.section == key)) for key, title in titles]
    context = {"application": application, "sections": sections, "gaps": found}
    return render(request, "grants/application_edit.html", context)


def application_section(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """One section: what is right is kept even where another field is wrong, and nothing that was typed is lost."""
    application = draft_or_404(request, public_id)
    if request.method == "GET" and not is_open_draft(application):
        return redirect("grants:application_detail", public_id)
    parked = parking.take(request) if request.method == "GET" else None
    form = section_form(application, section, parked[0] if parked else posted(request))
    refused = _save(request, application, form) if request.method == "POST" else None
    if request.method == "POST" and not refused and form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(_after(application, section, request.POST.get("then", "")))
    context = {
        "form": form,
        "parked": parked,
        "refused": refused,
        "kept": request.method == "POST" and not refused,
        **draft_head(application, section),
    }
    status = refused_status(refused) if refused else 200
    return render(request, "grants/application_section.html", context, status=status)


def section_form(application: Application, key: str, data: Any) -> Any:
    """The form behind a section's address; 404 for an address that the questions do not have."""
    if key == PROJECT:
        return FactsForm(data, application=application)
    sections = application.answer_set.version.content["sections"]
    for position, section in enumerate(sections):
        if key == f"questions-{position}":
            return QuestionsForm(data, section=section, answers=application.answer_set.values())
    raise Http404


def _save(request: HttpRequest, application: Application, form: Any) -> Refused | None:
    """Keeps what was typed and is right; the refusal, if the state or the clock does not allow it."""
    form.is_valid()
    try:
        edit_application(application, by=request.user, **form.values())
    except Refused as refused:
        return refused
    return None


def _after(application: Application, section: str, then: str) -> str:
    """The next section, or the list of sections; behind the last one, the check."""
    if then == "list":
        return reverse("grants:application_edit", args=[application.public_id])
    keys = [key for key, _title in part_titles(application)]
    return section_url(application, keys[keys.index(section) + 1])


def section_url(application: Application, key: str) -> str:
    """The address of a section."""
    if key == DOCUMENTS:
        return reverse("grants:application_documents", args=[application.public_id])
    return reverse("grants:application_section", args=[application.public_id, key])


def draft_head(application: Application, section: str) -> dict[str, Any]:
    """What the head of a section's page says: title, place, and whether only sending is left."""
    titles = part_titles(application)
    keys = [key for key, _title in titles]
    found: list[Gap] = gaps(application) if application.status == ApplicationStatus.DRAFT else []
    return {
        "application": application,
        "section": section,
        "title": dict(titles)[section],
        "place": keys.index(section) + 1,
        "count": len(keys),
        "gaps": found,
        "is_complete": not found and is_open_draft(application),
    }
