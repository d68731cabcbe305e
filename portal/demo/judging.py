"""Experts are asked, score, and declare conflicts. The scores come first; the commission follows their ranking."""

import heapq
from datetime import datetime
from decimal import Decimal
from random import Random

from grants.formulas import scoring
from grants.statuses import ApplicationStatus as A
from portal.demo import plan
from portal.demo.optimum import computed
from portal.demo.season import Case, Judge, Opinion, Season

PASS_MARK = 60
MARGIN = 1  # points that keep a mean clear of the pass mark
PANEL_READ = 40  # of a large panel, so many are looked at for one application
OF_ANOTHER_SECTOR = 5  # as if they had been asked for so many more
CONFLICTS = 8
CHANGED_SCORES = 8
AGAIN = -82  # the day on which somebody else is asked instead
FOR_EXTRA = 6  # days that the first reviews leave for one more
TO_DO = 12  # applications that wait for the expert of the door


def judge_cases(season: Season) -> None:
    """Assigns, scores, and settles on which side of the pass mark each application stands."""
    rng = season.stream("judging")
    ranked, deciding = season.judged(plan.FINISHED), season.judged(plan.DECIDING)
    open_ones = season.judged(plan.OPEN)
    _mark_strong(ranked, deciding)
    levels = {id(case): _level(rng, case) for case in [*ranked, *deciding, *open_ones]}
    conflicted = ranked[5 :: max(len(ranked) // CONFLICTS, 1)][:CONFLICTS]
    for cases in (ranked, deciding):
        at = _asked_at(season, rng, cases)
        pairs = computed(season, cases[0].opened, cases, at)
        for case in cases:
            experts = pairs.get(case.public_id) or _by_hand(season, rng, case)
            opinions = [ask(season, rng, case, judge, at=at, why=why) for judge, why in experts]
            if case in conflicted:
                opinions.append(_give_back(season, rng, case, opinions.pop(0)))
            for opinion in opinions:
                _score(season, rng, case, opinion, levels[id(case)])
    _judge_open(season, rng, open_ones, levels)
    for case in deciding:
        _settle(case)
        if (scoring.spread(totals(case)) or 0) > case.opened.call.extra_review_over:
            _ask_once_more(season, rng, case, levels[id(case)])
    done = sum(1 for case in season.cases for opinion in case.opinions if opinion.done_at)
    for case in _most_disputed(ranked)[: max(plan.reviews(season.size) - done, 0)]:
        _ask_once_more(season, rng, case, levels[id(case)])
    for case in [*ranked, *deciding]:
        _settle(case)
    _change_scores(season, ranked)


def _asked_at(season: Season, rng: Random, cases: list[Case]) -> datetime:
    """All experts of a call are asked at once, when the last application has been screened."""
    screened = max(case.screened_at for case in cases if case.screened_at)
    return season.days.after(screened, cases[0].opened.wave.assigned, rng)


def _by_hand(season: Season, rng: Random, case: Case) -> list[tuple[Judge, dict[str, object]]]:
    return [(judge, {}) for judge in choose(season.panel, case, case.opened.call.reviews_needed, rng)]


def _give_back(season: Season, rng: Random, case: Case, opinion: Opinion) -> Opinion:
    """An expert handed it back because of a conflict of interest, and staff asked another one instead."""
    opinion.is_conflicted = True
    judge = choose(season.panel, case, 1, rng)[0]
    return ask(season, rng, case, judge, at=season.days.after(opinion.assigned_at, AGAIN, rng))


def _ask_once_more(season: Season, rng: Random, case: Case, level: dict[str, float]) -> None:
    """Where the reviews lie far apart, one more expert is asked when the last of them is in."""
    noticed = max(opinion.done_at for opinion in case.live_opinions if opinion.done_at)
    for judge in choose(season.panel, case, 1, rng):
        opinion = ask(season, rng, case, judge, at=season.days.later(noticed, rng, hours=40))
        _score(season, rng, case, opinion, level, days_left=0)


def _mark_strong(ranked: list[Case], deciding: list[Case]) -> None:
    """The best of the declined ones are declined for a reason of their own; of the small call nearly half pass."""
    declined = [case for case in ranked if case.state == A.DECLINED]
    for case in declined[: plan.DEPARTURES if len(declined) > 20 else 0]:
        case.is_strong = True
    for place, case in enumerate(deciding):
        case.is_strong = place % 20 < 9


def _level(rng: Random, case: Case) -> dict[str, float]:
    """What an unbiased expert would give for each criterion, 0 to 5; the demo's own applicant is among the best."""
    low, high, mode = (3.1, 4.9, 3.7) if case.is_strong else (0.8, 3.0, 2.5)
    level = 4.6 if case.owner.email.startswith("applicant@") else rng.triangular(low, high, mode)
    return {key: level + rng.gauss(0, 0.35) for key in case.opened.weights}


def choose(panel: list[Judge], case: Case, count: int, rng: Random) -> list[Judge]:
    """The least busy experts, those of the sector first; nobody twice."""
    asked = {id(opinion.judge) for opinion in case.opinions}
    looked_at = panel if len(panel) <= PANEL_READ else rng.sample(panel, PANEL_READ)
    sector = case.organisation.sector_id
    free = [judge for judge in looked_at if id(judge) not in asked]
    return heapq.nsmallest(
        count, free, key=lambda j: j.load + (0 if sector in j.sectors else OF_ANOTHER_SECTOR) + rng.random()
    )


def ask(
    season: Season,
    rng: Random,
    case: Case,
    judge: Judge,
    *,
    at: datetime | None = None,
    why: dict[str, object] | None = None,
) -> Opinion:
    """An assignment; without a moment of the whole call, soon after the application was screened."""
    assert case.screened_at is not None
    assigned_at = at or season.days.after(case.screened_at, case.opened.wave.assigned, rng)
    due_on = season.days.working_days_after(assigned_at, case.opened.call.review_working_days)
    opinion = Opinion(judge, assigned_at, due_on, why=why or {})
    judge.load += 1
    case.opinions.append(opinion)
    return opinion


def _score(
    season: Season,
    rng: Random,
    case: Case,
    opinion: Opinion,
    level: dict[str, float],
    days_left: int = FOR_EXTRA,
) -> Opinion:
    """The review of an assignment."""
    opinion.done_at = _moment_of_review(season, rng, case, opinion, days_left)
    opinion.declared_at = opinion.assigned_at + (opinion.done_at - opinion.assigned_at) / 2
    mood = opinion.judge.bias + rng.gauss(0, 0.45)
    opinion.marks = {key: _mark(rng, value + mood) for key, value in level.items()}
    return opinion


def _moment_of_review(season: Season, rng: Random, case: Case, opinion: Opinion, days_left: int) -> datetime:
    """Of a call that has closed early enough for one more expert where the first ones differ."""
    first, last = season.days.day_of(opinion.assigned_at) + 1, case.opened.wave.reviewed
    if case.opened.name != plan.OPEN:
        last -= days_left
    day = rng.randrange(first, last + 1) if first <= last else max(first, last)
    return season.days.after(opinion.assigned_at, day, rng)


def _mark(rng: Random, value: float) -> int:
    return min(max(round(value + rng.gauss(0, 0.55)), 0), scoring.TOP_SCORE)


def totals(case: Case) -> list[Decimal]:
    """The weighted totals of the reviews that are in."""
    return [scoring.review_total(o.marks, case.opened.weights) for o in case.live_opinions if o.done_at]


def _most_disputed(ranked: list[Case]) -> list[Case]:
    """Where the experts differ most, one more is asked."""
    return sorted(ranked, key=lambda case: (-(scoring.spread(totals(case)) or 0), case.organisation.public_id))


def _settle(case: Case) -> None:
    """Moves single marks until the mean stands clear of the pass mark, on the side that the season needs."""
    step = 1 if case.is_strong else -1
    while not _is_clear(case):
        opinion, key = _next_mark(case, step)
        opinion.marks[key] += step


def _is_clear(case: Case) -> bool:
    mean = scoring.mean(totals(case)) or Decimal(0)
    return mean >= PASS_MARK + MARGIN if case.is_strong else mean <= PASS_MARK - MARGIN


def _next_mark(case: Case, step: int) -> tuple[Opinion, str]:
    """The mark that stands furthest from where the mean must go."""
    marks = [(o.marks[key] * step, place, key) for place, o in enumerate(case.live_opinions) for key in o.marks]
    _value, place, key = min(marks)
    return case.live_opinions[place], key


def _judge_open(season: Season, rng: Random, cases: list[Case], levels: dict[int, dict[str, float]]) -> None:
    """Early ones of the open call: some reviews are in, and the expert of the door has a dozen to read."""
    door = season.panel[0]
    for place, case in enumerate(cases):
        others = [judge for judge in season.panel if judge is not door]
        for turn, judge in enumerate(choose(others, case, 2 if place < TO_DO + 2 else 3, rng)):
            if (place + turn) % 2:
                _score(season, rng, case, ask(season, rng, case, judge), levels[id(case)])
            else:
                ask(season, rng, case, judge)
        if place < TO_DO:
            _leave_to_do(season, rng, place, ask(season, rng, case, door))
        elif place < TO_DO + 2:
            _score(season, rng, case, ask(season, rng, case, door), levels[id(case)])


def _leave_to_do(season: Season, rng: Random, place: int, opinion: Opinion) -> None:
    """The expert of the door has opened two of the dozen, and begun to score one."""
    if place < 2:
        opinion.declared_at = season.days.later(opinion.assigned_at, rng)
    if place == 0:
        opinion.draft = {"score_idea": "4", "words_idea": "", "score_market": "3", "words_market": "", "comment": ""}


def _change_scores(season: Season, ranked: list[Case]) -> None:
    """A few experts changed one score, with the reason: the last entry counts."""
    for case in ranked[3 :: max(len(ranked) // CHANGED_SCORES, 1)][:CHANGED_SCORES]:
        opinion = case.live_opinions[0]
        key = next(iter(opinion.marks))
        mark = opinion.marks[key]
        opinion.earlier = (key, mark - 1 if mark > 2 else mark + 1)
