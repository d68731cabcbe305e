"""What the staff's page of an assignment prints: who reads what and why, loads, what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.statuses import Language
from core.charts import BarChart, bar_chart
from grants.models import Application, Assignment, AssignmentRun, Call, Expert, Pin
from grants.queries.assigning_inputs import pair_of
from grants.queries.assigning_result import Names, names_in, pairs_of
from grants.queries.assigning_words import pair_words, relaxation_words, stuck_words
from grants.statuses import ApplicationStatus, PinKind


@dataclass(frozen=True)
class Seat:
    """One expert at an application; `is_new`: not asked yet."""

    expert: str
    why: list[str]
    is_new: bool


@dataclass(frozen=True)
class Panel:
    """The experts of one application."""

    application: Application | None
    language: str
    seats: list[Seat]


@dataclass(frozen=True)
class Shown:
    """A finished run, ready for the template."""

    panels: list[Panel]
    chart: BarChart
    new: int
    back: int
    stuck: list[str]
    relaxations: list[str]


def shown(run: AssignmentRun) -> Shown:
    """Three queries: names of applications and experts, who is asked now."""
    known = names_in(run.inputs)
    now = Assignment.objects.live().filter(application__call=run.call_id).select_related("application", "expert__user")
    asked = {pair_of(row) for row in now}
    wanted = pairs_of(run)
    result = run.result
    return Shown(
        panels=_panels(result, known, asked),
        chart=load_chart(run, known),
        new=len(wanted - asked),
        back=len(asked - wanted) if run.is_full else 0,
        stuck=stuck_words(result, known) if not run.is_full else [],
        relaxations=[relaxation_words(one, known) for one in result.get("relaxations", ())],
    )


def _panels(result: Mapping[str, Any], known: Names, asked: set[tuple[str, str]]) -> list[Panel]:
    found = []
    for key, rows in groupby(result.get("pairs", ()), key=lambda row: row["application"]):
        pairs = list(rows)
        seats = [Seat(_name(known, row["expert"]), pair_words(row), (key, row["expert"]) not in asked) for row in pairs]
        found.append(Panel(known.applications.get(key), str(Language(pairs[0]["language"]).label), seats))
    return sorted(found, key=lambda panel: (panel.application.number or "") if panel.application else "")


def load_chart(run: AssignmentRun, known: Names) -> BarChart:
    """Applications of each expert, the fullest first; the label says of how many at most."""
    most = {row["key"]: row["high"] for row in run.inputs.get("readers", ())}
    loads = sorted(run.result.get("loads", {}).items(), key=lambda item: (-item[1], _name(known, item[0])))
    rows = [
        (_("%(expert)s, at most %(most)s") % {"expert": _name(known, key), "most": most.get(key, 0)}, load)
        for key, load in loads
    ]
    return bar_chart(rows, title=_("Applications of each expert"), description=_("The fullest stands first."))


def _name(known: Names, key: str) -> str:
    expert = known.experts.get(key)
    return str(expert) if expert else "—"


def newest_run(call: Call) -> AssignmentRun | None:
    """The last one that was asked for."""
    return call.assignment_runs.select_related("asked_by", "applied_by", "replaces__user").order_by("-pk").first()


def earlier_runs(call: Call) -> QuerySet[AssignmentRun]:
    """The few before it, for their hashes; without what is heavy."""
    rows = call.assignment_runs.filter(finished_at__isnull=False).defer("inputs").select_related("asked_by")
    return rows.order_by("-pk")[:6]


@dataclass(frozen=True)
class PinRow:
    """A pin with a word where a conflict of interest stands against it."""

    pin: Pin
    is_overtaken: bool


def pins_of(call: Call) -> list[PinRow]:
    """Live pins of the call; one that fixes a pair counts for nothing across a conflict. Two queries."""
    pins = list(
        Pin.objects.live()
        .filter(application__call=call, application__status=ApplicationStatus.ELIGIBLE)
        .select_related("application", "expert__user", "made_by")
        .order_by("-pk")
    )
    blocked = {
        (row.application_id, row.expert_id)
        for row in Pin.objects.live().filter(
            pk__in=[pin.pk for pin in pins],
            application__conflicts__lifted_at=None,
            application__conflicts__person_id=F("expert__user_id"),
        )
    }
    return [
        PinRow(pin, pin.kind == PinKind.TOGETHER and (pin.application_id, pin.expert_id) in blocked) for pin in pins
    ]


def replaceable(call: Call) -> QuerySet[Expert]:
    """Experts with an open review in the call."""
    open_ones = Assignment.objects.to_do().filter(application__call=call)
    return (
        Expert.objects.filter(assignments__in=open_ones)
        .distinct()
        .select_related("user")
        .order_by("user__display_name")
    )


def figures(call: Call) -> dict[str, int]:
    """How much there is to read and to give."""
    return {
        "applications": call.applications.filter(status=ApplicationStatus.ELIGIBLE).count(),
        "experts": Expert.objects.filter(is_active=True).count(),
    }
