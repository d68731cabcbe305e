"""Budget lines and milestones as a correction keeps them: plain rows that can be put back as they were sent."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from grants.models import Application, BudgetCategory, BudgetLine, Milestone
from grants.queries.budget import Budget, Row, costed
from grants.queries.plan import milestone_words

PLAN, BUDGET = "plan", "budget"
CARD_FIELDS = (PLAN, BUDGET)
NO_TITLE = "—"


def card_fields(call: Any) -> list[str]:
    """The fields that a correction may name beside facts, questions and documents."""
    return [*([PLAN] if call.asks_milestones else []), *([BUDGET] if call.asks_budget else [])]


def kept_cards(application: Application, name: str) -> list[dict[str, Any]]:
    """The present cards of one field, as JSON keeps them."""
    if name == PLAN:
        return [plain_milestone(milestone) for milestone in application.milestones.all()]
    return [plain_line(line) for line in application.budget_lines.select_related("category")]


def kept_of(milestones: list[Milestone] | None, budget: Budget | None) -> dict[str, Any]:
    """As `kept_cards`, of rows that were read already."""
    kept: dict[str, Any] = {}
    if milestones is not None:
        kept[PLAN] = [plain_milestone(milestone) for milestone in milestones]
    if budget:
        kept[BUDGET] = [plain_line(row.line) for row in budget.rows]
    return kept


def plain_milestone(row: Milestone) -> dict[str, Any]:
    """One milestone."""
    due_on = row.due_on.isoformat() if row.due_on else None
    return {"id": row.public_id, "title": row.title, "due_on": due_on, "proof": row.proof}


def plain_line(row: BudgetLine) -> dict[str, Any]:
    """One budget line; its category by key."""
    amounts = ("quantity", "unit_price", "grant_amount", "own_amount")
    return {
        "id": row.public_id,
        "category": row.category.key if row.category else None,
        "item": row.item,
        **{name: None if getattr(row, name) is None else str(getattr(row, name)) for name in amounts},
        "has_vat": row.has_vat,
        "supplier_identifier": row.supplier_identifier,
    }


def milestone_from(kept: dict[str, Any], application: Application, position: int) -> Milestone:
    """The row that `plain_milestone` was made from."""
    due_on = date.fromisoformat(kept["due_on"]) if kept["due_on"] else None
    facts = {"title": kept["title"], "proof": kept["proof"], "due_on": due_on}
    return Milestone(application=application, public_id=kept["id"], position=position, **facts)


def line_from(
    kept: dict[str, Any], application: Application, position: int, categories: dict[str, BudgetCategory]
) -> BudgetLine:
    """The row that `plain_line` was made from."""
    amounts = ("quantity", "unit_price", "grant_amount", "own_amount")
    return BudgetLine(
        application=application,
        public_id=kept["id"],
        position=position,
        category=categories.get(kept["category"] or ""),
        item=kept["item"],
        **{name: None if kept[name] is None else Decimal(kept[name]) for name in amounts},
        has_vat=kept["has_vat"],
        supplier_identifier=kept["supplier_identifier"],
        currency=application.currency,
    )


def cards_words(name: str, kept: list[dict[str, Any]], titles: Callable[[str], str]) -> str:
    """Kept cards in words, one after the other, for «before» and «after» of a correction; asks the database nothing.

    `titles` gives the title of a category by its key.
    """
    application = Application()
    if name == PLAN:
        milestones = [milestone_from(one, application, 0) for one in kept]
        return "; ".join(f"{m.title or NO_TITLE} · {milestone_words(m)}" for m in milestones)
    said = []
    for place, one in enumerate(kept, start=1):
        line = line_from(one, application, place, {})
        row = Row(place, line, costed(line))
        said.append(" · ".join([row.title, *([titles(one["category"])] if one["category"] else []), row.words]))
    return "; ".join(said)
