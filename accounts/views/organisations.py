"""My organisations: list, new, change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from accounts import parking
from accounts.actions.organisations import change_organisation, create_organisation
from accounts.forms.organisation import OrganisationForm, hints_about
from accounts.models import Organisation
from accounts.policy import may_write_for
from accounts.queries.access import my_requests
from accounts.views.access import number_taken
from core.refusals import NotAllowed


def organisation_list(request: HttpRequest) -> HttpResponse:
    """Those of which the person is a member, with their role there; what became of requests to be let in."""
    memberships = request.user.memberships.select_related("organisation__sector").order_by("organisation__name")
    context = {"memberships": memberships, "asked": my_requests(request.user)}
    return render(request, "accounts/organisation_list.html", context)


def organisation_create(request: HttpRequest) -> HttpResponse:
    """A new organisation, whose owner is the person."""
    parked = parking.take(request) if request.method == "GET" else None
    form = OrganisationForm(parked[0] if parked else request.POST or None)
    if request.method == "POST" and form.is_valid() and request.POST.get("then") != "mend":
        if page := number_taken(request, form):
            return page
        organisation = create_organisation(by=request.user, **form.cleaned_data)
        return _saved(request, organisation, _("The organisation was added."))
    context = {"form": form, "parked": parked, "next": _next(request)}
    return render(request, "accounts/organisation_create.html", context)


def organisation_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Its owners and editors change it; a viewer is told so, anybody else finds nothing."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), public_id=public_id)
    if not may_write_for(request.user, organisation):
        raise NotAllowed(_("Only an owner or an editor may change this organisation."))
    parked = parking.take(request) if request.method == "GET" else None
    form = OrganisationForm(parked[0] if parked else request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid() and request.POST.get("then") != "mend":
        is_new = form.cleaned_data["identifier"] != organisation.identifier
        if is_new and (page := number_taken(request, form)):
            return page
        organisation = change_organisation(organisation, by=request.user, **form.cleaned_data)
        return _saved(request, organisation, _("The changes were saved."))
    context = {
        "form": form,
        "parked": parked,
        "next": _next(request),
        "organisation": organisation,
        "hints": hints_about(organisation),
    }
    return render(request, "accounts/organisation_edit.html", context)


def _next(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else ""


def _saved(request: HttpRequest, organisation: Organisation, sentence: str) -> HttpResponseRedirect:
    messages.success(request, sentence)
    for hint in hints_about(organisation):
        messages.warning(request, hint)
    return HttpResponseRedirect(_next(request) or reverse("accounts:organisation_list"))
