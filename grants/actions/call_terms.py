"""What a call asks beside its questions: tiers, budget, plan, statements. Refused while wrong, then frozen."""

from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.refusals import Refused
from core.templatetags.words import money
from core.text import LANGUAGES
from grants.models import Call
from grants.queries.tiers import tiers_of
from questionnaires.statuses import Tier


def refuse_wrong_terms(call: Call) -> None:
    """Raises Refused where what the call asks cannot be answered: said before the rules are frozen."""
    _refuse_wrong_tiers(call)
    if call.asks_budget:
        _refuse_wrong_categories(call)
    if call.asks_milestones and not 0 < call.milestones_max >= call.milestones_min:
        raise Refused(
            _("The call asks for at least %(least)s milestones and takes at most %(most)s. Set them in order.")
            % {"least": call.milestones_min, "most": call.milestones_max},
            code="milestones",
        )


def _refuse_wrong_tiers(call: Call) -> None:
    """From the small tier to the large one each bound is higher, and the last one holds the largest amount."""
    tiers = tiers_of(call)
    codes = [Tier.values.index(tier.code) for tier in tiers]
    bounds = [tier.up_to for tier in tiers]
    is_rising = all(a is not None and (b is None or a < b) for a, b in pairwise(bounds))
    if codes != sorted(codes) or not is_rising:
        raise Refused(
            _("The size tiers are out of order: each must go up to more than the one before it."),
            code="tiers",
        )
    if bounds and bounds[-1] is not None and call.max_amount > bounds[-1]:
        raise Refused(
            _("The last size tier goes up to %(bound)s, the call gives up to %(largest)s. Leave its bound empty.")
            % {"bound": money(bounds[-1], call.currency), "largest": money(call.max_amount, call.currency)},
            code="tiers_too_low",
        )


def _refuse_wrong_categories(call: Call) -> None:
    limits = list(call.budget_categories.values_list("max_percent", flat=True))
    if not limits:
        raise Refused(
            _("The call asks for a budget and has no categories for it. Add them, or fill with the usual ones."),
            code="no_categories",
        )
    together = sum(100 if limit is None else limit for limit in limits)
    if together < 100:
        raise Refused(
            _("The limits of the budget categories sum to %(sum)s percent: no budget could be filled. Raise one.")
            % {"sum": together},
            code="categories_too_low",
        )


def compile_terms(call: Call) -> dict[str, Any]:
    """Their part of the frozen rules."""
    return {
        "tiers": [{"code": tier.code, "up_to": tier.up_to} for tier in tiers_of(call)],
        "budget": {
            "is_asked": call.asks_budget,
            "vat_percent": call.vat_percent,
            "supplier_over": call.supplier_over,
            "categories": [
                {
                    "key": c.key,
                    "max_percent": c.max_percent,
                    "has_supplier": c.has_supplier,
                    "title": _texts(c, "title"),
                }
                for c in call.budget_categories.all()
            ],
        },
        "milestones": {
            "are_asked": call.asks_milestones,
            "fewest": call.milestones_min,
            "most": call.milestones_max,
        },
        "statements": [
            {"key": s.key, "text": _texts(s, "text"), "otherwise": _texts(s, "otherwise")}
            for s in call.statements.all()
        ],
    }


def _texts(row: Any, name: str) -> dict[str, str]:
    return {language: getattr(row, f"{name}_{language}") for language in LANGUAGES}
