"""The way from the award to the first money as one list: what is to be done, who has the ball, until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grants.models import Award, Contract, Tranche
from grants.queries.award_papers import papers_of
from grants.queries.award_plans import plan_in_force
from grants.queries.contracts import open_account
from grants.statuses import TRANCHE_MARKS, AwardStatus, TrancheStatus


@dataclass(frozen=True)
class Step:
    """One step; `url` leads to its page where the grantee has one, `until` is its term."""

    key: str
    title: str
    label: str
    tone: str
    hint: str = ""
    url: str = ""
    until: datetime | None = None
    is_yours: bool = False
    is_done: bool = False
    shape: str = ""

    @property
    def ball(self) -> str:
        """Who has it."""
        if self.is_done:
            return pgettext("whose turn", "Nobody, it is finished")
        return pgettext("whose turn", "You") if self.is_yours else pgettext("whose turn", "Almaty Creative")

    @property
    def action(self) -> str:
        """The words of its button."""
        words = {
            "accept": _("Accept or refuse the grant"),
            "plan": _("Open the plan"),
            "bank": _("Give the bank details"),
            "papers": _("Upload the papers"),
            "sign": _("Read and sign the contract"),
        }
        return words.get(self.key, self.title)


@dataclass(frozen=True)
class Checklist:
    """All steps; `now` is the first one that is the grantee's, else the first that is open."""

    steps: list[Step]

    @property
    def now(self) -> Step | None:
        """What to do next."""
        waiting = [step for step in self.steps if not step.is_done]
        return next((step for step in waiting if step.is_yours), waiting[0] if waiting else None)


def checklist_of(award: Award) -> Checklist:
    """Eight queries, whatever the number of papers."""
    contract = Contract.objects.live().filter(award=award).first()
    return Checklist([_accept(award), *_preparing(award, contract), _sign(award, contract), _first_tranche(award)])


def _accept(award: Award) -> Step:
    title, url = _("Accept the grant"), reverse("grants:application_offer", args=[award.application.public_id])
    if award.accepted_at:
        return Step("accept", title, _("done"), "good", is_done=True)
    is_open = award.status == AwardStatus.OFFERED
    return Step(
        "accept", title, _("to do"), "wait", _("Say yes, and the plan is proposed from your application."), url,
        award.answer_due_at, is_yours=is_open,
    )  # fmt: skip


def _preparing(award: Award, contract: Contract | None) -> Iterator[Step]:
    is_accepted = award.accepted_at is not None
    for make in (_plan, _bank, _papers):
        yield make(award) if is_accepted else _later(make)
    if contract:
        yield Step("contract", _("Contract"), contract.number, "good", is_done=True, url=_contract_url(award))
    else:
        hint = _("Almaty Creative makes it once the plan, bank details and papers are there.")
        yield Step("contract", _("Contract"), _("not made yet"), "neutral", hint)


def _later(make: Any) -> Step:
    named = {_plan: _("Plan of the contract"), _bank: _("Bank details"), _papers: _("Papers")}
    return Step(make.__name__.strip("_"), named[make], _("later"), "neutral")


def _plan(award: Award) -> Step:
    title, url = _("Plan of the contract"), reverse("grants:award_plan", args=[award.public_id])
    version = award.plans.open().first()
    if version is None:
        if plan_in_force(award):
            return Step("plan", title, _("agreed"), "good", url=url, is_done=True)
        return Step("plan", title, _("to do"), "wait", _("Budget and milestones as the contract will hold."), url,
                    is_yours=True)  # fmt: skip
    if version.sent_at:
        return Step("plan", title, _("with the officer"), "info", _("An officer reads it."), url)
    if version.returned_kk:
        hint = _("The officer asks you to change something.")
        return Step("plan", title, _("returned"), "bad", hint, url, is_yours=True, shape="back")
    hint = _("Look through what is proposed, change it where needed, and send it.")
    return Step("plan", title, _("to do"), "wait", hint, url, is_yours=True)


def _bank(award: Award) -> Step:
    title = _("Bank details")
    url = reverse("accounts:bank_account", args=[award.application.organisation.public_id])
    account = open_account(award)
    if account is None:
        hint = _("The account of the applicant itself, in a bank of Kazakhstan.")
        return Step("bank", title, _("to do"), "wait", hint, url, is_yours=True)
    label = _("checked") if account.checked_at else _("given, finance checks them")
    return Step("bank", title, label, "good", url=url, is_done=True)


def _papers(award: Award) -> Step:
    title, url = _("Papers"), reverse("grants:award_papers", args=[award.public_id])
    rows = papers_of(award)
    if not rows:
        return Step("papers", title, _("none are asked for"), "good", is_done=True)
    count = sum(row.is_yours for row in rows)
    if count:
        hint = _("Still to upload: %(count)s.") % {"count": count}
        return Step("papers", title, _("to do"), "wait", hint, url, is_yours=True)
    if any(row.is_open for row in rows):
        return Step("papers", title, _("with the officer"), "info", _("An officer looks through them."), url)
    return Step("papers", title, _("in order"), "good", url=url, is_done=True)


def _contract_url(award: Award) -> str:
    return reverse("grants:award_contract", args=[award.public_id])


def _sign(award: Award, contract: Contract | None) -> Step:
    title = _("Signatures")
    if contract is None:
        return Step("sign", title, _("later"), "neutral")
    if contract.signed_at:
        return Step("sign", title, _("signed by both"), "good", url=_contract_url(award), is_done=True)
    if contract.grantee_signed_at is None:
        hint = _("Without your signature in time the offer lapses, and the money goes to the reserve list.")
        return Step("sign", title, _("to do"), "wait", hint, _contract_url(award), contract.sign_due_at, is_yours=True)
    return Step("sign", title, _("signed by you"), "info", _("Almaty Creative signs next."), _contract_url(award))


def _first_tranche(award: Award) -> Step:
    title = _("First tranche")
    tranche = Tranche.objects.filter(award=award, number=1).exclude(status=TrancheStatus.CANCELLED).first()
    if tranche is None:
        return Step("tranche", title, _("later"), "neutral")
    tone, shape = TRANCHE_MARKS[TrancheStatus(tranche.status)]
    is_paid = tranche.status == TrancheStatus.PAID
    hint = "" if is_paid else _("Paid when all its conditions hold.")
    return Step("tranche", title, str(tranche.get_status_display()), tone, hint, is_done=is_paid, shape=shape)
