"""Becoming an expert, the confidentiality undertaking, acts of work done."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions.invitations import digest_of
from accounts.queries.consents import text_in_force
from accounts.statuses import ConsentKind
from core.refusals import Refused
from documents.serve import serve
from grants.actions.candidates import save_candidature, submit_candidature
from grants.actions.experts import undertake
from grants.forms.candidates import CandidateForms
from grants.models import WorkAct
from grants.queries.experts import candidate_version, has_undertaken, open_candidature

KEPT = "expert_invitation"  # the session holds the SHA-256 of the token, never the token


@login_not_required
@never_cache
@require_safe
def expert_invited(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token of an invitation out of the address at once."""
    request.session[KEPT] = digest_of(token)
    return redirect("grants:expert_become")


@login_not_required
def expert_become(request: HttpRequest) -> HttpResponse:
    """What experts do, for everybody; the questions, for who is signed in. «Keep» saves, «send» sends."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            return redirect_to_login(request.path)
        return render(request, "grants/expert_become.html", {"version": candidate_version()})
    candidate = open_candidature(request.user)
    forms = CandidateForms.of(candidate, request.POST if request.method == "POST" else None)
    refused = None
    if request.method == "POST" and forms and forms.is_valid():
        done, refused = _save(request, forms)
        if done:
            return redirect("grants:expert_become")
    context = {"version": forms and forms.version, "candidate": candidate, "forms": forms, "refused": refused}
    return render(request, "grants/expert_become.html", context, status=409 if refused else 200)


def _save(request: HttpRequest, forms: CandidateForms) -> tuple[bool, Refused | None]:
    """Keeps what was typed, then sends it where that was pressed; a refusal stays above the questions."""
    try:
        candidate = save_candidature(forms.answers(), by=request.user, token_sha256=request.session.get(KEPT, ""))
        request.session.pop(KEPT, None)
        if "send" in request.POST:
            submit_candidature(candidate, by=request.user)
            messages.success(request, _("Your answers have been sent. We write to you by e-mail."))
        else:
            messages.success(request, _("Your answers are kept. Send them when you are ready."))
    except Refused as refused:
        return False, refused
    return True, None


def expert_undertaking(request: HttpRequest) -> HttpResponse:
    """The confidentiality undertaking: read and accepted before the first paper opens."""
    then = request.POST.get("next", "") or request.GET.get("next", "")
    if request.method == "POST":
        undertake(by=request.user)
        messages.success(request, _("You have accepted the undertaking. It is kept with its time and text."))
        return redirect(_safe(request, then))
    context = {
        "text": text_in_force(ConsentKind.CONFIDENTIALITY),
        "has_undertaken": has_undertaken(request.user),
        "next": then,
    }
    return render(request, "grants/expert_undertaking.html", context)


def _safe(request: HttpRequest, then: str) -> Any:
    """Where the person came from, if it is a page of ours."""
    is_ours = url_has_allowed_host_and_scheme(
        then, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return then if then and is_ours else "grants:review_list"


@require_safe
def work_act_list(request: HttpRequest) -> HttpResponse:
    """The expert's own acts of work done. One query."""
    acts = WorkAct.objects.filter(expert__user=request.user.pk).select_related("call")
    return render(request, "grants/work_act_list.html", {"acts": acts})


@require_safe
def work_act_pdf(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """One act as PDF: the expert's own, or any for those who see who reads what."""
    act = get_object_or_404(WorkAct.objects.visible_to(request.user).select_related("document"), public_id=public_id)
    return serve(act.document, as_attachment=True)
