"""A call to decide on, for the tests of decisions."""

from datetime import timedelta

from core import clock
from grants.actions.decisions import stage_decision
from grants.models import Application, Call, Decision
from grants.statuses import Outcome
from tests import factories

REASONS = {outcome: (f"Себеп {outcome}", f"Причина {outcome}") for outcome in Outcome.values}


def scored(call: Call, score: int, *, amount: int = 1_000_000) -> Application:
    application = factories.application_at("eligible", call=call, amount=amount)
    factories.review(factories.assign(application), score=score)
    return application


def close(call: Call) -> Call:
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - timedelta(seconds=1))
    call.refresh_from_db()
    return call


def statuses(rows: list[Application]) -> list[str]:
    return [Application.objects.get(pk=row.pk).status for row in rows]


def stage(application: Application, outcome: str, by, **other) -> Decision:
    fields = {"reason_kk": "Себеп", "reason_ru": "Причина", "amount": application.amount_requested, **other}
    return stage_decision(application, outcome=outcome, by=by, **fields)
