"""The section about minors: whether one takes part, and the guardians' consents."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import parking
from core.refusals import Refused
from documents.serve import serve
from grants.actions.minors import add_guardian_consent, remove_guardian_consent, say_minor
from grants.forms.minors import GuardianForm, MinorForm
from grants.models import Application, GuardianConsent
from grants.queries.applicants import MINORS, asks_about_minors, consents_for
from grants.views.applications import refused_status
from grants.views.sections import draft_head, draft_or_404, is_open_draft


def application_minors(request: HttpRequest, public_id: str) -> HttpResponse:
    """Yes or no; where yes, the consents that are here and one more."""
    application = draft_or_404(request, public_id)
    if not asks_about_minors(application):
        raise Http404
    if request.method == "GET" and not is_open_draft(application):
        return redirect("grants:application_detail", public_id)
    parked = parking.take(request) if request.method == "GET" else None
    said, consent = _forms(request, application, parked)
    refused = None
    if request.method == "POST":
        done, refused = _save(request, application, said, consent)
        if done:
            return redirect("grants:application_minors", public_id)
    context = {
        "said": said,
        "consent": consent,
        "consents": consents_for(application, request.user),
        "parked": parked,
        "refused": refused,
        **draft_head(application, MINORS),
    }
    status = refused_status(refused) if refused else 200
    return render(request, "grants/application_minors.html", context, status=status)


def _forms(request: HttpRequest, application: Application, parked: Any) -> tuple[MinorForm, GuardianForm]:
    """The one that was sent is bound; `then` says which."""
    data = parked[0] if parked else request.POST if request.method == "POST" else None
    adds = data is not None and data.get("then") == "add"
    known = {None: "", True: "yes", False: "no"}[application.has_minor]
    said = MinorForm(data if data is not None and not adds else None, initial={"has_minor": known})
    return said, GuardianForm(data if adds else None, request.FILES or None if adds else None)


def _save(
    request: HttpRequest, application: Application, said: MinorForm, consent: GuardianForm
) -> tuple[bool, Refused | None]:
    form = consent if consent.is_bound else said
    if not form.is_valid():
        return False, None
    try:
        if consent.is_bound:
            add_guardian_consent(application, by=request.user, **consent.cleaned_data)
        else:
            say_minor(application, said.cleaned_data["has_minor"], by=request.user)
    except Refused as refused:
        return False, refused
    messages.success(request, _("Saved."))
    return True, None


@require_POST
def guardian_consent_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes one consent off the draft."""
    consent = get_object_or_404(GuardianConsent.objects.visible_to(request.user), public_id=public_id)
    remove_guardian_consent(consent, by=request.user)
    messages.success(request, _("Taken off."))
    return redirect("grants:application_minors", consent.application.public_id)


@require_safe
def guardian_paper(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The signed paper, for the own organisation and for officers."""
    seen = GuardianConsent.objects.visible_to(request.user).filter(document__isnull=False)
    return serve(get_object_or_404(seen, public_id=public_id).document)
