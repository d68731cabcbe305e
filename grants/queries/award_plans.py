"""The plan of an award as people read it: its lines with sums, what is wrong with it in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from core.templatetags.words import money
from grants.formulas import amounts
from grants.formulas.budget import Costed, shares
from grants.models import Award, PlanLine, PlanMilestone, PlanVersion


@dataclass(frozen=True)
class Plan:
    """One version with its rows and sums."""

    version: PlanVersion
    lines: list[PlanLine]
    milestones: list[PlanMilestone]
    grant: Decimal
    own: Decimal


def read_plan(version: PlanVersion) -> Plan:
    """Two queries."""
    lines = list(version.lines.select_related("line__category"))
    return Plan(
        version,
        lines,
        list(version.milestones.select_related("milestone")),
        sum((row.grant_amount for row in lines), Decimal(0)),
        sum((row.own_amount for row in lines), Decimal(0)),
    )


def plan_in_force(award: Award) -> PlanVersion | None:
    """The newest agreed version."""
    return award.plans.agreed().order_by("-number").first()


def plan_faults(version: PlanVersion) -> list[str]:
    """Everything that keeps a plan from being agreed, as sentences. Five queries."""
    plan, award = read_plan(version), version.award
    return [*_of_sums(plan, award), *_of_lines(plan, award), *_of_milestones(plan, award)]


def _of_sums(plan: Plan, award: Award) -> Iterable[str]:
    if plan.grant != award.amount:
        yield _("The lines take %(sum)s of the grant, the award is %(award)s. Make them equal.") % {
            "sum": money(plan.grant, award.currency),
            "award": money(award.amount, award.currency),
        }
    call = award.application.call
    limits = amounts.Limits(call.min_amount, call.max_amount, call.own_share_percent)
    if not amounts.own_share_is_enough(award.amount, plan.own, limits):
        yield _("Own money is %(own)s; the call asks for at least %(needed)s.") % {
            "own": money(plan.own, award.currency),
            "needed": money(amounts.own_needed(award.amount, call.own_share_percent), award.currency),
        }


def _of_lines(plan: Plan, award: Award) -> Iterable[str]:
    categories = list(award.application.call.budget_categories.all())
    for n, row in enumerate(plan.lines, start=1):
        if not row.item.strip():
            yield _("Line %(number)s: say what is paid for.") % {"number": n}
        if categories and row.line.category is None:
            yield _("Line %(number)s: choose the category.") % {"number": n}
    lines = [_as_costed(row) for row in plan.lines]
    limits = [(category.key, category.max_percent) for category in categories]
    titles = {category.key: category.title for category in categories}
    for share in shares(lines, limits, asked=award.amount):
        if share.is_over:
            words = _(
                "%(category)s: %(percent)s %% of the grant, at most %(limit)s %% fit. Move money to other categories."
            )
            values = {"category": titles[share.category], "percent": share.percent, "limit": share.max_percent}
            yield words % values


def _as_costed(row: Any) -> Costed:
    category = row.line.category.key if row.line.category else ""
    return Costed(category=category, grant=row.grant_amount, own=row.own_amount)


def _of_milestones(plan: Plan, award: Award) -> Iterable[str]:
    if award.application.call.asks_milestones and not plan.milestones:
        yield _("Add at least one milestone.")
    for n, row in enumerate(plan.milestones, start=1):
        if row.due_on < clock.today():
            yield _("Milestone %(number)s lies in the past. Set a later day.") % {"number": n}
