"""The dossier of an application as a file for a court, asked for from its page and made by a worker."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from grants import policy
from grants.actions.exports import ask_export
from grants.admin.exports import wake
from grants.admin.ranking import refuse_while_owing
from grants.statuses import ExportFormat, ExportKind


def court_file(request, applications, pk):
    """Asks for the ZIP of one of the `applications` that this person sees; its page shows how far it is."""
    if not policy.may_export_for_court(request.user):
        raise Http404
    application = get_object_or_404(applications.select_related("call"), pk=pk)
    refuse_while_owing(request.user, application.call)
    export = ask_export(
        ExportKind.COURT, rows=[pk], file_format=ExportFormat.ZIP, call=application.call, by=request.user
    )
    transaction.on_commit(lambda: wake(export.pk), robust=True)
    messages.success(request, _("The file is being made. This page shows how far it is."))
    return HttpResponseRedirect(reverse("admin:grants_export_change", args=[export.pk]))
