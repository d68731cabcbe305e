"""A question from a section of the draft: asked, and its answer read, on one page."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import parking
from core.refusals import Refused
from grants.actions.help import ask_help
from grants.forms.help import HelpForm
from grants.queries.content import part_titles
from grants.queries.help import help_of
from grants.views.applications import posted, refused_status
from grants.views.sections import draft_or_404, is_open_draft, section_url


def help_ask(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    """The question with its place; what was asked here before stands below with its answers."""
    application = draft_or_404(request, public_id)
    title = dict(part_titles(application)).get(section)
    if title is None:
        raise Http404
    parked = parking.take(request) if request.method == "GET" else None
    form = HelpForm(parked[0] if parked else posted(request))
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            ask_help(application, section, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your question has gone to the officers. You get a letter with the answer."))
            return redirect("grants:help_ask", public_id, section)
        except Refused as error:
            refused = error
    context = {"application": application, "title": title, "form": form, "parked": parked, "refused": refused}
    context |= {"asked": help_of(application, section), "back": section_url(application, section)}
    context |= {"is_open": is_open_draft(application)}
    return render(request, "grants/help_ask.html", context, status=refused_status(refused) if refused else 200)
