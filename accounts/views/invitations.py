"""The link of an invitation: opened by anybody who has it, accepted by who is signed in."""

from typing import Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions.invitations import accept_invitation, digest_of
from accounts.models import Invitation
from core.refusals import Refused

KEPT = "invitation"  # the session holds the SHA-256 of the token, never the token


@login_not_required
@never_cache
@require_safe
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Takes the token out of the address at once: it reaches no referrer and no other page's log."""
    request.session[KEPT] = digest_of(token)
    return redirect("accounts:invitation_accept")


@login_not_required
@never_cache
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Says whose invitation it is; signing up or in leads back here; then one press joins."""
    kept = request.session.get(KEPT, "")
    rows = Invitation.objects.select_related("organisation", "invited_by")
    invitation = rows.filter(token_sha256=kept).first() if kept else None
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    refused = _join(request, kept) if request.method == "POST" else None
    if request.method == "POST" and not refused:
        return redirect("accounts:organisation_list")
    usable = bool(invitation and invitation.is_usable)
    context: dict[str, Any] = {"invitation": invitation if usable else None, "refused": refused}
    return render(request, "accounts/invitation_accept.html", context, status=409 if refused else 200)


def _join(request: HttpRequest, kept: str) -> Refused | None:
    """The refusal, where the link lets nobody in; once it has, the session keeps it no longer."""
    if not consume(request, action="invitation"):
        return Refused(_("Too many tries from your network. Wait a minute and open the link again."), code="too_often")
    try:
        membership = accept_invitation(kept, by=request.user)
    except Refused as refused:
        return refused
    request.session.pop(KEPT, None)
    messages.success(request, _("You have joined: %(organisation)s") % {"organisation": membership.organisation.name})
    return None
