"""The budget of an application as people read it: lines with sums, limits, and what is wrong in words.

The smallest tier (S) of a call that has tiers asks for the short form: category, item, grant part, own part; quantity
and price may be left out and no supplier is named, because a small grant is settled by receipts and not by prices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.money import round_money
from core.templatetags.words import money, number
from grants.formulas.budget import Costed, Share, Totals, shares, totals
from grants.models import Application, BudgetCategory, BudgetLine, Call
from grants.queries.tiers import tier_of
from questionnaires.statuses import Tier


@dataclass(frozen=True)
class Fault:
    """Something to fill in or to mend in one card (`name` is its input) or in the whole budget (no name)."""

    sentence: str
    name: str = ""
    is_of_sums: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a budget: its place, the row, its amounts, its faults."""

    number: int
    line: BudgetLine
    costed: Costed
    faults: tuple[Fault, ...] = ()

    @property
    def title(self) -> str:
        """What is paid for, or the line's number."""
        return self.line.item or _("Line %(number)s") % {"number": self.number}

    @property
    def told(self) -> str:
        """The whole line in a sentence, for who has to choose between two versions of it."""
        return f"{self.title} · {self.words}"

    @property
    def price_words(self) -> str:
        """«2 × 300 000 ₸»."""
        if not self.costed.is_priced:
            return "—"
        return f"{number(plain(self.line.quantity))} × {money(self.line.unit_price, self.line.currency)}"

    @property
    def warning(self) -> str:
        """What the sums or the size of the line ask to mend, as static/js/budget.js says it; empty inputs are not."""
        return next((fault.sentence for fault in self.faults if fault.is_of_sums), "")

    @property
    def words(self) -> str:
        """The amounts in a sentence: «2 × 300 000 ₸ = 600 000 ₸ · from the grant 500 000 ₸ · own money 100 000 ₸»."""
        grant, own = self.costed.parts
        currency = self.line.currency
        said = [str(self.line.category.title)] if self.line.category else []
        if self.costed.is_priced:
            said.append(f"{self.price_words} = {money(self.costed.cost, currency)}")
        said.append(_("from the grant: %(amount)s") % {"amount": money(grant, currency)})
        said.append(_("own money: %(amount)s") % {"amount": money(own, currency)})
        return " · ".join(said)


@dataclass(frozen=True)
class CategoryShare:
    """A category with what it takes of the grant and, where it is limited, how close it is to its limit."""

    category: BudgetCategory
    share: Share

    @property
    def words(self) -> str:
        """«62 % of 70 %», or the share alone; the braces are those of static/js/budget.js: both say the same."""
        said = _("{percent} % of {limit} %") if self.share.max_percent else _("{percent} %")
        return said.format(percent=self.share.percent, limit=self.share.max_percent)

    @property
    def bar(self) -> int:
        """The length of its bar, percent."""
        return min(self.share.percent, 100)


@dataclass(frozen=True)
class Budget:
    """Everything about a budget; `faults` are those of the whole, each row has its own."""

    rows: list[Row]
    categories: list[BudgetCategory]
    shares: list[CategoryShare]
    totals: Totals
    is_short: bool
    vat_percent: int
    currency: str
    grant_apart: str = ""  # the grant's part is not what the application asks for
    own_apart: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def shares_words(self) -> str:
        """Categories with something in them: «Equipment 62 % of 70 %; Rent 38 %», those above their limit marked."""
        mark = f" ({_('above the limit')})"
        said = (f"{row.category.title} {row.words}{mark * row.share.is_over}" for row in self.shares if row.share.grant)
        return "; ".join(said)


def costed(line: BudgetLine, key: str = "") -> Costed:
    """The amounts of a row, as the formulas take them."""
    return Costed(key, line.quantity, line.unit_price, line.has_vat, line.grant_amount, line.own_amount)


def plain(value: Decimal | None) -> Decimal | None:
    """«2», not «2.00»."""
    return value.quantize(Decimal(1)) if value is not None and value == value.to_integral_value() else value


def is_short_form(tier: Tier) -> bool:
    """Whether the short form of the budget is asked for; in a call without tiers nobody stands in the smallest."""
    return tier == Tier.S


def read_budget(application: Application, tier: Tier | None = None) -> Budget:
    """Two queries, whatever the number of lines (one more where the tiers are not loaded)."""
    is_short = is_short_form(tier or tier_of(application))
    categories, lines = list(application.call.budget_categories.all()), list(application.budget_lines.all())
    return budget_of(application, categories, lines, is_short=is_short)


def read_used_budget(application: Application) -> Budget:
    """To read, to judge and to freeze it: without the categories that no line names. One query."""
    lines = list(application.budget_lines.select_related("category"))
    used = {line.category.pk: line.category for line in lines if line.category}
    categories = sorted(used.values(), key=lambda category: (category.position, category.pk))
    return budget_of(application, categories, lines, is_short=is_short_form(tier_of(application)))


def budget_of(
    application: Application, categories: list[BudgetCategory], lines: Iterable[BudgetLine], *, is_short: bool
) -> Budget:
    """The budget of these rows; asks the database nothing."""
    by_pk = {category.pk: category for category in categories}
    rows = []
    for place, line in enumerate(lines, start=1):
        line.category = by_pk.get(line.category_id or 0)
        amounts = costed(line, line.category.key if line.category else "")
        rows.append(Row(place, line, amounts, tuple(_line_faults(application.call, line, amounts, is_short))))
    amounts_of = [row.costed for row in rows]
    limits = [(category.key, category.max_percent) for category in categories]
    read = shares(amounts_of, limits, asked=application.amount_requested)
    together = [CategoryShare(category, share) for category, share in zip(categories, read, strict=True)]
    sums = totals(amounts_of, vat_percent=application.call.vat_percent)
    apart = (_grant_apart(application, sums), _own_apart(application, sums)) if rows else ("", "")
    wrong = [*apart, *(_over(row) for row in together if row.share.is_over)]
    wrong = [sentence for sentence in wrong if sentence] if rows else [_("Add at least one line to the budget.")]
    faults = tuple(Fault(sentence) for sentence in wrong)
    rate, currency = application.call.vat_percent, application.currency
    return Budget(rows, categories, together, sums, is_short, rate, currency, *apart, faults)


def _line_faults(call: Call, line: BudgetLine, amounts: Costed, is_short: bool) -> Iterable[Fault]:
    if line.category is None:
        yield Fault(_("choose the category"), "category")
    if not line.item:
        yield Fault(_("say what is paid for"), "item")
    if line.quantity is None and (not is_short or line.unit_price is not None):
        yield Fault(_("enter the quantity"), "quantity")
    if line.unit_price is None and (not is_short or line.quantity is not None):
        yield Fault(_("enter the price"), "unit_price")
    if line.grant_amount is None and line.own_amount is None:
        yield Fault(_("enter how much comes from the grant"), "grant_amount")
    elif amounts.cost == 0:
        yield Fault(_("the line costs nothing"), "grant_amount")
    elif amounts.is_priced and not amounts.parts_meet:
        yield Fault(parts_apart(amounts, line.currency), "grant_amount", is_of_sums=True)
    if not line.supplier_identifier and asks_supplier(call, line.category, amounts, is_short):
        yield Fault(_("enter the supplier's BIN or IIN"), "supplier_identifier", is_of_sums=True)


def asks_supplier(call: Call, category: BudgetCategory | None, amounts: Costed, is_short: bool) -> bool:
    """Whether a line is so large that its supplier is named; wages have none."""
    is_bought = category is None or category.has_supplier
    return is_bought and not is_short and amounts.cost is not None and amounts.cost > call.supplier_over


def parts_apart(amounts: Costed, currency: str) -> str:
    """The sentence for two parts that do not sum to the cost."""
    return _("the line costs %(cost)s, but the grant part and the own part sum to %(sum)s") % {
        "cost": money(amounts.cost, currency),
        "sum": money(sum(amounts.parts), currency),
    }


def _grant_apart(application: Application, sums: Totals) -> str:
    """The sentence for a grant part that is not what the application asks for; nothing where it is."""
    asked, currency = application.amount_requested, application.currency
    if asked is None or sums.grant == asked:
        return ""
    said = _("The lines ask the grant for {sum}, the application asks for {goal}. Make them equal.")
    return said.format(sum=money(sums.grant, currency), goal=money(asked, currency))


def _own_apart(application: Application, sums: Totals) -> str:
    """The sentence for an own part that is not what the application promises; nothing where it is."""
    own, currency = application.own_amount, application.currency
    if own is None or sums.own == own:
        return ""
    said = _("Own money in the lines is {sum}, in the application {goal}. Make them equal.")
    return said.format(sum=money(sums.own, currency), goal=money(own, currency))


def _over(row: CategoryShare) -> str:
    """The sentence for a category above its limit."""
    return _("%(category)s: %(percent)s %% of the grant, at most %(limit)s %% fit. Move money to other categories.") % {
        "category": row.category.title,
        "percent": row.share.percent,
        "limit": row.share.max_percent,
    }


def budget_faults(budget: Budget) -> Iterable[tuple[str, str]]:
    """(field, sentence): what each line lacks with its number, then what is wrong with the whole."""
    for row in budget.rows:
        for fault in row.faults:
            words = _("Budget line %(number)s: %(fault)s.") % {"number": row.number, "fault": fault.sentence}
            yield f"line_{row.line.public_id}-{fault.name}", words
    for fault in budget.faults:
        yield "budget", fault.sentence


def plain_budget(budget: Budget) -> dict[str, Any]:
    """As a snapshot freezes it, with the rate of VAT and each part in figures, also where it was left empty."""
    return {
        "vat_percent": budget.vat_percent,
        "lines": [
            {
                "id": row.line.public_id,
                "category": row.costed.category,
                "item": row.line.item,
                "quantity": _figure(row.line.quantity),
                "unit_price": _figure(row.line.unit_price),
                "has_vat": row.line.has_vat,
                "cost": _figure(row.costed.cost),
                "grant": _figure(row.costed.parts[0]),
                "own": _figure(row.costed.parts[1]),
                "supplier": row.line.supplier_identifier,
            }
            for row in budget.rows
        ],
    }


def _figure(value: Decimal | None) -> Decimal | None:
    """With two decimals, always: the same budget has the same hash, read from the database or just typed."""
    return None if value is None else round_money(value)
