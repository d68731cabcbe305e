"""The frozen rules of a call: compiled from the editor's rows into plain JSON, and read back for the ranking."""

import hashlib
from collections.abc import Mapping
from typing import Any

from core.text import LANGUAGES
from grants.formulas.ranking_run import FORMULAS
from grants.formulas.severity import COVERAGE
from grants.models import Call, CallRules
from grants.queries.tiers import tiers_of
from grants.statuses import RanksBy

SEED_RULE = "the first 16 hexadecimal digits of SHA-256 over «<SHA-256 of these rules>:<what for>:<which run>»"
PLACES = ("score, highest first", "mean of the named criterion, highest first", "moment of sending", "number")


def compile_rules(call: Call) -> dict[str, Any]:
    """What is asked, how it is scored and ranked, what breaks a tie, how many experts read, what seeds a draw."""
    return {
        "limits": {
            "smallest": call.min_amount,
            "largest": call.max_amount,
            "currency": call.currency,
            "own_share_percent": call.own_share_percent,
        },
        "criteria": [
            {"key": c.key, "weight": c.weight, "title": _texts(c, "title"), "levels": c.levels}
            for c in call.criteria.all()
        ],
        "documents": [
            {
                "key": d.key,
                "is_required": d.is_required,
                "stage": d.stage,
                "from_tier": d.from_tier,
                "valid_days": d.valid_days,
                "title": _texts(d, "title"),
            }
            for d in call.requirements.all()
        ],
        "questions": call.questionnaire_version.sha256 if call.questionnaire_version else "",
        "score": "weighted mean: sum of score / 5 x weight, mean of reviews",
        "tie_breaks": [_tie_break(call), "submitted_at"],
        "pass_mark": call.pass_mark,
        "reviews_needed": call.reviews_needed,
        "opens_at": call.opens_at,
        "closes_at": call.closes_at,
        **_compile_terms(call),
        **_compile_judging(call),
    }


def _compile_terms(call: Call) -> dict[str, Any]:
    """What a call asks beside its questions: tiers, budget, plan, statements."""
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


def _compile_judging(call: Call) -> dict[str, Any]:
    """How experts are chosen, what ranks, how the money is drawn and paid, how one appeals."""
    floors = call.sector_floors.select_related("sector").order_by("sector__code")
    return {
        "formulas": {**FORMULAS, "interval": f"{COVERAGE:.2f}", "places": list(PLACES)},
        "ranks_by": call.ranks_by,
        "adjusted_from": call.adjusted_from,
        "experts": {
            "load_min": call.load_min,
            "load_max": call.load_max,
            "extra_review_over": call.extra_review_over,
            "is_blind": call.is_blind,
            "review_working_days": call.review_working_days,
            "seed": SEED_RULE,
        },
        "line": {
            "allows_partial": call.allows_partial,
            "partial_percent": call.partial_percent,
            "held_back_percent": call.held_back_percent,
            "floors": [
                {"sector": f.sector.code, "title": _texts(f.sector, "name"), "amount": f.amount} for f in floors
            ],
        },
        "commission": {"observers_needed": call.observers_needed},
        "offer": {"working_days": call.offer_working_days},
        "contract": {"sign_working_days": call.sign_working_days},
        "tranches": [{"up_to": row.up_to, "percents": row.percents} for row in call.tranche_schemes.all()],
        "indicators": [
            {"key": row.key, "unit": row.unit, "title": _texts(row, "title")} for row in call.indicators.all()
        ],
        "appeal": {
            "working_days": call.appeal_working_days,
            "answer_working_days": call.appeal_answer_working_days,
        },
    }


def _texts(row: Any, name: str) -> dict[str, str]:
    return {language: getattr(row, f"{name}_{language}") for language in LANGUAGES}


def _tie_break(call: Call) -> str:
    """The criterion that breaks a tie: economic effect where the call scores it, else the heaviest one."""
    weights = {c.key: c.weight for c in call.criteria.all()}
    return "effect" if "effect" in weights else max(weights, key=lambda key: weights[key])


def newest_rules(call: Call) -> CallRules:
    """The rules that hold for every application of the call: a later version never changes how the sent ones are
    judged (grants.actions.rules refuses it), so the last one holds for all. One query."""
    return call.rules_versions.latest("number")


def ranking_terms(content: Mapping[str, Any]) -> dict[str, Any]:
    """The part of frozen rules that a ranking is made from; rules older than a term had none of it."""
    line = content.get("line", {})
    return {
        "weights": {row["key"]: row["weight"] for row in content["criteria"]},
        "tie_break": content["tie_breaks"][0],
        "pass_mark": content["pass_mark"],
        "ranks_by": content.get("ranks_by", RanksBy.RAW.value),
        "adjusted_from": content.get("adjusted_from", Call._meta.get_field("adjusted_from").default),
        "partial_percent": line.get("partial_percent") if line.get("allows_partial") else None,
        "floors": {row["sector"]: row["amount"] for row in line.get("floors", [])},
    }


def seed_for(rules: CallRules, what: str, run: int = 1) -> int:
    """The seed of a draw by the rule that the rules state: nobody chooses it, everybody can make it again."""
    return int(hashlib.sha256(f"{rules.sha256}:{what}:{run}".encode()).hexdigest()[:16], 16)
