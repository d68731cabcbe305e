"""What an assignment is computed from: applications, experts, conflicts, pins, reviews that stay. Literal queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from grants.formulas.assigning import Pair, Paper, Reader, Task
from grants.formulas.assigning_relax import Relaxation, with_relaxations
from grants.formulas.languages import language_of
from grants.models import Application, Assignment, Call, Expert, ExtraReview, Pin, StaffTranslation
from grants.queries.assigning import TO_DO
from grants.queries.blind import who_knows_applicants
from grants.queries.conflicts import conflicting_pairs
from grants.queries.rules import newest_rules, seed_for
from grants.queries.tiers import tier_of
from grants.statuses import ApplicationStatus, PinKind
from questionnaires.models import Answer

# Reasons of an assignment that a later run has given to somebody else: the expert may get it again, or may not.
REASSIGNED, REPLACED = "reassigned", "replaced"


@dataclass
class Read:
    """The rows of a call, read once."""

    applications: list[Application]
    experts: Sequence[Expert]
    assignments: list[Assignment]
    conflicts: set[Pair]
    pins: list[Pin]
    elsewhere: dict[str, int]


def seed_of(call: Call) -> str:
    """The seed by the frozen rules: nobody chooses it."""
    return str(seed_for(newest_rules(call), "assignment"))


def task_of(call: Call, relaxed: Iterable[Relaxation] = (), replaces: Expert | None = None) -> Task:
    """Everything that decides, as a pure task. `replaces`: only this expert's open reviews are given to others."""
    read = read_call(call)
    languages = _languages(read.applications)
    translated = _translated(read.applications)
    extra = set(
        ExtraReview.objects.waiting()
        .filter(application__in=read.applications)
        .values_list("application__public_id", flat=True)
    )
    fixed, kept = _held(read, replaces)
    task = Task(
        papers=tuple(
            Paper(
                key=row.public_id,
                sector=row.sector.code if row.sector else "",
                language=languages[row.pk],
                tier=str(tier_of(row).value),
                translated=frozenset(translated[row.pk]),
                more=int(row.public_id in extra),
            )
            for row in read.applications
        ),
        readers=tuple(_reader(row, call, read, fixed) for row in read.experts),
        each=call.reviews_needed,
        seed=seed_of(call),
        forbidden=_forbidden(read, fixed, replaces),
        fixed=fixed,
        kept=frozenset(kept),
    )
    return with_relaxations(_as_it_stands(task, read) if replaces else task, tuple(relaxed))


def read_call(call: Call) -> Read:
    """Eligible applications, experts who are active or at work here, assignments, conflicts, pins."""
    rows = Application.objects.filter(call=call, status=ApplicationStatus.ELIGIBLE).with_rules()
    applications = list(rows.select_related("sector", "organisation").order_by("public_id"))
    assignments = list(
        Assignment.objects.filter(application__in=applications).select_related("application", "expert__user", "review")
    )
    at_work = {row.expert_id for row in assignments if row.returned_at is None}
    elsewhere = Count("assignments", filter=TO_DO & ~Q(assignments__application__call=call), distinct=True)
    experts = list(
        Expert.objects.filter(Q(is_active=True) | Q(pk__in=at_work))
        .annotate(elsewhere=elsewhere)
        .select_related("user")
        .prefetch_related("sectors")
        .order_by("user__public_id")
    )
    knowing = who_knows_applicants(call, [row.user for row in experts])  # in a blind call, those who read dossiers
    experts = [row for row in experts if row.user_id not in knowing or row.pk in at_work]
    people = {row.user_id: row.user.public_id for row in experts}
    numbers = {row.pk: row.public_id for row in applications}
    blocked = conflicting_pairs(applications, [row.user for row in experts])
    return Read(
        applications,
        experts,
        assignments,
        {(numbers[application], people[person]) for person, application in blocked},
        list(Pin.objects.live().filter(application__in=applications).select_related("application", "expert__user")),
        {row.user.public_id: row.elsewhere for row in experts},
    )


def pair_of(row: Assignment | Pin) -> Pair:
    """An assignment or a pin as the pair of the formulas."""
    return (row.application.public_id, row.expert.user.public_id)


def standing(row: Assignment) -> str:
    """Why a live assignment stays: its review is in, or it is being read; empty where it may go to somebody else."""
    review = getattr(row, "review", None)
    if review and review.submitted_at:
        return "review"
    return "begun" if row.declared_at else ""


def _held(read: Read, replaces: Expert | None) -> tuple[dict[Pair, str], set[Pair]]:
    """(pairs that stay for good, pairs that rather stay)."""
    fixed: dict[Pair, str] = {}
    kept: set[Pair] = set()
    for pin in read.pins:
        if pin.kind == PinKind.TOGETHER and pair_of(pin) not in read.conflicts:
            fixed[pair_of(pin)] = "pin"
    for row in read.assignments:
        if row.returned_at is not None or pair_of(row) in read.conflicts:
            continue
        why = standing(row)
        if replaces is not None and row.expert_id == replaces.pk:
            if why == "review":
                fixed[pair_of(row)] = why
            else:
                fixed.pop(pair_of(row), None)
        elif why or replaces is not None:
            fixed[pair_of(row)] = why or "asked"
        else:
            kept.add(pair_of(row))
    return fixed, kept - fixed.keys()


def _forbidden(read: Read, fixed: dict[Pair, str], replaces: Expert | None) -> dict[Pair, str]:
    """Pairs that are never made: conflicts above all, then pins, what was handed back, and who is away."""
    found: dict[Pair, str] = {}
    if replaces is not None:
        found |= {(row.public_id, replaces.user.public_id): "away" for row in read.applications}
    found |= {
        (row.public_id, e.user.public_id): "away" for row in read.applications for e in read.experts if not e.is_active
    }
    for row in read.assignments:
        if row.returned_at is not None and row.returned_reason != REASSIGNED:
            found[pair_of(row)] = "returned"
    found |= {pair_of(pin): "apart" for pin in read.pins if pin.kind == PinKind.APART}
    found = {pair: why for pair, why in found.items() if pair not in fixed}
    return found | dict.fromkeys(read.conflicts, "conflict")


def _reader(row: Any, call: Call, read: Read, fixed: dict[Pair, str]) -> Reader:
    """An expert's bounds in this call: the call's, and what their own limit leaves beside other calls."""
    high = max(min(call.load_max, row.max_load - row.elsewhere), 0) if row.is_active else 0
    return Reader(
        key=row.user.public_id,
        sectors=frozenset(sector.code for sector in row.sectors.all()),
        languages=frozenset(row.languages or ["ru"]),
        low=min(call.load_min, high),
        high=high,
    )


def _as_it_stands(task: Task, read: Read) -> Task:
    """Each application needs as many experts as it has now: nobody else is asked but for the one who is replaced."""
    live = Counter(pair_of(row)[0] for row in read.assignments if row.returned_at is None)
    papers = tuple(Paper(**{**vars(paper), "more": live[paper.key] - task.each}) for paper in task.papers)
    readers = tuple(Reader(**{**vars(reader), "low": 0}) for reader in task.readers)
    names = ("each", "seed", "forbidden", "fixed", "kept", "weights")
    return Task(papers, readers, **{name: getattr(task, name) for name in names})


def _languages(applications: list[Application]) -> dict[int, str]:
    """Application -> the language it is written in: as staff say, else as its letters tell. One query."""
    unsaid = {row.answer_set_id: row for row in applications if not row.written_in}
    texts: dict[int, list[str]] = {row.pk: [row.title, row.summary] for row in unsaid.values()}
    for set_id, value in Answer.objects.filter(set__in=unsaid).order_by("pk").values_list("set_id", "value"):
        if isinstance(value, str):
            texts[unsaid[set_id].pk].append(value)
    return {row.pk: row.written_in or language_of(" ".join(texts[row.pk])) for row in applications}


def language_read(application: Application) -> str:
    """The language of one application. One query where staff have not said it."""
    return _languages([application])[application.pk]


def _translated(applications: list[Application]) -> dict[int, set[str]]:
    """Application -> languages that staff have put beside the original. One query."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = StaffTranslation.objects.live().filter(application__in=applications)
    for application, language in rows.values_list("application_id", "language"):
        found[application].add(language)
    return found
