"""The commission: awards down the ranking within the money, a reserve, the others declined; all with reasons."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from grants.formulas import ranking, scoring
from grants.statuses import ApplicationStatus as A
from grants.statuses import Outcome
from portal.demo import plan
from portal.demo.invention import data
from portal.demo.judging import totals
from portal.demo.season import Case, Season, Verdict

MOST_AWARDED = Decimal(388_000_000)  # of the finished call; more than 100 000 000 ₸ stay for the other calls
STEP = Decimal(50_000)
STAGED_AWARDS, STAGED_DECLINES = 5, 6  # of the small call, so that the secretary and the commission go on
STATUS_OF = {Outcome.AWARD: A.AWARDED, Outcome.RESERVE: A.RESERVED, Outcome.DECLINE: A.DECLINED}


def decide_cases(season: Season) -> None:
    """Decides the finished call and begins to decide the small one."""
    rng = season.stream("deciding")
    finished = [c for c in season.of(plan.FINISHED) if c.state in STATUS_OF.values()]
    _decide_finished(season, rng, in_order(finished))
    small = [c for c in season.of(plan.DECIDING) if c.state == A.ELIGIBLE]
    _stage_small(season, rng, in_order(small))


def in_order(cases: list[Case]) -> list[Case]:
    """As the ranking page has them: the same pure function."""
    by_key = {str(number): case for number, case in enumerate(cases)}
    ranked = ranking.in_order(_candidate(key, case) for key, case in by_key.items())
    return [by_key[candidate.key] for candidate in ranked]


def _candidate(key: str, case: Case) -> ranking.Candidate:
    named = case.opened.rules.content["tie_breaks"][0]
    effects = [Decimal(o.marks[named]) for o in case.live_opinions if o.done_at]
    asked, _own = case.money
    return ranking.Candidate(key, scoring.mean(totals(case)), scoring.mean(effects) or Decimal(0), case.sent_at, asked)


def _decide_finished(season: Season, rng: Random, ordered: list[Case]) -> None:
    """The strong ones by rank: first the awards (but for the departures), then the reserve; all others declined."""
    strong = [case for case in ordered if case.is_strong]
    awards = sum(case.state == A.AWARDED for case in ordered)
    reserves = sum(case.state == A.RESERVED for case in ordered)
    others = [c for c in strong[: len(strong) - reserves] if not c.owner.email.startswith("applicant@")]
    departures = others[4 :: max(awards // 3, 1)][: len(strong) - awards - reserves]
    left = [case for case in strong if case not in departures]
    for case in ordered:
        if case in departures:
            _decide(season, case, Outcome.DECLINE, reason="departure", motive="departure_motive")
        elif case in left[:awards]:
            _award(season, rng, case)
        elif case in left[awards:]:
            _decide(season, case, Outcome.RESERVE, reason="reserve", motive="reserve_motive")
        else:
            _decide(season, case, Outcome.DECLINE, reason=rng.choice(data("words")["decline"]))
    _fit([case for case in ordered if case.state == A.AWARDED], MOST_AWARDED)
    _stamp(season, ordered)


def _award(season: Season, rng: Random, case: Case) -> None:
    """What was asked, or a round sum less where costs were not proved."""
    amount = asked = case.money[0]
    if rng.random() < 0.3 and asked > 2 * case.opened.call.min_amount:
        amount = asked - STEP * int(asked * rng.randrange(5, 20) / 100 / STEP)
    is_whole = amount == asked
    reason = rng.choice(data("words")["award"]) if is_whole else data("words")["award_cut"]
    _decide(season, case, Outcome.AWARD, reason=reason, amount=amount)


def _decide(
    season: Season,
    case: Case,
    outcome: Outcome,
    *,
    reason: str | dict[str, str],
    motive: str = "",
    amount: Decimal = Decimal(0),
) -> None:
    """Writes the verdict; `reason` and `motive` may name an entry of words.json."""
    words = data("words")
    text = words[reason] if isinstance(reason, str) else reason
    staged_at = season.days.at(case.opened.wave.staged, 10)
    case.verdict = Verdict(outcome, amount, text, words[motive] if motive else "", staged_at, None)
    if case.opened.name == plan.FINISHED:
        case.state = STATUS_OF[outcome]


def _fit(awarded: list[Case], most: Decimal) -> None:
    """Cuts the largest awards a little until the sum keeps enough for the other calls of the year."""
    verdicts = [case.ruling for case in awarded]
    while sum(v.amount for v in verdicts) > most:
        largest = max(verdicts, key=lambda v: v.amount)
        largest.amount -= STEP
        largest.reason = data("words")["award_cut"]


def _stamp(season: Season, ordered: list[Case]) -> None:
    """Staged one after the other by the secretary, released all at once by a member of the commission."""
    wave = ordered[0].opened.wave
    for place, case in enumerate(ordered):
        case.ruling.staged_at += timedelta(seconds=20 * place)
        case.ruling.released_at = season.days.at(wave.released, 11)


def _stage_small(season: Season, rng: Random, ordered: list[Case]) -> None:
    """The best and the worst are decided, nothing is released: those between wait for the secretary."""
    strong = [case for case in ordered if case.is_strong]
    weak = [case for case in ordered if not case.is_strong]
    staged = [*strong[:STAGED_AWARDS], *weak[-STAGED_DECLINES:]]
    for case in staged:
        if case.is_strong:
            _award(season, rng, case)
        else:
            _decide(season, case, Outcome.DECLINE, reason=rng.choice(data("words")["decline"]))
    for place, case in enumerate(staged):
        case.ruling.staged_at += timedelta(minutes=4 * place)
