"""Questions about a call: asking one, and reading all that were answered."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import parking
from core.refusals import Refused
from grants.actions.call_questions import ask_about_call
from grants.forms.questions import AskForm
from grants.models import Call
from grants.queries.call_answers import answers_page, questions_of
from grants.views.applications import posted, refused_status


@login_not_required
@require_safe
def call_answers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everybody reads them, without the askers' names."""
    call = get_object_or_404(Call.objects.visible_to(request.user), public_id=public_id)
    context = {"call": call, "page_obj": answers_page(call, request.GET.get("page"))}
    return render(request, "grants/call_answers.html", context)


def call_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """A question to the officers; what an expired session had typed stands in the field again."""
    call = get_object_or_404(Call.objects.public(), public_id=public_id)
    parked = parking.take(request) if request.method == "GET" else None
    form, refused = AskForm(posted(request), initial=parked[0].dict() if parked else None), None
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, call, form.cleaned_data["text"])
            return redirect("grants:call_ask", public_id)
        except Refused as error:
            refused = error
    context = {"call": call, "form": form, "refused": refused, "mine": questions_of(request.user, call)}
    return render(request, "grants/call_ask.html", context, status=refused_status(refused) if refused else 200)


def _ask(request: HttpRequest, call: Call, text: str) -> None:
    if not consume(request, action="call_ask"):
        raise Refused(
            _("Too many questions within an hour. Try again later; what you wrote stands below."), code="often"
        )
    ask_about_call(call, text=text, by=request.user)
    messages.success(request, _("Your question was sent. You get a letter when it is answered."))
