"""What must be true before a tranche is paid: computed from the rows, in one set of words for staff and grantee."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import BankAccount
from core import clock
from core.identifiers import check_bic, check_iban
from core.templatetags.words import long_date
from grants.models import Application, Award, AwardPaper, Contract, DocumentRequirement, Hold, TaxCheck, Tranche
from grants.queries.tiers import tier_of
from grants.statuses import (
    AWARDS_IN_FORCE,
    ContractKind,
    RequirementStage,
    TrancheCondition,
    TrancheStatus,
)
from questionnaires.statuses import Tier

# A statement of the tax authority is good for ten days.
TAX_GOOD_FOR = timedelta(days=10)


@dataclass(frozen=True)
class Condition:
    """One condition: whether it holds, and where it does not, what is missing in words."""

    kind: TrancheCondition
    missing: str = ""

    @property
    def holds(self) -> bool:
        """Whether it is true now."""
        return not self.missing

    @property
    def label(self) -> Any:
        """Its name."""
        return self.kind.label


@dataclass
class _Facts:
    """What the conditions of some awards are computed from, by the award's key."""

    signed: set[int] = field(default_factory=set)
    papers: dict[int, list[str]] = field(default_factory=dict)
    accounts: dict[int, BankAccount] = field(default_factory=dict)
    taxes: dict[int, TaxCheck] = field(default_factory=dict)
    holds: dict[int, Hold] = field(default_factory=dict)
    reports: set[tuple[int, int]] = field(default_factory=set)


def conditions_of(tranches: Sequence[Tranche]) -> dict[int, list[Condition]]:
    """The conditions of each tranche by its key; nine queries however many they are."""
    facts = _facts({tranche.award_id for tranche in tranches})
    return {tranche.pk: _conditions(tranche, facts) for tranche in tranches}


def missing_of(tranche: Tranche) -> list[str]:
    """What keeps one tranche from being paid, in words; empty where nothing does."""
    found = conditions_of([tranche])[tranche.pk]
    return [f"{one.label}: {one.missing}" for one in found if not one.holds]


def reports_accepted(awards: Iterable[int]) -> set[tuple[int, int]]:
    """(award's key, number of the tranche) where the report that the tranche waits for is accepted.

    There are no reports yet, so every later tranche waits for its own.
    """
    return set()


def waits_for_earlier(tranche: Tranche) -> bool:
    """Tranches are paid in their order: whether an earlier one is neither paid nor cancelled."""
    done = [TrancheStatus.PAID, TrancheStatus.CANCELLED]
    earlier = Tranche.objects.filter(award=tranche.award_id, number__lt=tranche.number)
    return earlier.exclude(status__in=done).exists()


def _facts(keys: set[int]) -> _Facts:
    signed = Contract.objects.live().filter(
        award__in=keys, kind=ContractKind.CONTRACT, signed_at__isnull=False, award__status__in=AWARDS_IN_FORCE
    )
    awards = {award.pk: award for award in Award.objects.filter(pk__in=keys).select_related("application")}
    by_organisation = {
        account.organisation_id: account
        for account in BankAccount.objects.open().filter(
            organisation__in={award.application.organisation_id for award in awards.values()}
        )
    }
    checks = TaxCheck.objects.filter(award__in=keys).order_by("checked_on", "pk")
    return _Facts(
        signed=set(signed.values_list("award", flat=True)),
        papers=_papers(awards),
        accounts={
            pk: by_organisation[award.application.organisation_id]
            for pk, award in awards.items()
            if award.application.organisation_id in by_organisation
        },
        taxes={check.award_id: check for check in checks},
        holds={hold.award_id: hold for hold in Hold.objects.in_force().filter(award__in=keys)},
        reports=reports_accepted(keys),
    )


def _papers(awards: dict[int, Award]) -> dict[int, list[str]]:
    """The titles of required papers that are missing or not found in order, by award."""
    applications = Application.objects.with_rules().select_related("call").in_bulk(
        [award.application_id for award in awards.values()]
    )  # fmt: skip
    asked: dict[int, list[DocumentRequirement]] = {}
    calls = {application.call_id for application in applications.values()}
    for one in DocumentRequirement.objects.filter(call__in=calls, stage=RequirementStage.AWARD, is_required=True):
        asked.setdefault(one.call_id, []).append(one)
    good = set(
        AwardPaper.objects.live()
        .filter(award__in=awards, accepted_at__isnull=False)
        .values_list("award_id", "requirement_id")
    )
    found = {}
    for pk, award in awards.items():
        application = applications[award.application_id]
        wanted = asked.get(application.call_id, [])
        reached = Tier.values[: Tier.values.index(tier_of(application)) + 1] if wanted else []
        found[pk] = [str(r.title) for r in wanted if r.from_tier in reached and (pk, r.pk) not in good]
    return found


def _conditions(tranche: Tranche, facts: _Facts) -> list[Condition]:
    award = tranche.award_id
    unsigned = "" if award in facts.signed else _("the contract is not signed by both sides, or is over.")
    papers = "; ".join(facts.papers.get(award, []))
    unread = tranche.number > 1 and (award, tranche.number) not in facts.reports
    hold = facts.holds.get(award)
    kinds = TrancheCondition
    return [
        Condition(kinds.SIGNED, unsigned),
        Condition(kinds.PAPERS, _("not in order yet: %(papers)s") % {"papers": papers} if papers else ""),
        Condition(kinds.BANK, _account(facts.accounts.get(award))),
        Condition(kinds.TAX, _tax(facts.taxes.get(award))),
        Condition(kinds.REPORT, _("the report is not accepted yet.") if unread else ""),
        Condition(kinds.HOLD, f"{hold.get_kind_display()}. {hold.reason}" if hold else ""),
    ]


def _account(account: BankAccount | None) -> str:
    if account is None:
        return _("an owner gives the bank account.")
    if not (check_iban(account.iban).ok and check_bic(account.bic).ok):
        return _("the number of the account or its BIC is wrong: an owner gives another one.")
    if account.checked_at is None:
        return _("Almaty Creative compares the account with the bank's certificate.")
    return ""


def _tax(check: TaxCheck | None) -> str:
    if check is None:
        return _("Almaty Creative has no statement of the tax authority yet.")
    if not check.is_clear:
        return _("there was a debt on %(day)s. Pay it and bring a new statement.") % {
            "day": long_date(check.checked_on)
        }
    if clock.today() - check.checked_on > TAX_GOOD_FOR:
        return _("the statement of %(day)s is older than ten days.") % {"day": long_date(check.checked_on)}
    return ""
