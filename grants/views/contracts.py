"""The contract: read, downloaded, signed with a key or on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.refusals import Refused
from documents.actions.signatures import expected_signer
from documents.forms import SignForm
from documents.formulas.signatures import MustBe
from documents.serve import serve
from documents.statuses import SignatureWay
from documents.views.signing import may_reach_ncalayer
from grants import policy
from grants.actions.signing import sign_by_scan, sign_with_key
from grants.models import Award, Contract
from grants.statuses import ContractSide
from grants.views.applications import refused_status
from grants.views.awards import award_or_404
from notifications.actions.announce import mark_opened


@may_reach_ncalayer
def award_contract(request: HttpRequest, public_id: str) -> HttpResponse:
    """Number, hash, who has signed; an owner signs with a key, with a ready file, or on paper."""
    award = award_or_404(request, public_id)
    live = Contract.objects.live().filter(award=award)
    contract = live.select_related("award__application__organisation", "document", "signatory").first()
    if contract is None:
        raise Http404
    mark_opened(about=award.application.public_id, by=request.user)
    form = SignForm(request.POST, request.FILES) if request.method == "POST" else None
    refused = None
    if form is not None and form.is_valid():
        try:
            _sign(contract, form.signature(), request.user)
        except Refused as error:
            refused = error
        else:
            messages.success(request, _("Your signature is noted. Almaty Creative signs next."))
            return redirect("grants:award_contract", public_id)
    may_sign = contract.grantee_signed_at is None and policy.may_sign_award(request.user, award)
    context = {
        "award": award,
        "application": award.application,
        "contract": contract,
        "signatures": contract.document.signatures.select_related("signed_by", "organisation"),
        "may_sign": may_sign,
        "must_be": _whose_key(request.user, award) if may_sign else None,
        "form": form,
        "refused": refused,
    }
    return render(request, "grants/award_contract.html", context, status=refused_status(refused) if refused else 200)


def _sign(contract: Contract, given: dict[str, Any], user: Any) -> None:
    if given["way"] == SignatureWay.SCAN:
        sign_by_scan(contract, ContractSide.GRANTEE, given["scan"], by=user)
    else:
        sign_with_key(contract, way=given["way"], container=given["container"], by=user)


def _whose_key(user: Any, award: Award) -> MustBe | None:
    """Whom NCALayer offers first; None where the account has no IIN yet: the press says what to do."""
    try:
        return expected_signer(user, award.application.organisation)
    except Refused:
        return None


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
