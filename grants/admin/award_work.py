"""An award on its way to the contract: plan, papers, contract, signatures, each a button or a page with a form."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.form_page import form_page
from core.refusals import NotAllowed, Refused
from core.templatetags.words import money
from grants import policy
from grants.actions.award_papers import accept_paper, return_paper
from grants.actions.award_plans import agree_plan, reopen_plan, return_plan
from grants.actions.contracts import make_contract, void_contract
from grants.actions.signing import sign_by_scan
from grants.forms.awards import ScanForm, VoidForm, WordsForm
from grants.models import Award, AwardPaper, Contract, PlanVersion
from grants.queries.award_papers import papers_of
from grants.queries.award_plans import plan_faults, plan_in_force, read_plan
from grants.queries.award_steps import checklist_of
from grants.queries.contracts import contract_lacks
from grants.statuses import AwardStatus, ContractSide


def work_of(award, user):
    """What the page of an award shows of its way to the contract, for those who follow contracts."""
    if not policy.may_see_contracts(user):
        return {}
    version = award.plans.open().select_related("award__application__call").first() or plan_in_force(award)
    contracts = list(award.contracts.select_related("document", "signatory", "voided_by").order_by("-pk"))
    contract = next((row for row in contracts if row.voided_at is None), None)
    is_offered = award.status == AwardStatus.OFFERED
    return {
        "checklist": checklist_of(award),
        "version": version,
        "plan": read_plan(version) if version else None,
        "faults": plan_faults(version) if version and version.sent_at and not version.agreed_at else [],
        "indicators": list(award.indicators.select_related("indicator")),
        "papers": papers_of(award),
        "contract": contract,
        "contracts": contracts,
        "lacks": contract_lacks(award) if is_offered and contract is None else [],
        "may_agree": is_offered and policy.may_agree_plan(user),
        "may_sign": is_offered and policy.may_sign_for_centre(user),
    }


def urls_of(model_admin):
    """Buttons and pages, hooked in by AwardAdmin."""
    inside = model_admin.admin_site.admin_view
    pages = AwardPages(model_admin)
    return [
        path("<int:pk>/agree-plan/", inside(require_POST(pages.agree)), name="grants_award_agree_plan"),
        path("<int:pk>/return-plan/", inside(pages.return_plan), name="grants_award_return_plan"),
        path("<int:pk>/reopen-plan/", inside(pages.reopen_plan), name="grants_award_reopen_plan"),
        path("<int:pk>/make-contract/", inside(require_POST(pages.make)), name="grants_award_make_contract"),
        path("<int:pk>/void-contract/", inside(pages.void), name="grants_award_void_contract"),
        path("<int:pk>/sign/<slug:side>/", inside(pages.sign), name="grants_award_sign"),
        path("papers/<int:pk>/accept/", inside(require_POST(pages.accept_paper)), name="grants_award_accept_paper"),
        path("papers/<int:pk>/return/", inside(pages.return_paper), name="grants_award_return_paper"),
    ]


class AwardPages:
    """The doorway of staff to one award; each method calls one action."""

    def __init__(self, model_admin):
        self.model_admin = model_admin

    def _award(self, request, pk):
        if not policy.may_see_contracts(request.user):
            raise NotAllowed(_("Only staff who prepare contracts see this page."), code="not_allowed")
        rows = Award.objects.visible_to(request.user).select_related("application__organisation", "application__call")
        return get_object_or_404(rows, pk=pk)

    def _back(self, award):
        return reverse("admin:grants_award_change", args=[award.pk])

    def _press(self, request, award, action, row, done):
        """One button; a refusal is said with everything that is lacking."""
        try:
            action(row, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            for sentence in (refusal.sentence, *refusal.items):
                messages.error(request, str(sentence))
        else:
            messages.success(request, done)
        return redirect(self._back(award))

    def _page(self, request, award, form, *, may, **how):
        """A page with a form, for whom `may` lets act."""
        if not may(request.user):
            raise NotAllowed(_("You do not have the right to do this."), code="not_allowed")
        facts = [
            (_("Number"), award.application.number),
            (_("Project"), award.application.title),
            (_("Amount"), money(award.amount, award.currency)),
        ]
        return form_page(request, self.model_admin, form, back=self._back(award), facts=facts, **how)

    def _open_plan(self, award):
        return get_object_or_404(PlanVersion.objects.open().select_related("award"), award=award)

    def agree(self, request, pk):
        """The plan that was sent."""
        award = self._award(request, pk)
        return self._press(request, award, agree_plan, self._open_plan(award), _("The plan is agreed."))

    def return_plan(self, request, pk):
        """Back to the grantee with words."""
        award = self._award(request, pk)
        plan = self._open_plan(award)
        return self._page(
            request,
            award,
            WordsForm(request.POST or None),
            may=policy.may_agree_plan,
            title=_("Return the plan"),
            button=_("Return"),
            act=lambda typed: return_plan(plan, **typed, by=request.user),
            done=_("The plan is with the grantee."),
        )

    def reopen_plan(self, request, pk):
        """An agreed plan with a mistake."""
        award = self._award(request, pk)
        return self._page(
            request,
            award,
            WordsForm(request.POST or None),
            may=policy.may_agree_plan,
            title=_("Open the agreed plan again"),
            button=_("Open again"),
            act=lambda typed: reopen_plan(award, **typed, by=request.user),
            done=_("The plan is with the grantee."),
        )

    def make(self, request, pk):
        """The contract, from what stands now."""
        award = self._award(request, pk)
        done = _("The contract is made. The grantee has got a letter.")
        return self._press(request, award, make_contract, award, done)

    def _contract(self, award):
        return get_object_or_404(Contract.objects.live().select_related("award"), award=award)

    def void(self, request, pk):
        """A contract with a mistake."""
        award = self._award(request, pk)
        contract = self._contract(award)
        return self._page(
            request,
            award,
            VoidForm(request.POST or None),
            may=policy.may_agree_plan,
            title=_("Make the contract void"),
            button=_("Make void"),
            act=lambda typed: void_contract(contract, **typed, by=request.user),
            done=_("The contract is void."),
        )

    def sign(self, request, pk, side):
        """A scan of what one side has signed on paper."""
        award = self._award(request, pk)
        if side not in ContractSide.values:
            raise Http404
        contract = self._contract(award)
        form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
        title = _("Signed on paper: %(side)s") % {"side": ContractSide(side).label}
        return self._page(
            request,
            award,
            form,
            may=policy.may_sign_for_centre,
            title=title,
            button=_("Enter the signature"),
            act=lambda typed: sign_by_scan(contract, side, typed["scan"], by=request.user),
            done=_("The signature is noted."),
        )

    def _paper(self, request, pk):
        papers = AwardPaper.objects.live().visible_to(request.user).select_related("award", "requirement")
        paper = get_object_or_404(papers, pk=pk)
        return self._award(request, paper.award_id), paper

    def accept_paper(self, request, pk):
        """It is in order."""
        award, paper = self._paper(request, pk)
        return self._press(request, award, accept_paper, paper, _("The paper is in order."))

    def return_paper(self, request, pk):
        """Another one is needed."""
        award, paper = self._paper(request, pk)
        title = _("Return the paper: %(title)s") % {"title": paper.requirement.title}
        return self._page(
            request,
            award,
            WordsForm(request.POST or None),
            may=policy.may_agree_plan,
            title=title,
            button=_("Return"),
            act=lambda typed: return_paper(paper, **typed, by=request.user),
            done=_("The grantee was told."),
        )
