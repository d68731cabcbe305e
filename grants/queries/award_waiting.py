"""Awards on their way to the contract where staff have the ball, and what they wait for."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import BankAccount
from grants.models import Award, AwardPaper, Contract, DocumentRequirement, PlanVersion
from grants.statuses import AwardStatus, RequirementStage
from questionnaires.statuses import Tier


def waiting_for_staff() -> QuerySet[Award]:
    """Accepted awards with `plan_waits`, `paper_waits`, `contract_waits` (to make), `signature_waits` (the centre's),
    at least one of which is true; those that wait longest first.
    """
    of_this: dict[str, Any] = {"award": OuterRef("pk")}
    plans, contracts = PlanVersion.objects.filter(**of_this), Contract.objects.live().filter(**of_this)
    papers = AwardPaper.objects.live().filter(**of_this)
    # Papers that every size is asked for; what larger sizes owe besides is said on the award's own page.
    asked = DocumentRequirement.objects.filter(
        call=OuterRef("application__call"), stage=RequirementStage.AWARD, is_required=True, from_tier=Tier.S
    )
    there = AwardPaper.objects.live().filter(award=OuterRef(OuterRef("pk")), requirement=OuterRef("pk"))
    account = BankAccount.objects.open().filter(organisation=OuterRef("application__organisation"))
    rows = Award.objects.accepted().filter(status=AwardStatus.OFFERED)
    rows = rows.annotate(
        plan_waits=Exists(plans.open().filter(sent_at__isnull=False)),
        paper_waits=Exists(papers.filter(accepted_at=None, returned_kk="")),
        signature_waits=Exists(contracts.filter(grantee_signed_at__isnull=False, centre_signed_at=None)),
        contract_waits=Exists(plans.agreed())
        & ~Exists(plans.open())
        & ~Exists(contracts)
        & Exists(account)
        & ~Exists(papers.filter(accepted_at=None))
        & ~Exists(asked.filter(~Exists(there))),
    )
    waits = Q(plan_waits=True) | Q(paper_waits=True) | Q(contract_waits=True) | Q(signature_waits=True)
    return rows.filter(waits).select_related("application__organisation").order_by("accepted_at", "pk")


def waits_for(award: Any) -> str:
    """In a word, the first of what it waits for."""
    if award.plan_waits:
        return _("Plan to read")
    if award.paper_waits:
        return _("Papers to read")
    return _("Contract to make") if award.contract_waits else _("Contract to sign")
