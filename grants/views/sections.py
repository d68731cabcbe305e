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
from grants.actions.saving import SectionSaved, save_section
from grants.forms.application import FactsForm, questions_form
from grants.forms.revisions import clashes_of, known_of, page_revisions
from grants.models import Application, DocumentRequirement
from grants.queries.asked import questions_asked
from grants.queries.completeness import Gap, gaps, read_given
from grants.queries.content import DOCUMENTS, PROJECT, part_titles
from grants.queries.help import help_of
from grants.queries.known import known_facts
from grants.queries.sample import has_sample
from grants.queries.sections import section_states
from grants.statuses import ApplicationStatus
from grants.views.answer_files import save_files
from grants.views.applications import posted, refused_status
from questionnaires.queries.asked import Asked

MORE_HERE = frozenset({"row", "upload", "drop"})  # buttons inside a question: another row, a file more, one less


# What the task list prints besides: what stands in the facts, and what is known of the organisation.
SHOWN_IN_LIST = ("sector", "district", "organisation__sector", "organisation__district", "call__questionnaire", "rules")


def to_fill_in_or_404(request: HttpRequest, public_id: str, *related: str) -> Application:
    """The application with what the pages of one section print, if the person may see it."""
    seen = Application.objects.visible_beyond_review(request.user).to_fill_in()
    return get_object_or_404(seen.select_related(*related) if related else seen, public_id=public_id)


def draft_or_404(request: HttpRequest, public_id: str, *related: str) -> Application:
    """The application for a page that changes it, with these `related` rows; a viewer is told why not (403)."""
    application = to_fill_in_or_404(request, public_id, *related)
    if not policy.may_edit_application(request.user, application):
        raise NotAllowed(
            _("You may read this application. Only an owner or an editor of the organisation may change it."),
            code="not_allowed",
        )
    return application


def is_open_draft(application: Application) -> bool:
    """Whether its sections can be filled in now."""
    return application.status == ApplicationStatus.DRAFT and application.is_open_for_writing


@require_safe
def application_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sections with what each still lacks, and the way to sending."""
    application = draft_or_404(request, public_id, *SHOWN_IN_LIST)
    if not is_open_draft(application):
        return redirect("grants:application_detail", public_id)
    sections = section_states(application, read_given(application))
    context = {
        "application": application,
        "sections": sections,
        "gaps": [g for s in sections for g in s.missing],
        "known": known_facts(application.organisation),
        "has_sample": has_sample(application.call.questionnaire.code),
    }
    return render(request, "grants/application_edit.html", context)


def application_section(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """One section: what is right is kept even where another field is wrong, and nothing that was typed is lost."""
    application = draft_or_404(request, public_id)
    if request.method == "GET" and not is_open_draft(application):
        return redirect("grants:application_detail", public_id)
    parked = parking.take(request) if request.method == "GET" else None
    data = parked[0] if parked else posted(request)
    form = section_form(application, section, data, request.FILES)
    saved, refused = _save(request, application, form) if request.method == "POST" else (None, None)
    if saved and not saved.clashes and form.is_valid():
        messages.success(request, _("Saved."))
        return redirect(_after(application, section, request.POST.get("then", "")))
    clashes = saved.clashes if saved else {}
    context = {
        "form": form,
        "parked": parked,
        "refused": refused,
        "kept": bool(saved),
        "clashes": clashes_of(application, [form], clashes),
        "revisions": page_revisions(saved.application if saved else application, [form], data, saved),
        **draft_head(saved.application if saved else application, section, None if saved else _found(form)),
    }
    status = refused_status(refused) if refused else 409 if clashes else 200
    return render(request, "grants/application_section.html", context, status=status)


def section_form(application: Application, key: str, data: Any, files: Any = None) -> Any:
    """The form behind a section's address; 404 for an address that the questions do not have."""
    if key == PROJECT:
        return FactsForm(data, application=application)
    for position, _section in enumerate(application.answer_set.version.content["sections"]):
        if key == f"questions-{position}":
            return questions_form(application, position, data, files)
    raise Http404


def _save(request: HttpRequest, application: Application, form: Any) -> tuple[SectionSaved | None, Refused | None]:
    """Keeps what was typed and is right; the refusal, if the state or the clock does not allow it."""
    form.is_valid()
    try:
        saved = save_section(application, known=known_of(request.POST), by=request.user, **form.values())
        save_files(request, application, [form])
        return saved, None
    except Refused as refused:
        return None, refused


def _after(application: Application, section: str, then: str) -> str:
    """The next section, the one before, the list of sections, or the question on this page that has more to come."""
    verb, _colon, question = then.partition(":")
    if verb in MORE_HERE:
        return f"{section_url(application, section)}#div_id_q_{question}"
    keys = [key for key, _title in part_titles(application, questions_asked(application))]
    place = (keys.index(section) if section in keys else 0) + (-1 if then == "back" else 1)
    if then == "list" or not 0 <= place < len(keys):
        return reverse("grants:application_edit", args=[application.public_id])
    return section_url(application, keys[place])


def section_url(application: Application, key: str) -> str:
    """The address of a section."""
    if key == DOCUMENTS:
        return reverse("grants:application_documents", args=[application.public_id])
    return reverse("grants:application_section", args=[application.public_id, key])


def _found(form: Any) -> Asked | None:
    """What is asked, where the form has read it already."""
    return getattr(form, "found", None)


def draft_head(
    application: Application,
    section: str,
    asked: Asked | None = None,
    lacking: list[DocumentRequirement] | None = None,
) -> dict[str, Any]:
    """What the head of a section's page says: title, place, and whether only sending is left.

    `asked` and `lacking` are what the page has read already.
    """
    asked = asked or questions_asked(application)
    titles = part_titles(application, asked)
    keys = [key for key, _title in titles]
    is_draft = application.status == ApplicationStatus.DRAFT
    found: list[Gap] = gaps(application, found=asked, lacking=lacking) if is_draft else []
    return {
        "application": application,
        "section": section,
        "title": dict(part_titles(application))[section],
        "place": keys.index(section) + 1 if section in keys else 0,
        "count": len(keys),
        "gaps": found,
        "is_complete": not found and is_open_draft(application),
        "asked": help_of(application, section),
    }
