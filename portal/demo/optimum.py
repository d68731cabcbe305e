"""The computed assignment of a call: HiGHS finds it from the task that staff would have given, as a worker does.

In a season for load work the solver would take longer than the whole seeding: there staff ask by hand.
"""

from datetime import datetime, timedelta

from accounts.models import Sector
from core.canonical import plain
from grants.formulas.assigning import Paper, Reader, Task
from grants.formulas.languages import language_of
from grants.models import Application, AssignmentRun
from grants.queries.assigning_result import compute
from grants.queries.rules import seed_for
from grants.queries.tiers import tier_of
from portal.demo import plan
from portal.demo.season import Case, Judge, Opened, Season

ASKED_BEFORE, DONE_AFTER = timedelta(minutes=9), timedelta(seconds=4)
MILLISECONDS = 4_000
Pairs = dict[str, list[tuple[Judge, dict[str, object]]]]


def computed(season: Season, opened: Opened, cases: list[Case], at: datetime) -> Pairs:
    """Application -> its experts with why each was chosen; the run, applied at that moment, is kept with the call."""
    if season.size > plan.LARGE:
        return {}
    task = Task(
        papers=tuple(_paper(case) for case in cases),
        readers=_readers(season, opened),
        each=opened.call.reviews_needed,
        seed=str(seed_for(opened.newest_rules, "assignment")),
    )
    found = compute(task)
    opened.assigned = AssignmentRun(
        public_id=season.invent.public_id(),
        call=opened.call,
        seed=task.seed,
        inputs=plain(found.inputs),
        inputs_sha256=found.inputs_sha256,
        result=plain(found.result),
        result_sha256=found.result_sha256,
        progress=100,
        asked_at=at - ASKED_BEFORE,
        asked_by=season.accounts["secretary"],
        started_at=at - ASKED_BEFORE,
        finished_at=at - ASKED_BEFORE + DONE_AFTER,
        milliseconds=MILLISECONDS,
        applied_at=at,
        applied_by=season.accounts["secretary"],
    )
    judges = {judge.user.public_id: judge for judge in season.panel}
    pairs: Pairs = {}
    for row in found.result["pairs"]:
        pairs.setdefault(row["application"], []).append((judges[row["expert"]], row))
    return pairs


def _paper(case: Case) -> Paper:
    """As `grants.queries.assigning_inputs` reads it: the language is told by the letters."""
    texts = [case.title, case.summary, *(text for text in case.answers.values() if isinstance(text, str))]
    tier = tier_of(Application(call=case.opened.call, amount_requested=case.asked))
    return Paper(case.public_id, case.organisation.sector.code, language_of(" ".join(texts)), str(tier.value))


def _readers(season: Season, opened: Opened) -> tuple[Reader, ...]:
    """Everybody on the list: no review of another call is open at that time."""
    codes = dict(Sector.objects.values_list("pk", "code"))
    found = []
    for judge in season.panel:
        high = min(opened.call.load_max, judge.expert.max_load)
        sectors = frozenset(codes[pk] for pk in judge.sectors)
        low = min(opened.call.load_min, high)
        found.append(Reader(judge.user.public_id, sectors, frozenset(judge.expert.languages), low, high))
    return tuple(found)


def store_run(season: Season, opened: Opened, cases: list[Case]) -> None:
    """The row, and the trail of asking, computing and applying."""
    run, add = opened.assigned, season.history.add
    if run is None or run.applied_at is None or run.finished_at is None:
        return
    run.save(force_insert=True)
    hashes = {"inputs": run.inputs_sha256, "result": run.result_sha256}
    add(run.asked_at, "assignment_run.ask", run, by=run.asked_by, call=opened.call.public_id, replaces=None, relaxed=[])
    add(run.finished_at, "assignment_run.compute", run, by=None, **hashes, status=run.result["status"])
    given: dict[int, list[str]] = {}
    for case in sorted(cases, key=lambda one: one.public_id):
        for opinion in case.opinions:
            if opinion.why:
                given.setdefault(opinion.judge.expert.pk, []).append(case.public_id)
    for expert, applications in sorted(given.items()):
        data = {"expert": expert, "applications": applications}
        add(run.applied_at, "assignment_run.assign", run, by=run.applied_by, **data)
    made = sum(len(rows) for rows in given.values())
    add(run.applied_at, "assignment_run.apply", run, by=run.applied_by, **hashes, made=made, taken_back=0)
