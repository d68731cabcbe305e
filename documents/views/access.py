"""«It is mine and I have proof»: a paper for the officers, who decide in place of an organisation's owner."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import parking
from accounts.views.access import NUMBER, refuse_guessing
from core.refusals import Refused
from documents.actions.access import ask_with_proof
from documents.forms import ProofForm


def access_prove(request: HttpRequest) -> HttpResponse:
    """The number, who one is, a paper. What the answer says never depends on who or how many hold the number."""
    parked = parking.take(request) if request.method == "GET" else None
    number, country = request.session.get(NUMBER, ["", "KZ"])
    data = parked[0] if parked else (request.POST or None)
    form = ProofForm(data, request.FILES or None, initial={"number": number, "country": country})
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            refuse_guessing(request)
            ask_with_proof(**form.cleaned_data, by=request.user)
            request.session.pop(NUMBER, None)
            messages.success(request, _("Your request and its proof were passed on. You get a letter with the answer."))
            return redirect("accounts:organisation_list")
        except Refused as error:
            refused = error
    context = {"form": form, "parked": parked, "refused": refused}
    return render(request, "documents/access_prove.html", context, status=409 if refused else 200)
