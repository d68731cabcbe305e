"""Publishing, cancelling and archiving a call."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.canonical import plain, sha256_of
from core.refusals import Refused
from core.workflow import apply_move, lock
from grants.actions.call_terms import compile_terms, refuse_wrong_terms
from grants.models import Call, CallRules
from grants.queries.burden import call_flaws, question_flaws
from grants.workflow import CALL
from questionnaires.actions.publish import publish_questionnaire, refuse_flaws


@transaction.atomic
def publish_call(call: Call, *, by: Any) -> Call:
    """Pins the questions, freezes the rules with their SHA-256, publishes.

    Raises Refused, with the list of all faults, where weights do not sum to 100, a text is missing, closing lies in
    the past, a question is wrong or asks for a known fact, a size tier is asked for more than it may be (burden), or
    where what it asks (tiers, budget, plan) cannot be answered.
    """
    call = lock(call)
    _refuse_incomplete(call)
    version = publish_questionnaire(call.questionnaire, by=by)
    Call.objects.filter(pk=call.pk).update(questionnaire_version=version)
    call.refresh_from_db()
    content = plain(compile_rules(call))
    rules = CallRules.objects.create(call=call, number=1, content=content, sha256=sha256_of(content))
    return apply_move(
        CALL, call, "publish", by=by, data={"rules": rules.sha256}, published_at=clock.now(), published_by=by
    )


@transaction.atomic
def cancel_call(call: Call, *, reason: str, by: Any) -> Call:
    """Cancels with a reason that the call page shows."""
    if not reason.strip():
        raise Refused(_("Give the reason: the call page shows it to everybody."), code="no_reason")
    return apply_move(CALL, call, "cancel", by=by, cancelled_reason=reason.strip())


@transaction.atomic
def archive_call(call: Call, *, by: Any) -> Call:
    """Puts a decided call among past ones."""
    return apply_move(CALL, call, "archive", by=by)


def _refuse_incomplete(call: Call) -> None:
    refuse_wrong_terms(call)
    refuse_flaws([*call_flaws(call), *question_flaws(call)])


def compile_rules(call: Call) -> dict[str, Any]:
    """The frozen rules: what is asked, how it is scored, what breaks a tie, how many experts read."""
    return {
        "limits": {
            "smallest": call.min_amount,
            "largest": call.max_amount,
            "own_share_percent": call.own_share_percent,
        },
        "criteria": [
            {
                "key": c.key,
                "weight": c.weight,
                "title": {"kk": c.title_kk, "ru": c.title_ru, "en": c.title_en},
                "levels": c.levels,
            }
            for c in call.criteria.all()
        ],
        "documents": [
            {
                "key": d.key,
                "is_required": d.is_required,
                "stage": d.stage,
                "from_tier": d.from_tier,
                "valid_days": d.valid_days,
                "title": {"kk": d.title_kk, "ru": d.title_ru, "en": d.title_en},
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
        **compile_terms(call),
    }


def _tie_break(call: Call) -> str:
    """The criterion that breaks a tie: economic effect where the call scores it, else the heaviest one."""
    weights = {c.key: c.weight for c in call.criteria.all()}
    return "effect" if "effect" in weights else max(weights, key=lambda key: weights[key])
