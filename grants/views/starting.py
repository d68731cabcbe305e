"""From a call to a draft: whose application it is, with what it begins."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import Organisation
from core.refusals import Refused
from grants.actions.applications import start_application
from grants.actions.copying import start_from
from grants.forms.application import OrganisationChoice
from grants.forms.starting import BeginForm
from grants.models import Application, Call
from grants.queries.applicants import barred, to_know
from grants.queries.earlier import earlier_of
from grants.views.applications import home_of, posted, refused_status
from grants.views.before import answers_before, forget_before


def application_start(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the call's page: whose application it is, then the draft; an existing one is gone on with.

    Where the organisation has applied before, one more page asks whether to begin from that application.
    """
    call = get_object_or_404(Call.objects.visible_to(request.user), public_id=public_id)
    organisations = list(Organisation.objects.writable_by(request.user).order_by("name"))
    if not organisations:
        here = reverse("grants:application_start", args=[call.public_id])
        return redirect(f"{reverse('accounts:organisation_create')}?{urlencode({'next': here})}")
    form = OrganisationChoice(posted(request), organisations=Organisation.objects.writable_by(request.user))
    chosen, refused = _chosen(form, organisations), None
    begin = _begin_form(request, call, chosen) if chosen else None
    if request.method == "POST" and chosen and (begin is None or (begin.is_bound and begin.is_valid())):
        try:
            return redirect(home_of(_started(request, call, chosen, begin)))
        except Refused as error:
            refused = error
    context = {"call": call, "form": form, "chosen": chosen, "begin": begin, "refused": refused}
    context |= {"barred": barred(call, chosen), "to_know": to_know(call, chosen)} if chosen else {}
    status = refused_status(refused) if refused else 200
    return render(request, "grants/application_start.html", context, status=status)


def _chosen(form: OrganisationChoice, organisations: list[Organisation]) -> Organisation | None:
    """The only organisation, or the one that was chosen."""
    if len(organisations) == 1:
        return organisations[0]
    return form.cleaned_data["organisation"] if form.is_bound and form.is_valid() else None


def _begin_form(request: HttpRequest, call: Call, organisation: Organisation) -> BeginForm | None:
    """The choice, unbound until it was made; none where there is nothing earlier, or a live application already."""
    earlier = earlier_of(organisation, call)
    if not call.is_open or not earlier:
        return None
    typed = request.POST if "begin_from" in request.POST else None
    return BeginForm(typed, earlier=earlier, initial={"begin_from": ""})


def _started(request: HttpRequest, call: Call, organisation: Organisation, begin: BeginForm | None) -> Application:
    """The draft; what was confirmed before the form goes with it, what could not be copied is said."""
    statements = _statements(request, call)
    earlier = begin.cleaned_data["begin_from"] if begin else None
    if earlier is None:
        application = start_application(call, organisation, by=request.user, statements=statements)
    else:
        copied = start_from(earlier, call, by=request.user, statements=statements)
        application = copied.application
        messages.success(request, _("What fitted was copied. Look through each section before you send it."))
        if copied.left_out:
            names = "; ".join(copied.left_out)
            messages.warning(request, _("Not copied, please fill in anew: %(list)s") % {"list": names})
    forget_before(request, call)
    return application


def _statements(request: HttpRequest, call: Call) -> dict[str, Any] | None:
    """Keys of the statements by answer, if this browser answered them."""
    answered = answers_before(request, call)
    if answered is None:
        return None
    keys = list(call.statements.values_list("key", flat=True))
    yes = set(answered["confirmed"])
    return {"confirmed": [k for k in keys if k in yes], "not_confirmed": [k for k in keys if k not in yes]}
