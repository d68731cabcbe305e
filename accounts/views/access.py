"""Whoever types an IIN or BIN that is already here is asked how to go on, and learns nothing about its owner."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.actions.access import ask_access
from accounts.forms.members import AccessForm
from accounts.forms.organisation import OrganisationForm
from accounts.queries.access import holders
from core.refusals import Refused

NUMBER = "access_number"  # in the session: an IIN stands in no address


def number_taken(request: HttpRequest, form: OrganisationForm) -> HttpResponse | None:
    """The page of three ways, or nothing where nobody else holds the number or the person goes on alone.

    Its words and its statements are the same whether one or several organisations hold the number.
    """
    number, country = form.cleaned_data["identifier"], form.cleaned_data["country"]
    then = request.POST.get("then", "")
    if then == "alone":
        return None
    refuse_guessing(request)  # before it is known whether the number is here: the refusal tells nothing
    if not holders(number, country, asker=request.user).exists():
        return None
    if then == "prove":
        request.session[NUMBER] = [number, country]
        return redirect("documents:access_prove")
    asking = AccessForm(request.POST if then == "ask" else None)
    if then == "ask" and asking.is_valid():
        ask_access(number, country, words=asking.cleaned_data["words"], by=request.user)
        messages.success(request, _("Your request was passed on. You get a letter with the answer."))
        return redirect("accounts:organisation_list")
    context = {"form": form, "asking": asking, "next": request.POST.get("next", "")}
    return render(request, "accounts/organisation_taken.html", context)


def refuse_guessing(request: HttpRequest) -> None:
    """So many numbers an hour: raises Refused for who tries which of them are here."""
    if not consume(request, action="number_taken", user=request.user):
        raise Refused(_("You have tried many numbers. Wait an hour; nothing was saved or lost."), code="too_often")
