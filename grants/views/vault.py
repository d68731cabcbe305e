"""The vault of an organisation: what was uploaded once. Its members read it, its owners and editors change it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Organisation
from accounts.policy import may_write_for
from documents.actions.vault import remove_entry, set_expiry
from documents.models import VaultEntry
from documents.serve import serve
from grants.forms.uploads import VaultForm
from grants.queries.vault import vault_of


@require_safe
def vault_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every document with the date until which it is valid."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), public_id=public_id)
    context = {
        "organisation": organisation,
        "lines": vault_of(organisation, request.user),
        "may_change": may_write_for(request.user, organisation),
    }
    return render(request, "grants/vault_list.html", context)


@require_safe
def vault_download(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file, to members of the organisation."""
    return serve(entry_or_404(request, public_id).document)


@require_POST
def vault_expiry(request: HttpRequest, public_id: str) -> HttpResponse:
    """Sets until when a document is valid; an empty date means without end."""
    entry, form = entry_or_404(request, public_id), VaultForm(request.POST)
    if form.is_valid():
        set_expiry(entry, form.cleaned_data["until"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("This is no date. Choose it again; the old one stands."))
    return redirect("grants:vault_list", entry.organisation.public_id)


@require_POST
def vault_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Takes a document out of the vault; applications keep it."""
    entry = entry_or_404(request, public_id)
    remove_entry(entry, by=request.user)
    messages.success(request, _("Removed: %(name)s") % {"name": entry.document.original_name})
    return redirect("grants:vault_list", entry.organisation.public_id)


def entry_or_404(request: HttpRequest, public_id: str) -> VaultEntry:
    """A document of a vault that the person may see."""
    seen = VaultEntry.objects.visible_to(request.user).select_related("document", "organisation")
    return get_object_or_404(seen, public_id=public_id)
