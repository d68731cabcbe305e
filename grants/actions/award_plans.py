"""What an award pays for: the grantee writes the plan, an officer agrees or returns it; then the contract stands on it.

Where less was awarded than asked, budget and own money are proposed cut in proportion (formulas/award_plans.py).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.actions.letters import tell_owners
from grants.formulas.award_plans import recut, scaled
from grants.models import (
    Award,
    AwardIndicator,
    AwardLine,
    AwardMilestone,
    Contract,
    PlanLine,
    PlanMilestone,
    PlanVersion,
)
from grants.queries.award_plans import plan_faults
from grants.queries.budget import costed
from grants.statuses import AwardStatus


@transaction.atomic
def begin_plan(award: Award, *, by: Any) -> PlanVersion:
    """The plan that is being written; the first one is made from the application as a proposal. Twice is once.

    Part of accepting an award too. Raises NotAllowed for who does not write for the organisation, Refused for an award
    that is not accepted or is over, and where a plan is agreed already.
    """
    award = lock(award, "application__call")
    _refuse_others(award, by)
    there = award.plans.open().first()
    if there:
        return there
    if award.status != AwardStatus.OFFERED or award.accepted_at is None:
        raise Refused(_("The plan is written after the award is accepted. Reload the page."), code="wrong_state")
    if award.plans.agreed().exists():
        raise Refused(_("The plan is agreed already. Nothing was changed."), code="agreed")
    plan = PlanVersion.objects.create(award=award, number=award.plans.count() + 1, made_by=by)
    _propose_lines(plan, award)
    _propose_milestones(plan, award)
    indicators = [AwardIndicator(award=award, indicator=row) for row in award.application.call.indicators.all()]
    AwardIndicator.objects.bulk_create(indicators, ignore_conflicts=True)
    record("plan.begin", plan, by=by, data={"award": award.public_id, "lines": plan.lines.count()})
    return plan


def _propose_lines(plan: PlanVersion, award: Award) -> None:
    """The application's lines, cut in proportion to the award; one line for the whole where it has none."""
    rows = list(award.application.budget_lines.select_related("category"))
    parts = [costed(row).parts for row in rows]
    asked = sum((grant for grant, _own in parts), start=award.amount * 0)
    grants = recut(award.amount, [grant for grant, _own in parts]) if rows else [award.amount]
    owns = [scaled(own, award.amount, asked) for _grant, own in parts] or [_own_without_lines(award)]
    named = [(row.category, row.item, row.supplier_identifier) for row in rows] or [(None, award.application.title, "")]
    for n, (category, item, supplier) in enumerate(named):
        line = AwardLine.objects.create(award=award, category=category, position=n)
        PlanLine.objects.create(
            plan=plan, line=line, item=item, grant_amount=grants[n], own_amount=owns[n], currency=award.currency,
            supplier_identifier=supplier,
        )  # fmt: skip


def _own_without_lines(award: Award) -> Any:
    application = award.application
    asked = application.amount_requested or award.amount
    return scaled(application.own_amount or award.amount * 0, award.amount, asked)


def _propose_milestones(plan: PlanVersion, award: Award) -> None:
    for n, row in enumerate(award.application.milestones.all()):
        if row.due_on is None:
            continue
        step = AwardMilestone.objects.create(award=award, position=n)
        PlanMilestone.objects.create(plan=plan, milestone=step, title=row.title, due_on=row.due_on, proof=row.proof)


@transaction.atomic
def save_plan(
    plan: PlanVersion,
    *,
    lines: Sequence[Mapping[str, Any]],
    milestones: Sequence[Mapping[str, Any]],
    indicators: Mapping[str, Mapping[str, Any]],
    by: Any,
) -> PlanVersion:
    """Writes the whole plan as it stands on the page: rows that are not named go, rows without an `id` are new.

    `indicators`: by key, `baseline` and `promised`. Sums are judged when it is sent. Raises NotAllowed, Refused.
    """
    plan = _lock_open(plan, by)
    _save_lines(plan, lines)
    _save_milestones(plan, milestones)
    for row in plan.award.indicators.filter(frozen_at=None).select_related("indicator"):
        if typed := indicators.get(row.indicator.key):
            row.baseline, row.promised = typed["baseline"], typed["promised"]
            row.save(update_fields=["baseline", "promised"])
    record("plan.save", plan, by=by, data={"lines": len(lines), "milestones": len(milestones)})
    return plan


def _save_lines(plan: PlanVersion, lines: Sequence[Mapping[str, Any]]) -> None:
    there = {row.line.public_id: row for row in plan.lines.select_related("line")}
    named = {typed["id"] for typed in lines if typed["id"]}
    for key in set(there) - named:
        _forget(there[key], there[key].line)
    for position, typed in enumerate(lines):
        row = there.get(typed["id"])
        line = row.line if row else AwardLine(award=plan.award)
        line.category, line.position = typed["category"], position
        line.save()
        values = {name: typed[name] for name in ("item", "grant_amount", "own_amount", "supplier_identifier")}
        PlanLine.objects.update_or_create(plan=plan, line=line, defaults={**values, "currency": plan.award.currency})


def _save_milestones(plan: PlanVersion, milestones: Sequence[Mapping[str, Any]]) -> None:
    there = {row.milestone.public_id: row for row in plan.milestones.select_related("milestone")}
    named = {typed["id"] for typed in milestones if typed["id"]}
    for key in set(there) - named:
        _forget(there[key], there[key].milestone)
    for position, typed in enumerate(sorted(milestones, key=lambda row: row["due_on"])):
        row = there.get(typed["id"])
        step = row.milestone if row else AwardMilestone(award=plan.award)
        step.position = position
        step.save()
        values = {name: typed[name] for name in ("title", "due_on", "proof")}
        PlanMilestone.objects.update_or_create(plan=plan, milestone=step, defaults=values)


def _forget(part: Any, owner: Any) -> None:
    """A row of this version; what it belonged to goes too where no other version names it."""
    part.delete()
    if not owner.versions.exists():
        owner.delete()


@transaction.atomic
def send_plan(plan: PlanVersion, *, by: Any) -> PlanVersion:
    """An owner sends it to the officer. Twice is once. Raises NotAllowed for an editor, Refused with all faults."""
    plan = _locked(plan)
    if not policy.may_sign_award(by, plan.award):
        raise NotAllowed(_("Only an owner of the organisation sends the plan."), code="not_an_owner")
    if plan.sent_at and plan.agreed_at is None and plan.dropped_at is None:
        return plan
    _refuse_closed(plan)
    _refuse_faults(plan)
    plan.sent_at, plan.returned_kk, plan.returned_ru = clock.now(), "", ""
    plan.save(update_fields=["sent_at", "returned_kk", "returned_ru"])
    record("plan.send", plan, by=by, data={"award": plan.award.public_id})
    return plan


@transaction.atomic
def return_plan(plan: PlanVersion, *, words_kk: str, words_ru: str, by: Any) -> PlanVersion:
    """An officer says what to change; the grantee writes on. Raises NotAllowed, Refused without words in both."""
    plan = _lock_sent(plan, by)
    words_kk, words_ru = _both(words_kk, words_ru)
    plan.sent_at, plan.returned_kk, plan.returned_ru = None, words_kk, words_ru
    plan.save(update_fields=["sent_at", "returned_kk", "returned_ru"])
    record("plan.return", plan, by=by, data={"award": plan.award.public_id})
    told = {"words_kk": words_kk, "words_ru": words_ru}
    key = f"plan_returned:{plan.public_id}:{clock.now():%y%m%d%H%M%S}"
    tell_owners(plan.award.application, "plan_returned", key=key, context=lambda: told)
    return plan


@transaction.atomic
def agree_plan(plan: PlanVersion, *, by: Any) -> PlanVersion:
    """An officer agrees: the plan never changes any more, baseline and promise of the indicators are frozen with it.

    Raises NotAllowed, Refused where it was not sent or does not add up any more.
    """
    plan = _lock_sent(plan, by)
    _refuse_faults(plan)
    plan.agreed_at, plan.agreed_by = clock.now(), by
    plan.save(update_fields=["agreed_at", "agreed_by"])
    plan.award.indicators.filter(frozen_at=None).update(frozen_at=plan.agreed_at)
    record("plan.agree", plan, by=by, data={"award": plan.award.public_id, "number": plan.number})
    tell_owners(plan.award.application, "plan_agreed", key=f"plan_agreed:{plan.public_id}")
    return plan


@transaction.atomic
def reopen_plan(award: Award, *, words_kk: str, words_ru: str, by: Any) -> PlanVersion:
    """An officer found a mistake in an agreed plan before anything was signed: a new version of the same rows goes back
    to the grantee with words. Baseline and promise stay frozen. Raises NotAllowed, Refused while a contract stands.
    """
    award = lock(award, "application__call")
    _refuse_non_officers(by)
    agreed = award.plans.agreed().order_by("-number").first()
    if award.status != AwardStatus.OFFERED or agreed is None or award.plans.open().exists():
        raise Refused(_("There is no agreed plan to open again. Reload the page."), code="wrong_state")
    if Contract.objects.live().filter(award=award).exists():
        raise Refused(_("A contract stands on this plan. Make the contract void first."), code="contract")
    words_kk, words_ru = _both(words_kk, words_ru)
    number = award.plans.count() + 1
    plan = PlanVersion.objects.create(award=award, number=number, returned_kk=words_kk, returned_ru=words_ru)
    for rows in (agreed.lines.all(), agreed.milestones.all()):
        for row in rows:
            row.pk, row.plan, row._state.adding = None, plan, True
            row.save()
    record("plan.reopen", plan, by=by, data={"award": award.public_id, "from": agreed.number})
    told = {"words_kk": words_kk, "words_ru": words_ru}
    tell_owners(award.application, "plan_returned", key=f"plan_returned:{plan.public_id}", context=lambda: told)
    return plan


def _both(words_kk: str, words_ru: str) -> tuple[str, str]:
    if not words_kk.strip() or not words_ru.strip():
        raise Refused(_("Say what to change in Kazakh and in Russian. Nothing was changed."), code="no_words")
    return words_kk.strip(), words_ru.strip()


def _locked(plan: PlanVersion) -> PlanVersion:
    """The award first, as everything that moves it."""
    award = lock(plan.award, "application__call")
    plan = lock(plan)
    plan.award = award
    return plan


def _lock_open(plan: PlanVersion, by: Any) -> PlanVersion:
    plan = _locked(plan)
    _refuse_others(plan.award, by)
    _refuse_closed(plan)
    return plan


def _lock_sent(plan: PlanVersion, by: Any) -> PlanVersion:
    plan = _locked(plan)
    _refuse_non_officers(by)
    if plan.sent_at is None or plan.agreed_at or plan.dropped_at:
        raise Refused(_("This plan does not wait for an officer. Reload the page."), code="wrong_state")
    if plan.award.status != AwardStatus.OFFERED:
        raise Refused(_("This offer is over. Reload the page."), code="wrong_state")
    return plan


def _refuse_non_officers(by: Any) -> None:
    if not policy.may_agree_plan(by):
        raise NotAllowed(_("Only an officer agrees to plans and makes contracts."), code="not_an_officer")


def _refuse_others(award: Award, by: Any) -> None:
    if not policy.may_plan_award(by, award):
        raise NotAllowed(_("Only an owner or an editor of the organisation may change this."), code="not_allowed")


def _refuse_closed(plan: PlanVersion) -> None:
    if plan.award.status != AwardStatus.OFFERED:
        raise Refused(_("This offer is over. Reload the page."), code="wrong_state")
    if plan.sent_at or plan.agreed_at or plan.dropped_at:
        raise Refused(
            _("The plan is with the officer or agreed. What you typed was not written down."), code="wrong_state"
        )


def _refuse_faults(plan: PlanVersion) -> None:
    if faults := plan_faults(plan):
        raise Refused(_("The plan does not add up yet. Nothing was lost."), code="faults", items=faults)
