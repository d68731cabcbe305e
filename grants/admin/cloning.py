"""The page that makes a call once more, for a new year."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.form_page import form_page
from grants import policy
from grants.actions.cloning import clone_call
from grants.forms.cloning import CloneForm
from grants.models import Call


def clone_page(request, model_admin, pk):
    """Asks for the year and the days; leads to the new draft."""
    if not policy.may_edit_calls(request.user):
        raise PermissionDenied
    calls = Call.objects.visible_to(request.user).select_related("programme_year__programme", "questionnaire")
    call = get_object_or_404(calls, pk=pk)
    return form_page(
        request, model_admin, CloneForm(request.POST or None, call=call),
        title=_("The same call for a new year"), button=_("Make the draft"),
        back=reverse("admin:grants_call_change", args=[0]).replace("/0/", "/{result.pk}/"),
        facts=[
            (_("call"), call.title),
            (_("copied"), _("texts, limits, criteria, documents, size tiers, budget categories, statements, sectors")),
            (_("copied as well"), _("money kept for sectors, the commission, the terms of judging and of appeals")),
            (_("not copied"), _("orders, applications, frozen rules, decisions")),
        ],
        act=lambda typed: clone_call(call, by=request.user, **typed),
        done=_("The draft is made. Look through the texts and days, then propose to publish it."),
    )  # fmt: skip
