"""What the commission is asked: the line of the frozen ranking, and where it departs from it, each with reasons."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from grants.formulas.amounts import own_needed
from grants.formulas.ranking_run import Placed
from grants.models import Application
from grants.queries.tiers import tier_of
from grants.statuses import ApplicationStatus as A
from grants.statuses import Outcome
from portal.demo import plan
from portal.demo.freezing import inputs_of, placed
from portal.demo.invention import data
from portal.demo.season import Case, Season, Verdict

STEP = Decimal(50_000)
OWN_STEP = 10_000
CUT_PERCENT = 10
STATUS_OF = {Outcome.AWARD: A.AWARDED, Outcome.RESERVE: A.RESERVED, Outcome.DECLINE: A.DECLINED}


def decide_cases(season: Season) -> None:
    """Proposals for the finished call, whose statuses follow them, and for the small one, which is in session."""
    finished = season.judged(plan.FINISHED)
    year = season.calls[plan.FINISHED].call.programme_year
    money = year.budget - Decimal(int(year.budget * plan.held_back_percent(season.size) / 100))
    _fit(season, finished, money)
    rows = _propose(season, plan.FINISHED, money)
    _depart(season, rows)
    for case in finished:
        case.state = STATUS_OF[Outcome(case.ruling.outcome)]
    spent = sum((case.ruling.amount for case in finished), Decimal(0))
    _propose(season, plan.DECIDING, year.budget - spent)


def _ordered(season: Season, name: str, money: Decimal) -> tuple[dict[str, Any], list[tuple[Placed, Case]]]:
    """The frozen inputs of a call's ranking, and its rows from the first place on."""
    cases = season.judged(name)
    inputs = inputs_of(season.calls[name], cases, money)
    by_number = {case.number: case for case in cases}
    return inputs, [(row, by_number[row.number]) for row in placed(inputs)]


def _propose(season: Season, name: str, money: Decimal) -> list[tuple[Placed, Case]]:
    """As `make_agenda` does: award above the line, the reserve below it, no award under the pass mark."""
    reasons = {**data("commission")["reasons"], "reserve": data("words")["reserve"]}
    inputs, rows = _ordered(season, name, money)
    season.calls[name].inputs = inputs
    for row, case in rows:
        below = Outcome.RESERVE if row.has_passed else Outcome.DECLINE
        outcome = Outcome.AWARD if row.is_above_line else below
        assert row.rank is not None
        case.verdict = Verdict(outcome, row.award, reasons[outcome.value], row.rank)
    return rows


def _depart(season: Season, rows: list[tuple[Placed, Case]]) -> None:
    """A few high ones are declined, a few get less than they asked for: with a motive, voted on one by one."""
    words, motives = data("words"), data("commission")
    above = [case for row, case in rows if row.is_above_line and not case.owner.email.startswith("applicant@")]
    declined = above[4 :: max(len(above) // 3, 1)][: plan.departures(season.size)]
    cut = [case for case in above[7 :: max(len(above) // 5, 1)] if case not in declined][: plan.CUTS]
    for case in declined:
        case.verdict = Verdict(
            Outcome.DECLINE, Decimal(0), words["departure"], case.ruling.rank, motives["departure_motive"]
        )
    for case in cut:
        amount = case.ruling.amount - STEP * max(int(case.ruling.amount * CUT_PERCENT / 100 / STEP), 1)
        case.verdict = Verdict(Outcome.AWARD, amount, words["award_cut"], case.ruling.rank, motives["cut_motive"])


def _fit(season: Season, cases: list[Case], money: Decimal) -> None:
    """Moves the amounts that the best ask for, by small steps, until the line falls where the season needs it."""
    wanted = plan.above_line(season.size)
    order = [case for _row, case in _ordered(season, plan.FINISHED, money)[1]]
    best, after = order[:wanted], order[wanted : wanted + 1]
    next_one = after[0].money[0] if after else STEP
    total = sum((case.money[0] for case in best), Decimal(0))
    while not total <= money < total + next_one:
        step = STEP if total < money else -STEP
        moved = total
        for case in best:
            if not total <= money < total + next_one and _ask(case, case.money[0] + step):
                total += step
        assert moved != total  # within the tiers there is room for far more


def _ask(case: Case, amount: Decimal) -> bool:
    """Asks for another amount, where it lies within the limits and the tier of what was asked."""
    call, (asked, own) = case.opened.call, case.money
    tiers = [tier_of(Application(call=call, amount_requested=one)) for one in (asked, amount)]
    if not call.min_amount <= amount <= call.max_amount or tiers[0] != tiers[1]:
        return False
    needed = own_needed(amount, call.own_share_percent)
    case.asked, case.own = amount, max(own, needed + -needed % OWN_STEP)
    return True


def frozen_at(season: Season, name: str) -> datetime:
    """When the last review of a call was in: the ranking is frozen after it."""
    return max(o.done_at for case in season.judged(name) for o in case.live_opinions if o.done_at)
