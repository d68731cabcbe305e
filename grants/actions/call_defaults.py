"""The usual rows of a grant call, by one press: criteria, documents, tiers, budget, statements, money, indicators."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.formulas.tranches import USUAL
from grants.models import (
    BudgetCategory,
    Call,
    Criterion,
    DocumentRequirement,
    EligibilityStatement,
    Indicator,
    SizeTier,
    TrancheScheme,
)
from grants.statuses import CallStatus

FILE = Path(__file__).resolve().parent.parent / "data" / "grant_programme.json"


@cache
def usual() -> dict[str, Any]:
    """What the file holds: criteria that sum to 100 with a text for each score, documents, and where it comes from."""
    return json.loads(FILE.read_text(encoding="utf-8"))


@transaction.atomic
def fill_with_usual(call: Call, *, by: Any) -> Call:
    """Adds each usual list where the call has none of that kind, and asks for budget and milestones.

    Raises Refused for a published call (its rules are frozen) and where every list is already begun.
    """
    if not policy.may_edit_calls(by):
        raise NotAllowed(_("Only an officer or an administrator prepares calls."), code="not_allowed")
    call = lock(call)
    if call.status != CallStatus.DRAFT:
        raise Refused(_("This call is published, its rules are frozen."), code="wrong_state")
    made = {name: rows(call) for name, rows in LISTS.items() if not getattr(call, name).exists()}
    if not made:
        raise Refused(_("The call already has its lists. Nothing was changed."), code="not_empty")
    for rows in made.values():
        type(rows[0]).objects.bulk_create(rows)
    if "budget_categories" in made:
        call.asks_budget = call.asks_milestones = True
        call.save(update_fields=["asks_budget", "asks_milestones"])
    record("call.fill", call, by=by, data={name: len(rows) for name, rows in made.items()})
    return call


def _localized(name: str, row: dict[str, Any]) -> dict[str, str]:
    return {f"{name}_{language}": text for language, text in row[name].items()}


def _criteria(call: Call) -> list[Any]:
    return [
        Criterion(call=call, position=n, key=c["key"], weight=c["weight"], levels=c["levels"], **_localized("title", c))
        for n, c in enumerate(usual()["criteria"], start=1)
    ]


def _requirements(call: Call) -> list[Any]:
    same = ("key", "is_required", "stage", "from_tier", "valid_days")
    return [
        DocumentRequirement(call=call, position=n, **{k: d[k] for k in same}, **_localized("title", d))
        for n, d in enumerate(usual()["documents"], start=1)
    ]


def _tiers(call: Call) -> list[Any]:
    return [SizeTier(call=call, currency=call.currency, **tier) for tier in usual()["tiers"]]


def _budget_categories(call: Call) -> list[Any]:
    return [
        BudgetCategory(
            call=call,
            position=n,
            key=c["key"],
            max_percent=c["max_percent"],
            has_supplier=c.get("has_supplier", True),
            **_localized("title", c),
        )
        for n, c in enumerate(usual()["budget_categories"], start=1)
    ]


def _statements(call: Call) -> list[Any]:
    return [
        EligibilityStatement(call=call, position=n, key=s["key"], **_localized("text", s), **_localized("otherwise", s))
        for n, s in enumerate(usual()["statements"], start=1)
    ]


def _tranche_schemes(call: Call) -> list[Any]:
    """The same that pay where a call has none."""
    return [
        TrancheScheme(call=call, up_to=up_to, currency=call.currency, shares="/".join(map(str, shares)))
        for up_to, shares in USUAL
    ]


def _indicators(call: Call) -> list[Any]:
    return [
        Indicator(call=call, position=n, key=row["key"], unit=row["unit"], **_localized("title", row))
        for n, row in enumerate(usual()["indicators"], start=1)
    ]


# What `call.<name>` holds, and how its usual rows are made.
LISTS: dict[str, Callable[[Call], list[Any]]] = {
    "criteria": _criteria,
    "requirements": _requirements,
    "tiers": _tiers,
    "budget_categories": _budget_categories,
    "statements": _statements,
    "tranche_schemes": _tranche_schemes,
    "indicators": _indicators,
}
