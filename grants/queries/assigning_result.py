"""A computed assignment as plain values, and as rows that a page prints: why each pair, what changes, loads."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.canonical import sha256_of
from grants.formulas.assigning import Found, Pair, Task, as_plain, assign, cost_of_pair
from grants.formulas.assigning_relax import Impossible, relax
from grants.models import Application, AssignmentRun, Expert

VERSION = 1  # of the model: a result names it, so that an old one is never compared with a new formula


@dataclass(frozen=True)
class Computed:
    """Inputs and result of one run, each with its hash."""

    inputs: dict[str, Any]
    inputs_sha256: str
    result: dict[str, Any]
    result_sha256: str


def compute(task: Task) -> Computed:
    """Pure: the same task always gives the same values and hashes."""
    inputs = {"version": VERSION, **as_plain(task)}
    found = assign(task)
    result = _full(task, found) if found else _impossible(relax(task))
    return Computed(inputs, sha256_of(inputs), result, sha256_of(result))


def _full(task: Task, found: Found) -> dict[str, Any]:
    papers = {paper.key: paper for paper in task.papers}
    readers = {reader.key: reader for reader in task.readers}
    loads = found.loads
    pairs = []
    for paper, reader in found.pairs:
        one, other = papers[paper], readers[reader]
        pairs.append(
            {
                "application": paper,
                "expert": reader,
                "held": task.fixed.get((paper, reader), "kept" if (paper, reader) in task.kept else ""),
                "fits": one.sector in other.sectors,
                "language": one.language,
                "translation": one.language not in other.languages,
                "load": loads[reader],
                "most": task.capacity(other),
                "points": cost_of_pair(task, one, other),
            }
        )
    return {
        "status": "full",
        "cost": found.cost,
        "pairs": pairs,
        "loads": {key: loads[key] for key in sorted(readers)},
        "meetings": {str(n): count for n, count in sorted(Counter(found.meetings.values()).items())},
    }


def _impossible(stuck: Impossible) -> dict[str, Any]:
    return {
        "status": "impossible",
        "needed": stuck.needed,
        "capacity": stuck.capacity,
        "price": stuck.price,
        "relaxations": [vars(one).copy() for one in stuck.relaxations],
        "lacks": [
            {"application": lack.paper, "needed": lack.needed, "possible": lack.possible, "away": lack.kept_away}
            for lack in stuck.lacks
        ],
    }


@dataclass(frozen=True)
class Names:
    """What the codes of a run are called: applications by public id, experts by the public id of their person."""

    applications: dict[str, Application]
    experts: dict[str, Expert]


def names_in(inputs: Mapping[str, Any]) -> Names:
    """Two queries, however long the inputs are."""
    applications = Application.objects.filter(public_id__in=[row["key"] for row in inputs.get("papers", ())])
    experts = Expert.objects.filter(user__public_id__in=[row["key"] for row in inputs.get("readers", ())])
    return Names(
        {row.public_id: row for row in applications.select_related("sector", "organisation").order_by("pk")},
        {row.user.public_id: row for row in experts.select_related("user").order_by("pk")},
    )


def pairs_of(run: AssignmentRun) -> set[Pair]:
    """The pairs of a full result."""
    return {(row["application"], row["expert"]) for row in run.result.get("pairs", ())}
