"""Staging what the funding line says, for every application of a call that has no decision yet."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.actions.decisions import refuse_over_budget, refuse_past_commission, write_decision
from grants.models import Application, Call, Decision
from grants.queries.ranking import RankingRow, outcome_by_line, rank_call
from grants.statuses import ApplicationStatus, CallStatus, Outcome


@transaction.atomic
def stage_as_ranked(
    call: Call, *, reasons: Mapping[str, tuple[str, str]], below: str = Outcome.RESERVE, by: Any
) -> list[Decision]:
    """Awards what was asked above the line, declines under the pass mark, and gives `below` to what lies between.

    All in one transaction: everything or nothing. `reasons` is outcome -> (kk, ru), shared by its applications.
    Raises Refused where an application lacks reviews, an outcome lacks reasons, or the money does not suffice.
    """
    if not policy.may_stage_decisions(by):
        raise NotAllowed(_("Only the secretary of the commission stages decisions."), code="not_a_secretary")
    refuse_past_commission(call, None)
    year, call = lock(call.programme_year), lock(call)
    if call.status != CallStatus.PUBLISHED:
        raise Refused(_("The decisions of this call are released already."), code="wrong_state")
    list(Application.objects.filter(call=call, status=ApplicationStatus.ELIGIBLE).select_for_update(of=("self",)))
    rows = undecided(rank_call(call).rows)
    outcomes = {row.application.pk: outcome_by_line(row, call, below) for row in rows}
    _refuse_unready(rows, call, set(outcomes.values()), reasons)
    awards = [row for row in rows if outcomes[row.application.pk] == Outcome.AWARD]
    refuse_over_budget(year, sum((asked(row) for row in awards), Decimal(0)))
    return [_write(row, year, outcomes[row.application.pk], reasons, by) for row in rows]


def undecided(rows: list[RankingRow]) -> list[RankingRow]:
    """Eligible applications without a live decision, in the order of their ranks."""
    return [row for row in rows if row.application.status == ApplicationStatus.ELIGIBLE and row.decision is None]


def asked(row: RankingRow) -> Decimal:
    """What an award by the line gives: all that was asked, or a part where the rules award parts."""
    return row.award


def _refuse_unready(rows: list[RankingRow], call: Call, used: set[str], reasons: Mapping[str, tuple[str, str]]) -> None:
    if not rows:
        raise Refused(_("Every ranked application has a decision already."), code="nothing_left")
    lacking = sum(row.reviews < call.reviews_needed for row in rows)
    if lacking:
        raise Refused(
            _("Reviews are missing, so the line may still move. Applications that lack reviews: %(count)s.")
            % {"count": lacking},
            code="reviews_missing",
        )
    for outcome in used:
        if not all(text.strip() for text in reasons.get(outcome, ("", ""))):
            raise Refused(_("Give the reasons in Kazakh and in Russian: the applicant reads them."), code="no_reason")


def _write(row: RankingRow, year: Any, outcome: str, reasons: Mapping[str, tuple[str, str]], by: Any) -> Decision:
    amount = asked(row) if outcome == Outcome.AWARD else Decimal(0)
    return write_decision(row.application, year, outcome=outcome, amount=amount, reasons=reasons[outcome], by=by)
