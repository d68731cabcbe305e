"""What a contract still lacks, and which template and signatory would be on it."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import BankAccount
from core import clock
from grants.models import Award, ContractTemplate, Signatory
from grants.queries.award_papers import papers_of
from grants.queries.award_plans import plan_in_force
from grants.statuses import AwardStatus, ContractKind


def template_in_use(kind: str = ContractKind.CONTRACT) -> ContractTemplate | None:
    """The newest published one."""
    published = ContractTemplate.objects.filter(kind=kind, published_at__isnull=False)
    return published.order_by("-published_at", "-pk").first()


def signatory_today() -> Signatory | None:
    """Who signs for the centre today: of several the one who came last."""
    return Signatory.objects.holding(clock.today()).order_by("-since", "-pk").first()


def open_account(award: Award) -> BankAccount | None:
    """Where the grantee wants the money."""
    return BankAccount.objects.open().filter(organisation=award.application.organisation_id).first()


def contract_lacks(award: Award) -> list[str]:
    """What keeps a contract from being made, as sentences; first what the grantee owes. Seven queries."""
    found: list[Any] = []
    if award.status != AwardStatus.OFFERED or award.accepted_at is None:
        found.append(_("The award is not accepted, or is over."))
    if award.plans.open().exists() or plan_in_force(award) is None:
        found.append(_("The plan is not agreed yet."))
    if open_account(award) is None:
        found.append(_("The grantee has not given bank details."))
    titles = ", ".join(str(row.requirement.title) for row in papers_of(award) if row.is_open)
    if titles:
        found.append(_("Papers that are not in order yet: %(list)s.") % {"list": titles})
    if template_in_use() is None:
        found.append(_("There is no published template of a contract."))
    if signatory_today() is None:
        found.append(_("Nobody signs for Almaty Creative today: add a signatory."))
    return found
