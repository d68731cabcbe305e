"""A winner accepts the grant, or refuses it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.refusals import NotAllowed, Refused
from grants import policy
from grants.actions.offers import accept_award, refuse_award
from grants.views.applications import application_or_404, refused_status


def application_offer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept by one press; refusing is asked once more by a tick."""
    application = application_or_404(request, public_id)
    if not policy.may_answer_offer(request.user, application):
        raise NotAllowed(_("Only an owner of the organisation accepts or refuses an award."), code="not_an_owner")
    award = application.awards.order_by("-pk").first()
    if award is None:
        raise Http404
    refused, verb = None, request.POST.get("verb")
    if request.method == "POST" and (verb == "accept" or (verb == "refuse" and request.POST.get("sure"))):
        try:
            (accept_award if verb == "accept" else refuse_award)(award, by=request.user)
        except Refused as error:
            refused = error
        else:
            done = _("You have accepted the grant.") if verb == "accept" else _("You have refused the grant.")
            messages.success(request, done)
            accepted = verb == "accept"
            return redirect(
                *(("grants:award_detail", award.public_id) if accepted else ("grants:application_detail", public_id))
            )
    unsure = request.method == "POST" and verb == "refuse" and not request.POST.get("sure")
    context = {"application": application, "award": award, "refused": refused, "unsure": unsure}
    return render(request, "grants/application_offer.html", context, status=refused_status(refused) if refused else 200)
