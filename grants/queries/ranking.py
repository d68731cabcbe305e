"""The ranking of a call from its submitted reviews: three queries, then pure formulas."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from grants.formulas import ranking, scoring
from grants.models import Application, Call, Decision, ScoreEntry
from grants.statuses import ApplicationStatus, Outcome

RANKED = (
    ApplicationStatus.ELIGIBLE,
    ApplicationStatus.AWARDED,
    ApplicationStatus.RESERVED,
    ApplicationStatus.DECLINED,
)


@dataclass(frozen=True)
class RankingRow:
    """One line of the ranking page."""

    application: Application
    mean: Decimal | None
    spread: Decimal | None
    reviews: int
    rank: int | None
    cumulative: Decimal
    is_above_line: bool
    decision: Decision | None


@dataclass(frozen=True)
class CallRanking:
    """The whole ranking: `money` is what this call may award (the year's remainder plus its own staged awards)."""

    call: Call
    money: Decimal
    rows: list[RankingRow]


def outcome_by_line(row: RankingRow, call: Call, below: str = Outcome.RESERVE) -> str:
    """What the funding line says about a row; `below` is for those that passed the mark and find no money."""
    if row.is_above_line:
        return Outcome.AWARD
    passed = row.mean is not None and row.mean >= call.pass_mark
    return below if passed else Outcome.DECLINE


def money_for(call: Call) -> Decimal:
    """The year's budget less what decisions outside this call hold."""
    live = Decision.objects.live().filter(outcome=Outcome.AWARD, programme_year=call.programme_year_id)
    elsewhere = live.exclude(application__call=call).aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return call.programme_year.budget - elsewhere


def scores_by_review(call: Call) -> dict[int, dict[int, dict[str, int]]]:
    """application -> review -> criterion key -> score, of submitted reviews; one ended by a conflict counts no more."""
    entries = ScoreEntry.objects.current().filter(
        review__submitted_at__isnull=False,
        review__assignment__returned_at=None,
        review__assignment__application__call=call,
    )
    found: dict[int, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for application, review, key, score in entries.values_list(
        "review__assignment__application_id", "review_id", "criterion__key", "score"
    ):
        found[application][review][key] = score
    return found


def rank_call(call: Call) -> CallRanking:
    """Ranks every application that reached the experts."""
    applications = list(
        Application.objects.filter(call=call, status__in=RANKED).select_related("organisation", "sector", "rules")
    )
    scores, money = scores_by_review(call), money_for(call)
    decisions = {d.application_id: d for d in Decision.objects.live().filter(application__call=call)}
    totals = {a.pk: _totals(a, scores.get(a.pk, {})) for a in applications}
    candidates = [_candidate(a, totals[a.pk], scores.get(a.pk, {}), decisions.get(a.pk)) for a in applications]
    by_key = {str(a.pk): a for a in applications}
    rows = [
        _row(by_key[r.key], r, totals, decisions)
        for r in ranking.rank(candidates, money=money, pass_mark=Decimal(call.pass_mark))
    ]
    return CallRanking(call=call, money=money, rows=rows)


def _totals(application: Application, reviews: dict[int, dict[str, int]]) -> list[Decimal]:
    weights = {c["key"]: c["weight"] for c in application.rules.content["criteria"]}
    return [scoring.review_total(scores, weights) for scores in reviews.values()]


def _candidate(
    application: Application, totals: list[Decimal], reviews: dict[int, dict[str, int]], decision: Decision | None
) -> ranking.Candidate:
    named = application.rules.content["tie_breaks"][0]
    marks = [Decimal(scores[named]) for scores in reviews.values() if named in scores]
    awarded = decision.amount if decision and decision.outcome == Outcome.AWARD else None
    assert application.submitted_at is not None  # a CHECK holds it for sent applications
    return ranking.Candidate(
        key=str(application.pk),
        score=scoring.mean(totals),
        tie_break=scoring.mean(marks) or Decimal(0),
        submitted_at=application.submitted_at,
        amount=awarded or application.amount_requested or Decimal(0),
    )


def _row(
    application: Application,
    ranked: ranking.Ranked,
    totals: dict[int, list[Decimal]],
    decisions: dict[int, Decision],
) -> RankingRow:
    own = totals[application.pk]
    return RankingRow(
        application=application,
        mean=scoring.mean(own),
        spread=scoring.spread(own),
        reviews=len(own),
        rank=ranked.rank,
        cumulative=ranked.cumulative,
        is_above_line=ranked.is_funded,
        decision=decisions.get(application.pk),
    )
