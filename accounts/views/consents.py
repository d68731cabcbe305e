"""What I agreed to, and withdrawing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions.consents import withdraw_consent
from accounts.models import Consent
from accounts.queries.consents import WITHDRAWABLE, last_words, may_show
from core.refusals import Refused


@require_safe
def consent_list(request: HttpRequest) -> HttpResponse:
    """The last word of each consent, given or withdrawn; a photo consent has its button."""
    consents = last_words(request.user)
    shown = may_show({row.about for row in consents if row.text.kind in WITHDRAWABLE})
    context = {"consents": consents, "withdrawable": WITHDRAWABLE, "shown": shown}
    return render(request, "accounts/consent_list.html", context)


@require_POST
def consent_withdraw(request: HttpRequest) -> HttpResponse:
    """Ends one; the page then says what follows."""
    key = request.POST.get("consent", "")
    mine = Consent.objects.filter(user=request.user.pk).select_related("text")
    consent = get_object_or_404(mine, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
    try:
        withdraw_consent(consent, by=request.user)
        messages.success(request, _("The consent was withdrawn. Photos and stories of this project are not shown."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("accounts:consent_list")
