"""An applicant appeals, and reads the file of an appeal."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.refusals import NotAllowed, Refused
from documents.serve import serve
from grants import policy
from grants.actions.appeals import make_appeal
from grants.forms.appeals import AppealForm
from grants.models import Appeal
from grants.queries.appeals import notice_of
from grants.views.applications import application_or_404, refused_status


def application_appeal(request: HttpRequest, public_id: str) -> HttpResponse:
    """Against what, until when; the words and perhaps a file; the action decides under the lock."""
    application = application_or_404(request, public_id)
    if not policy.may_appeal(request.user, application):
        raise NotAllowed(_("Only an owner of the organisation appeals."), code="not_an_owner")
    form = AppealForm(request.POST, request.FILES) if request.method == "POST" else AppealForm()
    refused = None
    if request.method == "POST" and form.is_valid():
        text, upload = form.cleaned_data["text"], form.cleaned_data["document"]
        try:
            make_appeal(application, text=text, upload=upload, by=request.user)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("Your appeal was sent. You get a letter with the answer."))
            return redirect("grants:application_detail", public_id)
    context = {"application": application, "form": form, "notice": notice_of(application), "refused": refused}
    status = refused_status(refused) if refused else 200
    return render(request, "grants/application_appeal.html", context, status=status)


@require_safe
def appeal_document(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file of an appeal, for those who may see the appeal."""
    appeals = Appeal.objects.visible_to(request.user).select_related("document")
    appeal = get_object_or_404(appeals, public_id=public_id)
    if appeal.document is None:
        raise Http404
    return serve(appeal.document)
