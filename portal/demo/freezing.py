"""The ranking behind the commission's agenda, frozen as `grants.actions.rankings.freeze_ranking` keeps it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from core.canonical import sha256_of
from grants.formulas import ranking_run
from grants.formulas.ranking_content import content_of
from grants.formulas.ranking_run import Placed, Terms
from grants.models import Application, RankingRun
from grants.queries.ranking import frozen_inputs, frozen_row
from portal.demo.season import Case, Opened, Season


def inputs_of(opened: Opened, cases: list[Case], money: Decimal) -> dict[str, Any]:
    """What decides: no application has a decision yet."""
    return frozen_inputs(opened.call, opened.newest_rules, money, [_row(case) for case in cases])


def _row(case: Case) -> dict[str, Any]:
    scores = {o.judge.user.public_id: o.marks for o in case.live_opinions if o.done_at}
    asked, _own = case.money
    application = Application(
        number=case.number, sector=case.organisation.sector, amount_requested=asked, submitted_at=case.sent_at
    )
    return frozen_row(application, scores)


def placed(inputs: dict[str, Any]) -> list[Placed]:
    """Ranks and the line; severity, which moves neither, is left out."""
    return ranking_run.place(ranking_run.judged(inputs), Terms.of(inputs), None).rows


def freeze(season: Season, opened: Opened, inputs: dict[str, Any], at: datetime) -> RankingRun:
    """The row with severity and hashes, and its trail."""
    ranking, terms, by = ranking_run.run(inputs), Terms.of(inputs), season.accounts["secretary"]
    hashes = {"rules": opened.newest_rules.sha256, "inputs": sha256_of(inputs)}
    content = content_of(ranking, rules=hashes["rules"], inputs_sha256=hashes["inputs"], money=terms.money)
    run = RankingRun.objects.create(
        public_id=season.invent.public_id(),
        call=opened.call,
        rules=opened.newest_rules,
        number=1,
        inputs=inputs,
        inputs_sha256=hashes["inputs"],
        content=content,
        sha256=sha256_of(content),
        made_at=at,
        made_by=by,
    )
    facts = {"call": opened.call.public_id, "run": run.number, **hashes, "ranking": run.sha256}
    season.history.add(at, "ranking.freeze", run, by=by, **facts)
    return run
