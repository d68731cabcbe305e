"""The contract: read, downloaded, signed on paper and sent as a scan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.refusals import Refused
from documents.serve import serve
from grants import policy
from grants.actions.signing import sign_by_scan
from grants.forms.awards import ScanForm
from grants.models import Contract
from grants.statuses import ContractSide
from grants.views.applications import refused_status
from grants.views.awards import award_or_404
from notifications.actions.announce import mark_opened


def award_contract(request: HttpRequest, public_id: str) -> HttpResponse:
    """Number, hash, who has signed; an owner sends the signed scan."""
    award = award_or_404(request, public_id)
    contract = Contract.objects.live().filter(award=award).select_related("award", "document", "signatory").first()
    if contract is None:
        raise Http404
    mark_opened(about=award.application.public_id, by=request.user)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    refused = None
    if request.method == "POST" and form.is_valid():
        try:
            sign_by_scan(contract, ContractSide.GRANTEE, form.cleaned_data["scan"], by=request.user)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("Your signature is noted. Almaty Creative signs next."))
            return redirect("grants:award_contract", public_id)
    context = {"award": award, "application": award.application, "contract": contract, "form": form, "refused": refused}
    context["may_sign"] = contract.grantee_signed_at is None and policy.may_sign_award(request.user, award)
    return render(request, "grants/award_contract.html", context, status=refused_status(refused) if refused else 200)


def contract_or_404(request: HttpRequest, public_id: str) -> Contract:
    """A contract that the person may see, void ones too."""
    seen = Contract.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("document", "grantee_scan", "centre_scan"), public_id=public_id)


@require_safe
def contract_pdf(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The fixed PDF, byte by byte what is signed."""
    return serve(contract_or_404(request, public_id).document)


@require_safe
def contract_scan(request: HttpRequest, public_id: str, side: str) -> HttpResponseBase:
    """The scan that one side has signed."""
    contract = contract_or_404(request, public_id)
    scan = getattr(contract, f"{side}_scan") if side in ContractSide.values else None
    if scan is None:
        raise Http404
    return serve(scan)
