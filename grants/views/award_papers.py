"""Papers that only winners owe: uploaded here, taken from the vault, read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.refusals import Refused
from documents.models import VaultEntry
from documents.serve import serve
from grants import policy
from grants.actions.award_papers import add_paper, use_paper_from_vault
from grants.forms.awards import PaperForm
from grants.models import Award, AwardPaper, DocumentRequirement
from grants.queries.award_papers import asked_of_winner, papers_of
from grants.views.applications import refused_status
from grants.views.awards import award_or_404


def award_papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Each paper with where it stands; one file at a time is sent for one of them."""
    award = award_or_404(request, public_id)
    refused, wrong = None, None
    if request.method == "POST":
        asked = get_object_or_404(asked_of_winner(award), key=request.POST.get("requirement", ""))
        form = PaperForm(request.POST, request.FILES, photos_name=str(asked.title))
        try:
            if _taken(request, award, asked, form):
                messages.success(request, _("The paper is with the officer: %(title)s.") % {"title": asked.title})
                return redirect("grants:award_papers", public_id)
            wrong = (asked.key, form)
        except Refused as error:
            refused = error
    context = {
        "award": award,
        "application": award.application,
        "papers": papers_of(award),
        "vault": _vault(award),
        "refused": refused,
        "wrong": wrong,
        "form": PaperForm(),
        "may_write": policy.may_plan_award(request.user, award),
    }
    return render(request, "grants/award_papers.html", context, status=refused_status(refused) if refused else 200)


def _taken(request: HttpRequest, award: Award, asked: DocumentRequirement, form: PaperForm) -> bool:
    """Whether a paper was hung: one of the vault, or the file of the form."""
    if entry_id := request.POST.get("entry"):
        entries = VaultEntry.objects.visible_to(request.user).filter(organisation=award.application.organisation_id)
        use_paper_from_vault(award, asked, get_object_or_404(entries, public_id=entry_id), by=request.user)
        return True
    if not form.is_valid():
        return False
    add_paper(award, asked, form.cleaned_data["upload"], by=request.user)
    return True


def _vault(award: Award) -> dict[str, list[VaultEntry]]:
    """Papers of the organisation that are still valid, by what they answer."""
    found: dict[str, list[VaultEntry]] = {}
    rows = VaultEntry.objects.still_valid().filter(organisation=award.application.organisation_id)
    for entry in rows.select_related("document"):
        found.setdefault(entry.kind, []).append(entry)
    return found


@require_safe
def award_paper_file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file of a paper, for those who may see the award's papers."""
    papers = AwardPaper.objects.visible_to(request.user).select_related("document")
    return serve(get_object_or_404(papers, public_id=public_id).document)
