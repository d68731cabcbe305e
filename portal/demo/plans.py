"""Budgets and milestones of the applications: what the money is for and when the work is done.

A budget's lines sum to the amount asked and to the own money, within the limits of the call's categories.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from core.money import allocate, from_minor, to_minor
from grants.models import BudgetLine, Milestone
from grants.queries.budget import Budget, budget_of, is_short_form
from grants.queries.tiers import tier_of
from portal.demo.invention import data
from portal.demo.season import Case, Season

BATCH = 2_000
ALWAYS = "services"  # a category without a limit: what the rounding leaves goes there
MIXES = (
    {"equipment": 55, "services": 25, "marketing": 20},
    {"equipment": 40, "wages": 25, "services": 20, "materials": 15},
    {"software": 30, "wages": 28, "services": 27, "marketing": 15},
    {"rent": 35, "materials": 25, "services": 25, "marketing": 15},
    {"equipment": 30, "materials": 20, "rent": 20, "services": 15, "wages": 15},
)
THOUSAND = Decimal(1_000)
SUPPLIERS = 40


def draw_plans(season: Season) -> None:
    """Budget lines and milestones of every case, in memory; an unfinished draft has some of them, or none."""
    rng = season.stream("plans")
    suppliers = [season.invent.bin() for _n in range(SUPPLIERS)]
    for case in season.cases:
        lines, milestones = _lines(rng, case, suppliers), _milestones(rng, case)
        if not case.is_complete:
            lines, milestones = lines[: rng.randrange(0, 3)], milestones[: rng.randrange(0, 2)]
        case.lines, case.milestones = lines, milestones
        made: list[Any] = [*lines, *milestones]
        for row in made:
            row.public_id = season.invent.public_id()


def _lines(rng: Random, case: Case, suppliers: list[str]) -> list[BudgetLine]:
    if case.asked is None or case.own is None:
        return []
    mix, items = rng.choice(MIXES), data("plans")["items"]
    parts = allocate(case.asked, [*mix.values()])
    in_thousands = {key: part // THOUSAND * THOUSAND for key, part in zip(mix, parts, strict=True)}
    in_thousands[ALWAYS] += case.asked - sum(in_thousands.values())
    payer = rng.choice(list(mix))
    categories = {category.key: category for category in case.opened.categories}
    made = []
    for position, (key, grant) in enumerate(in_thousands.items(), start=1):
        item, quantities = rng.choice(items[key])
        own = case.own if key == payer else from_minor(0)
        line = BudgetLine(position=position, category=categories[key], item=item[case.language], currency="KZT")
        line.grant_amount, line.own_amount, line.has_vat = grant, own, key not in ("wages", "rent")
        _price(rng, line, quantities)
        if grant + own > case.opened.call.supplier_over and categories[key].has_supplier:
            line.supplier_identifier = rng.choice(suppliers)
        made.append(line)
    return made


def _price(rng: Random, line: BudgetLine, quantities: list[int]) -> None:
    """A quantity by which the cost can be divided to the tiyn."""
    assert line.grant_amount is not None
    assert line.own_amount is not None
    cost = to_minor(line.grant_amount + line.own_amount)
    fitting = [quantity for quantity in quantities if cost % quantity == 0] or [1]
    quantity = rng.choice(fitting)
    line.quantity, line.unit_price = Decimal(quantity).quantize(Decimal("0.01")), from_minor(cost // quantity)


def _milestones(rng: Random, case: Case) -> list[Milestone]:
    """Three or four steps, a month or two apart, from a month after the call closes."""
    closes_on: date = case.opened.call.closes_at.date()
    steps: list[dict[str, Any]] = data("plans")["milestones"]
    due_on, made = closes_on + timedelta(days=45), []
    for position, step in enumerate(steps[: rng.choice([3, 3, 4])], start=1):
        due_on += timedelta(days=rng.choice([30, 45, 60]))
        texts = {name: step[name][case.language] for name in ("title", "proof")}
        made.append(Milestone(position=position, due_on=due_on, **texts))
    return made


def read_plan(case: Case) -> Budget:
    """The budget as `grants.queries.budget.read_budget` reads it from the rows."""
    return budget_of(case.row, case.opened.categories, case.lines, is_short=is_short_form(tier_of(case.row)))


def store_plans(season: Season) -> None:
    """The rows, once the applications have keys."""
    for case in season.cases:
        rows: list[Any] = [*case.lines, *case.milestones]
        for row in rows:
            row.application = case.row
    BudgetLine.objects.bulk_create([row for case in season.cases for row in case.lines], batch_size=BATCH)
    Milestone.objects.bulk_create([row for case in season.cases for row in case.milestones], batch_size=BATCH)
