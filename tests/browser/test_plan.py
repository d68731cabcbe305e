"""The budget's script against the server's formulas, and the pages of cards on a phone."""

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from playwright.sync_api import Browser, Page

from core.money import from_minor, to_minor
from core.public_id import make_public_id
from grants.forms.plan import QuantityInput, amount_input
from grants.formulas.budget import Costed, shares, totals
from grants.models import BudgetLine
from tests import factories
from tests.browser.steps import PHONE, Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCRIPT = (Path(__file__).resolve().parents[2] / "static" / "js" / "budget.js").read_text(encoding="utf-8")
BUDGETS = 300
LIMITS = [("equipment", 70), ("wages", 30), ("rent", None), ("none", 1)]
ODD = ["", " ", "0", "-0", "00", "007,5", "1,5", "1.50", "1.505", "1,,5", ",5", "5.", "-1", "+1", "1e3", "NaN", "１"]
ODD += ["٣", "999999999999,99", "1000000000000", "000999999999999", "99999999,99", "100000000", "12 345 ₸", "1'000"]
ODD += ["1\t0", "0x1"]

# One run for all budgets: BigInt goes home as text.
RUN = """(budgets) => {
  const said = (value) => (typeof value === "bigint" ? String(value) : value === undefined ? "wrong" : value);
  return JSON.parse(JSON.stringify(budgets.map(({lines, limits, asked, vat}) => {
    const read = lines.map((l) => ({category: l.category, vat: l.vat, quantity: budgetRules.quantity(l.quantity),
      price: budgetRules.amount(l.price), grant: budgetRules.amount(l.grant), own: budgetRules.amount(l.own)}));
    const made = read.map(budgetRules.line);
    return {read, made, totals: budgetRules.totals(made, vat),
      shares: budgetRules.shares(made, limits, asked === null ? null : BigInt(asked))};
  }), (key, value) => said(value)));
}"""


def typed(rng: random.Random, most: int) -> str:
    """An amount as somebody types it, right or wrong."""
    kind = rng.random()
    if kind < 0.25:
        return rng.choice(ODD)
    value = rng.randrange(10 ** rng.randrange(1, most + 2))
    text = f"{value // 100:,}".replace(",", rng.choice(["", " ", "\u00a0", "\u202f"]))
    return text if kind < 0.6 else f"{text}{rng.choice(',.')}{value % 100:02d}"


def budget(rng: random.Random) -> dict[str, Any]:
    line = lambda: {  # noqa: E731
        "category": rng.choice(["", *(key for key, _most in LIMITS)]),
        "quantity": typed(rng, 9),
        "price": typed(rng, 13),
        "grant": typed(rng, 13),
        "own": typed(rng, 13),
        "vat": rng.random() < 0.5,
    }
    asked = rng.choice([None, str(rng.randrange(1, 10**15))])
    lines = [line() for _n in range(rng.randrange(0, 7))]
    return {"lines": lines, "limits": LIMITS, "asked": asked, "vat": rng.choice([0, 12, 16])}


def understood(field: forms.Field, text: str) -> Decimal | str | None:
    try:
        return field.clean(text)
    except forms.ValidationError:
        return "wrong"


def as_tiyn(value: Any) -> Any:
    return value if value in (None, "wrong") else str(to_minor(value))


def by_the_server(one: dict[str, Any]) -> dict[str, Any]:
    """What the forms and the formulas make of the same typed texts, in the words of the script."""
    quantity, amount = QuantityInput(required=False), amount_input()
    read, lines = [], []
    for line in one["lines"]:
        found = {name: understood(amount, line[name]) for name in ("price", "grant", "own")}
        found["quantity"] = understood(quantity, line["quantity"])
        read.append({"category": line["category"], "vat": line["vat"]} | {k: as_tiyn(v) for k, v in found.items()})
        known = {k: None if v == "wrong" else v for k, v in found.items()}
        lines.append(Costed(line["category"], has_vat=line["vat"], **known))
    sums = totals(lines, vat_percent=one["vat"])
    asked = None if one["asked"] is None else from_minor(int(one["asked"]))
    return {
        "read": read,
        "made": [
            {
                "category": line.category,
                "priced": line.is_priced,
                "cost": as_tiyn(line.cost),
                "grant": as_tiyn(line.parts[0]),
                "own": as_tiyn(line.parts[1]),
                "vat": line.has_vat,
                "meets": line.parts_meet,
            }
            for line in lines
        ],
        "totals": {name: as_tiyn(getattr(sums, name)) for name in ("cost", "grant", "own", "vat")},
        "shares": [
            {
                "key": s.category,
                "grant": as_tiyn(s.grant),
                "most": s.max_percent,
                "over": s.is_over,
                "percent": str(s.percent),
            }
            for s in shares(lines, LIMITS, asked=asked)
        ],
    }


def test_the_script_counts_as_the_server_does(page: Page):
    rng = random.Random(20261122)
    budgets = [budget(rng) for _n in range(BUDGETS)]
    page.set_content("<p>")
    page.add_script_tag(content=SCRIPT)

    counted = page.evaluate(RUN, budgets)

    different = [(one, c, s) for one, c in zip(budgets, counted, strict=True) if c != (s := by_the_server(one))]
    assert different[:1] == []
    assert sum(line["meets"] for one in counted for line in one["made"]) > 100
    assert sum(share["over"] for one in counted for share in one["shares"]) > 100


@pytest.fixture
def person():
    return factories.make_user("dana@example.test", language="kk")


def enter(browser: Browser, live_server, person, **how: Any) -> Walk:
    context = browser.new_context(**{"viewport": PHONE, **how})
    walk = Walk(context.new_page(), live_server.url, scripts=how.get("java_script_enabled", True))
    walk.open("/kk/account/login/?next=/kk/applications/")
    walk.fill(login=person.email, password="correct horse battery")
    walk.press("main form button[type=submit]")
    return walk


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_plan_and_budget_are_whole_on_a_phone_and_on_a_desktop(browser: Browser, live_server, person, theme: str):
    call = factories.make_planned_call()
    draft = factories.make_draft(person, call, amount=4_000_000)
    walk = enter(browser, live_server, person, color_scheme=theme)

    for language in ("kk", "ru", "en"):
        for name in ("plan", "budget"):
            walk.open(f"/{language}/applications/{draft.public_id}/edit/{name}/")
    walk.open(f"/kk/applications/{draft.public_id}/check/")
    walk.page.set_viewport_size({"width": 1280, "height": 900})
    for name in ("plan", "budget"):
        walk.open(f"/ru/applications/{draft.public_id}/edit/{name}/")

    walk.page.context.close()
    assert walk.faults == []


def test_sums_and_limits_follow_what_is_typed(browser: Browser, live_server, person):
    call = factories.make_planned_call()
    draft = factories.make_draft(person, call, amount=4_000_000)
    walk = enter(browser, live_server, person)
    walk.open(f"/ru/applications/{draft.public_id}/edit/budget/")
    page = walk.page
    first = page.locator("[data-save]").first

    first.locator("[data-card-input=category]").select_option("equipment")
    first.locator("[data-card-input=quantity]").fill("3")
    first.locator("[data-card-input=unit_price]").fill("1 000 000")
    first.locator("[data-card-input=own_amount]").fill("")
    first.locator("[data-card-input=grant_amount]").fill("2 900 000")

    said = page.locator("[data-share=equipment]").inner_text()
    rest = first.locator("[data-card-input=own_amount]").get_attribute("placeholder")
    total = page.locator("[data-total=grant]").inner_text()
    is_over = page.locator("[data-share=equipment] [data-share-over]").is_visible()
    page.context.close()
    assert "73 %" in said
    assert (rest, total, is_over) == ("= 100\u00a0000\u00a0₸", "4\u00a0900\u00a0000\u00a0₸", True)


def test_a_card_is_added_in_the_browser_and_saved_by_the_button(browser: Browser, live_server, person):
    call = factories.make_planned_call()
    draft = factories.make_draft(person, call)
    walk = enter(browser, live_server, person)
    walk.open(f"/kk/applications/{draft.public_id}/edit/budget/")

    walk.page.locator("button[value=add]").click()
    cards = walk.page.locator("[data-save]")
    added, before = cards.nth(2), cards.count()
    added.locator("[data-card-input=item]").fill("Микрофон")
    added.locator("[data-card-input=grant_amount]").fill("10 000")
    walk.press("form[data-cards] .actions .btn-primary")

    line = BudgetLine.objects.get(item="Микрофон")
    walk.page.context.close()
    assert (before, line.application, line.grant_amount) == (3, draft, Decimal(10_000))
    assert len(line.public_id) == len(make_public_id())
    assert walk.faults == []


def test_without_javascript_a_line_is_added_and_the_sums_stand_after_the_save(browser: Browser, live_server, person):
    call = factories.make_planned_call()
    draft = factories.make_draft(person, call)
    walk = enter(browser, live_server, person, java_script_enabled=False)
    walk.open(f"/kk/applications/{draft.public_id}/edit/budget/")

    walk.press("button[value=add]")
    added = draft.budget_lines.last()
    walk.page.fill(f"[name=line_{added.public_id}-grant_amount]", "10 000")
    walk.press("button[value=add]")

    total = walk.page.inner_text("[data-total=grant]")
    walk.page.context.close()
    assert (draft.budget_lines.count(), total) == (4, "2\u00a0010\u00a0000\u00a0₸")
    assert walk.faults == []
