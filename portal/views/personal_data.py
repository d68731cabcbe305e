"""My data: download everything, erase what nobody has to keep."""

import logging

from allauth.account.decorators import reauthentication_required
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from core.refusals import Refused
from documents.serve import serve
from portal.actions.erasure import erase_person
from portal.actions.personal_data import is_small, make_export, note_download, request_export
from portal.forms.erasing import EraseForm
from portal.models import DataExport
from portal.queries.erasure import plan_of
from portal.tasks import make_data_export

logger = logging.getLogger(__name__)


@require_safe
@never_cache
def personal_data(request: HttpRequest) -> HttpResponse:
    """The download with its progress, and the way to erasing. Two queries."""
    mine = DataExport.objects.visible_to(request.user)
    context = {"waiting": mine.waiting().first(), "ready": mine.usable().first()}
    return render(request, "portal/personal_data.html", context)


@require_POST
@reauthentication_required
def data_export_ask(request: HttpRequest) -> HttpResponse:
    """Small ones are made at once, others by the worker; without a broker the sweep makes them within minutes."""
    export = request_export(by=request.user)
    if export.ready_at is None and is_small(export):
        make_export(export)
    elif export.ready_at is None:
        transaction.on_commit(lambda: _wake(export.pk), robust=True)
    return redirect("portal:personal_data")


def _wake(export_id: int) -> None:
    try:
        make_data_export.apply_async([export_id], retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("no broker to wake: %s; the download waits for the sweep", error)


@require_safe
@reauthentication_required
def data_export_download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The ZIP, to its own person alone, for a day."""
    exports = DataExport.objects.visible_to(request.user).usable().select_related("document")
    export = get_object_or_404(exports, public_id=public_id)
    note_download(export, by=request.user)
    return serve(export.document, as_attachment=True)


@never_cache
def personal_data_erase(request: HttpRequest) -> HttpResponse:
    """Says plainly what goes now and what stays until when and why; asks for the password; erases."""
    form = EraseForm(request.POST if request.method == "POST" else None, user=request.user)
    refused = None
    if request.method == "POST" and _may_try(request) and form.is_valid():
        try:
            erase_person(request.user, by=request.user)
            logout(request)
            messages.success(request, _("Your data were erased. You are signed out, and the account is closed."))
            return redirect("portal:home")
        except Refused as error:
            refused = error
    context = {"plan": plan_of(request.user), "form": form, "refused": refused}
    return render(request, "portal/personal_data_erase.html", context, status=409 if refused else 200)


def _may_try(request: HttpRequest) -> bool:
    """As many guesses at the password as the page that asks for it again allows."""
    if ratelimit.consume(request, action="reauthenticate", user=request.user):
        return True
    raise Refused(_("Too many attempts. Wait some minutes and try again; nothing was erased."), code="too_many")
