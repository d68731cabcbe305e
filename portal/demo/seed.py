"""The order of the seeding, in one transaction: all of it or nothing, files too."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from accounts.models import User
from core.refusals import Refused
from documents.actions.store import atomic_with_files
from funds.models import Fund
from grants.models import Programme
from portal.demo import fund
from portal.demo.appeals import free_held_back, store_appeals, store_granted
from portal.demo.applications import store_applications
from portal.demo.calls import make_calls
from portal.demo.candidates import make_candidate
from portal.demo.cases import draw_cases, number_cases
from portal.demo.commission import make_commission, store_orders
from portal.demo.deciding import decide_cases
from portal.demo.findings import store_findings
from portal.demo.invention import data
from portal.demo.judging import judge_cases
from portal.demo.mails import store_mails
from portal.demo.meetings import hold_first, hold_second, plan_third
from portal.demo.minutes import store_acts
from portal.demo.opinions import store_opinions
from portal.demo.papers import Store
from portal.demo.people import DOMAIN, make_people
from portal.demo.plan import FEWEST
from portal.demo.plans import draw_plans
from portal.demo.screening import screen_cases
from portal.demo.season import Season, begin
from portal.demo.talk import begin_under_first_rules, give_more_time, store_question
from portal.demo.verdicts import store_verdicts


def is_there() -> bool:
    """Whether the demo season has been loaded into this database."""
    return User.objects.filter(email=f"applicant@{DOMAIN}").exists()


def seed(*, today: date, applications: int, seed: int, say: Callable[[str], None]) -> Season:
    """Loads the season around `today`; the same arguments make the same season, passwords apart.

    Raises Refused where there are too few applications, where the fund has hardly begun, or where the database holds a
    season already, an invented or a real one.
    """
    _refuse_unfit(today, applications)
    with atomic_with_files() as written, uncollected():
        season = begin(today, applications, seed, say)
        _draw(season)
        _store(season, Store(written))
    return season


def _refuse_unfit(today: date, applications: int) -> None:
    if applications < FEWEST:
        raise Refused(f"A season needs at least {FEWEST} applications. Nothing was loaded.", code="too_few")
    started_on = date.fromisoformat(data("fund")["fund"]["started_on"])
    if (today - started_on).days < fund.EARLIEST:
        raise Refused(
            f"The fund began on {started_on}; choose a day a month later. Nothing was loaded.", code="too_early"
        )
    if Programme.objects.exists() or Fund.objects.exists():
        raise Refused(
            "This database holds a programme or a fund already; the season needs an empty one. Nothing was loaded.",
            code="not_empty",
        )


def _draw(season: Season) -> None:
    """Who, what and when, mostly in memory."""
    with told(season, "People, calls, questions"):
        make_people(season)
        make_commission(season)
        make_calls(season)
        make_candidate(season)
        give_more_time(season)
        free_held_back(season)
    with told(season, f"{season.size} applications, their screening, scores and decisions"):
        draw_cases(season)
        begin_under_first_rules(season)
        screen_cases(season)
        number_cases(season)
        judge_cases(season)
        decide_cases(season)
        draw_plans(season)


def _store(season: Season, store: Store) -> None:
    """Rows in the order of their keys, the trail last."""
    with told(season, "Storing applications, answers, documents, snapshots"):
        store_applications(season, store)
    with told(season, "Storing checks, corrections, reviews and scores"):
        store_orders(season, store)
        store_findings(season)
        store_opinions(season)
    with told(season, "Storing meetings of the commission: votes, resolutions, minutes"):
        store_granted(season)
        hold_first(season, store)
        hold_second(season)
        plan_third(season)
    with told(season, "Storing decisions and awards, the fund, some mails"):
        store_verdicts(season)
        store_appeals(season)
        store_acts(season, store)
        fund.make_fund(season)
        store_mails(season)
        store_question(season)
    with told(season, "Writing the audit trail"):
        season.history.write()


@contextmanager
def uncollected() -> Iterator[None]:
    """A large season is a million small objects that all live to its end: looking for garbage costs a fifth more."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def told(season: Season, what: str) -> Iterator[None]:
    """Says what is being done and how long it took."""
    start = time.perf_counter()
    yield
    season.say(f"{what}: {time.perf_counter() - start:.1f} s")
