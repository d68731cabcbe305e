"""The ranking of a call: its inputs read from submitted reviews (five queries), then pure formulas."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum

from core.canonical import plain, sha256_of
from grants.formulas import ranking_run
from grants.formulas.ranking_content import content_of
from grants.formulas.ranking_run import Judged, Placed, Ranking, Terms
from grants.models import Application, Call, CallRules, Decision, ScoreEntry
from grants.queries.holding import held_back
from grants.queries.rules import newest_rules, ranking_terms
from grants.statuses import ApplicationStatus, Outcome, RanksBy

RANKED = (
    ApplicationStatus.ELIGIBLE,
    ApplicationStatus.AWARDED,
    ApplicationStatus.RESERVED,
    ApplicationStatus.DECLINED,
)


@dataclass(frozen=True)
class RankingRow:
    """One line of the ranking page: the application, what the formulas say about it, its live decision."""

    application: Application
    placed: Placed
    decision: Decision | None

    @property
    def mean(self) -> Decimal | None:
        """The raw weighted mean of the reviews, 0 to 100."""
        return self.placed.mean

    @property
    def spread(self) -> Decimal | None:
        """Points between the highest and the lowest review."""
        return self.placed.spread

    @property
    def reviews(self) -> int:
        """How many are in."""
        return self.placed.reviews

    @property
    def rank(self) -> int | None:
        """1, 2, ...; None without reviews."""
        return self.placed.rank

    @property
    def cumulative(self) -> Decimal:
        """The money asked up to here by those that passed the mark."""
        return self.placed.cumulative

    @property
    def is_above_line(self) -> bool:
        """Whether the money reaches it, in whole or in part."""
        return self.placed.is_above_line

    @property
    def has_passed(self) -> bool:
        """Whether the score that ranks reaches the pass mark."""
        return self.placed.has_passed

    @property
    def award(self) -> Decimal:
        """What the line gives: all that was asked, a part, or nothing."""
        return self.placed.award

    @property
    def chance_percent(self) -> int | None:
        """The probability of standing above the line in whole percent; None where severity is not adjusted."""
        chance = self.placed.probability
        return None if chance is None else round(chance * 100)

    @property
    def is_partial(self) -> bool:
        """Whether the line gives less than was asked."""
        return 0 < self.placed.award < self.placed.amount


@dataclass(frozen=True)
class CallRanking:
    """The whole ranking: `money` is what this call may award (the year's remainder plus its own staged awards)."""

    call: Call
    money: Decimal
    rows: list[RankingRow]
    rules: CallRules
    inputs: dict[str, Any] = field(repr=False)
    ranking: Ranking = field(repr=False)

    @cached_property
    def inputs_sha256(self) -> str:
        """Of the frozen inputs."""
        return sha256_of(self.inputs)

    @cached_property
    def content(self) -> dict[str, Any]:
        """The same as plain JSON, with the hashes."""
        return content_of(self.ranking, rules=self.rules.sha256, inputs_sha256=self.inputs_sha256, money=self.money)

    @cached_property
    def sha256(self) -> str:
        """Of that JSON: the hash of the ranking."""
        return sha256_of(self.content)


def outcome_by_line(row: RankingRow, call: Call, below: str = Outcome.RESERVE) -> str:
    """What the funding line says about a row; `below` is for those that passed the mark and find no money."""
    if row.is_above_line:
        return Outcome.AWARD
    return below if row.has_passed else Outcome.DECLINE


def money_for(call: Call) -> Decimal:
    """The year's budget less what decisions outside this call hold and what is held back for appeals."""
    live = Decision.objects.live().filter(outcome=Outcome.AWARD, programme_year=call.programme_year_id)
    elsewhere = live.exclude(application__call=call).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return max(call.programme_year.budget - elsewhere - held_back(call.programme_year), Decimal(0))


def scores_by_review(call: Call) -> dict[int, dict[str, dict[str, int]]]:
    """application -> expert -> criterion key -> score, of submitted reviews; one ended by a conflict counts no more."""
    entries = ScoreEntry.objects.current().filter(
        review__submitted_at__isnull=False,
        review__assignment__returned_at=None,
        review__assignment__application__call=call,
    )
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for application, expert, key, score in entries.values_list(
        "review__assignment__application_id",
        "review__assignment__expert__user__public_id",
        "criterion__key",
        "score",
    ):
        found[application][expert][key] = score
    return found


def rank_call(call: Call, *, with_severity: bool = False) -> CallRanking:
    """Ranks every application that reached the experts.

    The severity of experts is fitted where the rules rank by the adjusted score, or where a reader asks for it
    (`with_severity`): rank and line are the same with and without.
    """
    applications, decisions, inputs, rules = _read(call)
    terms, judged = Terms.of(inputs), ranking_run.judged(inputs)
    wanted = with_severity or terms.ranks_by == RanksBy.ADJUSTED
    ranking = ranking_run.place(judged, terms, ranking_run.severity_of(judged, terms) if wanted else None)
    by_number = {application.number: application for application in applications}
    rows = [RankingRow(by_number[row.number], row, decisions.get(by_number[row.number].pk)) for row in ranking.rows]
    return CallRanking(call, terms.money, rows, rules, inputs, ranking)


def judged_of(ranking: CallRanking) -> tuple[list[Judged], Terms]:
    """What a what-if begins from: the same applications and terms, with nothing asked again."""
    return ranking_run.judged(ranking.inputs), Terms.of(ranking.inputs)


def _read(call: Call) -> tuple[list[Application], dict[int, Decision], dict[str, Any], CallRules]:
    applications = list(
        Application.objects.filter(call=call, status__in=RANKED).select_related("organisation", "sector")
    )
    decisions = {d.application_id: d for d in Decision.objects.live().filter(application__call=call)}
    scores, rules = scores_by_review(call), newest_rules(call)
    rows = [frozen_row(a, scores.get(a.pk, {}), decisions.get(a.pk)) for a in applications]
    return applications, decisions, frozen_inputs(call, rules, money_for(call), rows), rules


def frozen_inputs(call: Call, rules: CallRules, money: Decimal, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Everything that decides a ranking, as plain JSON: a run keeps it and is made again from it."""
    inputs = {
        "call": call.public_id,
        "rules": rules.sha256,
        "money": money,
        "currency": call.programme_year.currency,
        "terms": ranking_terms(rules.content),
        "applications": sorted(rows, key=lambda row: row["number"]),
    }
    frozen: dict[str, Any] = plain(inputs)
    return frozen


def frozen_row(
    application: Application, reviews: dict[str, dict[str, int]], decision: Decision | None = None
) -> dict[str, Any]:
    """An application as a run keeps it: no name, no title; experts by their public ids."""
    awarded = decision.amount if decision and decision.outcome == Outcome.AWARD else None
    assert application.submitted_at is not None  # a CHECK holds it for sent applications
    return {
        "number": application.number,
        "sector": application.sector.code if application.sector else "",
        "amount": awarded or application.amount_requested or Decimal(0),
        "submitted_at": application.submitted_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "reviews": [{"expert": expert, "scores": reviews[expert]} for expert in sorted(reviews)],
    }
