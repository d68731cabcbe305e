"""Rankings beside the ranking: what other terms would give, how a frozen one replays, how sure the line is."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from core.canonical import sha256_of
from grants.formulas import ranking_run
from grants.formulas.ranking_content import content_of
from grants.models import Call, RankingRun, WhatIf
from grants.queries.ranking import CallRanking, RankingRow, judged_of


@dataclass(frozen=True)
class Compared:
    """A what-if on the ranking as it stands: how many and how much, who comes in and who falls out."""

    what_if: WhatIf | None
    money: Decimal
    pass_mark: Decimal
    partial_percent: int | None
    floors: dict[str, Decimal]
    funded: int
    awarded: Decimal
    come_in: list[RankingRow]
    fall_out: list[RankingRow]

    @property
    def left(self) -> Decimal:
        """Of its money."""
        return self.money - self.awarded


def compared(ranking: CallRanking) -> list[Compared]:
    """The frozen rules first, then every what-if of the call in the order in which they were made. One query."""
    judged, terms = judged_of(ranking)
    found = [_compared(ranking, None, terms, ranking.ranking.rows)]
    for what_if in WhatIf.objects.filter(call=ranking.call):
        other = replace(
            terms,
            money=what_if.money,
            pass_mark=Decimal(what_if.pass_mark),
            partial_percent=what_if.partial_percent,
            floors={sector: Decimal(amount) for sector, amount in what_if.floors.items()},
        )
        rows = ranking_run.place(judged, other, ranking.ranking.severity).rows
        found.append(_compared(ranking, what_if, other, rows))
    return found


def _compared(
    ranking: CallRanking, what_if: WhatIf | None, terms: ranking_run.Terms, rows: list[ranking_run.Placed]
) -> Compared:
    now = {row.application.number: row for row in ranking.rows}
    funded = {row.number for row in rows if row.is_above_line}
    return Compared(
        what_if=what_if,
        money=terms.money,
        pass_mark=terms.pass_mark,
        partial_percent=terms.partial_percent,
        floors=dict(terms.floors),
        funded=len(funded),
        awarded=sum((row.award for row in rows), Decimal(0)),
        come_in=[row for number, row in now.items() if number in funded and not row.is_above_line],
        fall_out=[row for number, row in now.items() if number not in funded and row.is_above_line],
    )


def marginal(ranking: CallRanking) -> list[RankingRow]:
    """Those of whom nobody can say on which side of the line they belong, by rank."""
    return [row for row in ranking.rows if row.placed.is_marginal]


@dataclass(frozen=True)
class Replayed:
    """A frozen ranking made again from its inputs: whether each hash is what it was."""

    inputs_hold: bool
    rules_hold: bool
    content_holds: bool
    content: dict[str, Any]

    @property
    def holds(self) -> bool:
        """Everything is as it was frozen, to the byte."""
        return self.inputs_hold and self.rules_hold and self.content_holds


def replay(run: RankingRun) -> Replayed:
    """Makes a frozen ranking again, from its inputs alone."""
    rules, made = run.inputs["rules"], ranking_run.run(run.inputs)
    content = content_of(
        made, rules=rules, inputs_sha256=sha256_of(run.inputs), money=ranking_run.Terms.of(run.inputs).money
    )
    return Replayed(
        inputs_hold=sha256_of(run.inputs) == run.inputs_sha256,
        rules_hold=rules == run.rules.sha256 == sha256_of(run.rules.content),
        content_holds=sha256_of(content) == run.sha256 == sha256_of(run.content),
        content=content,
    )


def last_run(call: Call) -> RankingRun | None:
    """The newest frozen ranking of a call, without its JSON. One query."""
    return call.ranking_runs.defer("inputs", "content").select_related("made_by").order_by("-number").first()
