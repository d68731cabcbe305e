"""Freezing a ranking, and keeping what-ifs."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.models import Call, RankingRun, WhatIf
from grants.queries.ranking import rank_call
from grants.statuses import CallStatus

MOST_WHAT_IFS = 12  # as many as one table still shows side by side


@transaction.atomic
def freeze_ranking(call: Call, *, by: Any) -> RankingRun:
    """Keeps the ranking as it stands, with the hashes of its rules, its inputs and its result.

    The same inputs as in the last run give that run back: a new one would say nothing new. Raises NotAllowed for who
    does not prepare the commission's papers; Refused for a call that is still a draft and where nothing is ranked.
    """
    if not policy.may_freeze_ranking(by):
        raise NotAllowed(_("Only an officer or the secretary freezes a ranking."), code="not_allowed")
    call = lock(call)
    if call.status == CallStatus.DRAFT:
        raise Refused(_("This call is still a draft: it has no applications and no rules yet."), code="wrong_state")
    ranking = rank_call(call, with_severity=True)
    if not ranking.rows:
        raise Refused(_("No application has reached the experts yet: there is nothing to freeze."), code="empty")
    last = call.ranking_runs.order_by("-number").first()
    if last and last.inputs_sha256 == ranking.inputs_sha256 and last.sha256 == ranking.sha256:
        return last
    run = RankingRun.objects.create(
        call=call,
        rules=ranking.rules,
        number=last.number + 1 if last else 1,
        inputs=ranking.inputs,
        inputs_sha256=ranking.inputs_sha256,
        content=ranking.content,
        sha256=ranking.sha256,
        made_by=by,
    )
    hashes = {"rules": ranking.rules.sha256, "inputs": run.inputs_sha256, "ranking": run.sha256}
    record("ranking.freeze", run, by=by, data={"call": call.public_id, "run": run.number, **hashes})
    return run


@transaction.atomic
def save_what_if(
    call: Call,
    *,
    name: str,
    money: Decimal,
    pass_mark: int,
    partial_percent: int | None = None,
    floors: Mapping[str, Decimal] | None = None,
    by: Any,
) -> WhatIf:
    """Keeps another budget, mark, part or floors under a name; the same name again takes the place of the old one.

    Raises NotAllowed for who does not prepare the commission's papers; Refused without a name, and where a dozen are
    kept already.
    """
    if not policy.may_freeze_ranking(by):
        raise NotAllowed(_("Only an officer or the secretary keeps what-ifs."), code="not_allowed")
    call, name = lock(call), name.strip()
    if not name:
        raise Refused(_("Give it a name, so that it can be told from the others."), code="no_name")
    if call.what_ifs.exclude(name=name).count() >= MOST_WHAT_IFS:
        raise Refused(_("Twelve what-ifs are kept already. Remove one first."), code="too_many")
    kept = {sector: str(amount) for sector, amount in sorted((floors or {}).items())}
    terms = {"money": money, "pass_mark": pass_mark, "partial_percent": partial_percent, "floors": kept}
    what_if, _new = WhatIf.objects.update_or_create(
        call=call, name=name, defaults={**terms, "currency": call.programme_year.currency, "made_by": by}
    )
    record("what_if.save", what_if, by=by, data={"call": call.public_id, **terms})
    return what_if


@transaction.atomic
def remove_what_if(what_if: WhatIf, *, by: Any) -> None:
    """Takes a what-if away; the trail keeps what it asked."""
    if not policy.may_freeze_ranking(by):
        raise NotAllowed(_("Only an officer or the secretary keeps what-ifs."), code="not_allowed")
    what_if = lock(what_if)
    record("what_if.remove", what_if, by=by, data={"call": what_if.call.public_id})
    what_if.delete()
