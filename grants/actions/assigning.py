"""Computed assignments: asked for by staff, computed by a worker, applied in one transaction.

Applying computes the inputs anew and compares their hash: what was computed from something else is never applied.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.canonical import plain, sha256_of
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from core.working_days import add_working_days
from grants import policy
from grants.actions.conflicts import end_assignment
from grants.actions.experts import tell_batch
from grants.formulas.assigning import as_plain
from grants.formulas.assigning_relax import Relaxation
from grants.models import Application, Assignment, AssignmentRun, Call, Expert, ExtraReview
from grants.queries.assigning_inputs import REASSIGNED, REPLACED, pair_of, standing, task_of
from grants.queries.assigning_result import VERSION, compute, pairs_of
from grants.queries.conflicts import conflicting_pairs
from grants.statuses import ApplicationStatus, CallStatus

GIVEN_UP = timedelta(minutes=10)  # a worker that was killed has its run taken over after so long


def _refuse_stranger(by: Any) -> None:
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary assigns experts."), code="not_allowed")


@transaction.atomic
def ask_run(
    call: Call, *, by: Any, relaxed: Iterable[Relaxation] = (), replaces: Expert | None = None
) -> AssignmentRun:
    """Asks for an assignment of the call: a worker computes it. `replaces`: an expert who cannot read any more, whose
    open reviews go to others while everything else stays.

    Raises Refused where one is being computed, where nothing is to be read, and where nobody may read.
    """
    _refuse_stranger(by)
    call = lock(call)
    if AssignmentRun.objects.waiting().filter(call=call).exists():
        raise Refused(_("An assignment is being computed. Wait until it is there."), code="running")
    if call.status != CallStatus.PUBLISHED or not call.applications.filter(status=ApplicationStatus.ELIGIBLE).exists():
        raise Refused(_("No application of this call is with the experts now."), code="nothing")
    if not Expert.objects.filter(is_active=True).exists():
        raise Refused(_("There is no active expert. Add one first."), code="nobody")
    if replaces and not Assignment.objects.to_do().filter(expert=replaces, application__call=call).exists():
        raise Refused(_("This expert has no open review in this call."), code="nothing_open")
    run = AssignmentRun.objects.create(
        call=call, replaces=replaces, relaxed=[vars(one).copy() for one in relaxed], asked_by=by
    )
    data = {"call": call.public_id, "replaces": replaces and replaces.pk, "relaxed": run.relaxed}
    record("assignment_run.ask", run, by=by, data=data)
    return run


def compute_run(run_id: int) -> AssignmentRun | None:
    """Computes a run that is waiting; None where another worker has it. Safe to run twice: a claim is a conditional
    update, and what is finished stays."""
    now = clock.now()
    free = AssignmentRun.objects.waiting().filter(pk=run_id)
    claimed = free.filter(started_at=None) | free.filter(started_at__lt=now - GIVEN_UP)
    if not claimed.update(started_at=now, progress=10):
        return None
    run = AssignmentRun.objects.select_related("call", "replaces__user").get(pk=run_id)
    begun = time.perf_counter()
    task = task_of(run.call, relaxations_of(run), run.replaces)
    AssignmentRun.objects.filter(pk=run_id).update(progress=40)
    computed = compute(task)
    with transaction.atomic():
        kept = AssignmentRun.objects.waiting().filter(pk=run_id, started_at=now)
        done = kept.update(
            seed=task.seed,
            inputs=computed.inputs,
            inputs_sha256=computed.inputs_sha256,
            result=computed.result,
            result_sha256=computed.result_sha256,
            milliseconds=round((time.perf_counter() - begun) * 1000),
            progress=100,
            finished_at=clock.now(),
        )
        if not done:
            return None
        run.refresh_from_db()
        hashes = {"inputs": run.inputs_sha256, "result": run.result_sha256, "status": run.result["status"]}
        record("assignment_run.compute", run, by=None, data=hashes)
    return run


def relaxations_of(run: AssignmentRun) -> list[Relaxation]:
    """What staff have given way in for this run."""
    return [Relaxation(**row) for row in run.relaxed]


@transaction.atomic
def apply_run(run: AssignmentRun, *, by: Any) -> AssignmentRun:
    """Asks the experts of a full result and takes back what it gives to others, all or nothing; each expert gets one
    letter. What is read or done already stays where it is.

    Raises Refused where it is not full, was applied, or anything it was computed from has changed since: a conflict of
    interest, an application that left, a review that was begun, a pin.
    """
    _refuse_stranger(by)
    call = lock(run.call)
    run = lock(run)
    if run.applied_at:
        return run  # the same press twice
    if not run.is_full:
        raise Refused(_("Only an assignment in which every application has its experts is applied."), code="not_full")
    applications = _locked_applications(call)
    _refuse_stale(run, applications)
    live = list(
        Assignment.objects.live()
        .filter(application__in=applications.values())
        .select_related("application", "expert__user", "review")
    )
    wanted = pairs_of(run)
    back = [row for row in live if pair_of(row) not in wanted and standing(row) != "review"]
    for row in back:
        end_assignment(row, REPLACED if row.expert_id == run.replaces_id else REASSIGNED)
    made = _ask(run, applications, wanted - {pair_of(row) for row in live}, by)
    run.applied_at, run.applied_by = clock.now(), by
    run.save(update_fields=["applied_at", "applied_by"])
    hashes = {"inputs": run.inputs_sha256, "result": run.result_sha256}
    record("assignment_run.apply", run, by=by, data={**hashes, "made": len(made), "taken_back": len(back)})
    return run


def _locked_applications(call: Call) -> dict[str, Application]:
    """Public id -> application that is with the experts, locked in one order."""
    rows = Application.objects.filter(call=call, status=ApplicationStatus.ELIGIBLE).select_related("organisation")
    return {row.public_id: row for row in rows.order_by("pk").select_for_update(of=("self",))}


def _refuse_stale(run: AssignmentRun, applications: dict[str, Application]) -> None:
    experts = {row.user.public_id: row.user for row in Expert.objects.select_related("user")}
    blocked = conflicting_pairs(applications.values(), experts.values())
    if any(
        paper in applications and (experts[reader].pk, applications[paper].pk) in blocked
        for paper, reader in pairs_of(run)
    ):
        raise Refused(
            _("A conflict of interest has come to light since this was computed. Nobody was asked: compute it again."),
            code="conflict",
        )
    now = {"version": VERSION, **as_plain(task_of(run.call, relaxations_of(run), run.replaces))}
    if sha256_of(plain(now)) != run.inputs_sha256:
        raise Refused(
            _(
                "Applications, experts or reviews have changed since this was computed. "
                "Nobody was asked: compute it again."
            ),
            code="stale",
        )


def _ask(
    run: AssignmentRun, applications: dict[str, Application], pairs: Iterable[tuple[str, str]], by: Any
) -> list[Any]:
    """The new assignments of a run with why each was made, and one letter for each expert."""
    why = {(row["application"], row["expert"]): row for row in run.result["pairs"]}
    experts = {row.user.public_id: row for row in Expert.objects.select_related("user")}
    due = add_working_days(clock.today(), run.call.review_working_days)
    made = Assignment.objects.bulk_create(
        Assignment(
            application=applications[paper],
            expert=experts[reader],
            due_on=due,
            assigned_by=by,
            run=run,
            why=why[paper, reader],
        )
        for paper, reader in sorted(pairs)
    )
    extra = {row.application_id: row for row in ExtraReview.objects.waiting().filter(application__call=run.call)}
    for row in made:
        wanted = extra.pop(row.application_id, None)
        if wanted:
            ExtraReview.objects.filter(pk=wanted.pk).update(assignment=row)
    by_expert: dict[Expert, list[Assignment]] = defaultdict(list)
    for row in made:
        by_expert[row.expert].append(row)
    for expert, rows in by_expert.items():
        data = {"expert": expert.pk, "applications": [row.application.public_id for row in rows]}
        record("assignment_run.assign", run, by=by, data=data)
        tell_batch(run, expert, rows)
    return made
