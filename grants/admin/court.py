"""The dossier of an application as a file for a court, from its page."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from grants import policy
from grants.actions.court import export_for_court
from grants.admin.ranking import refuse_while_owing


def court_file(request, applications, pk):
    """The ZIP of one of the `applications` that this person sees; the trail says who took it."""
    if not policy.may_export_for_court(request.user):
        raise Http404
    application = get_object_or_404(applications.select_related("call"), pk=pk)
    refuse_while_owing(request.user, application.call)
    bundle = export_for_court(application, by=request.user)
    headers = {"Content-Disposition": f'attachment; filename="{application.number}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(bundle, content_type="application/zip", headers=headers)
