"""The clock's doorway to the grants app: reminders, late corrections. Every task is safe to run twice."""

from celery import shared_task

from grants.actions import (
    annulments,
    assigning,
    conflicts,
    corrections,
    exports,
    holding,
    offers,
    registers,
    reminders,
    signing,
)
from grants.models import AssignmentRun, Call, Export
from grants.statuses import CallStatus


@shared_task
def remind_deadlines() -> int:
    """Drafts whose call closes soon, reviews that are due soon, contracts that are to be signed soon."""
    return reminders.remind_drafts() + reminders.remind_reviews() + signing.remind_contracts()


@shared_task
def close_late_corrections() -> int:
    """Corrections that nobody answered in time go back to the officer as they were sent."""
    return sum(corrections.close_late_correction(pk) for pk in corrections.late_corrections())


@shared_task
def note_conflicts() -> int:
    """What the data show between applicants and those who may judge them, in every call that is not decided yet."""
    return sum(conflicts.note_conflicts_of(call) for call in Call.objects.filter(status=CallStatus.PUBLISHED))


@shared_task
def compute_assignment(run_id: int) -> bool:
    """One computed assignment, if it is still waiting."""
    return assigning.compute_run(run_id) is not None


@shared_task
def sweep_assignment_runs() -> int:
    """Runs whose wake-up was lost, or whose worker was killed."""
    return sum(compute_assignment(pk) for pk in AssignmentRun.objects.waiting().values_list("pk", flat=True))


@shared_task
def close_offers_and_holds() -> int:
    """Offers that nobody answered and contracts that nobody signed in time lapse and the reserve list moves up; what a
    court annulled goes back; a share that was held back is free once appeals are over.
    """
    lapsed = sum(offers.lapse_award(pk) for pk in offers.late_offers())
    lapsed += sum(signing.lapse_contract(pk) for pk in signing.late_contracts())
    acts = annulments.annulled_and_not_returned()
    return (
        lapsed + sum(annulments.return_annulled(act, by=act.annulled_by) for act in acts) + holding.free_all_held_back()
    )


@shared_task
def make_export(export_id: int) -> bool:
    """One file, if nobody else makes it."""
    return exports.make_export(export_id) is not None


@shared_task
def sweep_exports() -> int:
    """Files whose wake-up was lost or whose worker died are made; those that are some days old are erased."""
    waiting = list(Export.objects.free().values_list("pk", flat=True))
    for export_id in waiting:
        make_export.delay(export_id)
    return len(waiting) + exports.drop_old_exports()


@shared_task
def write_register(batch_id: int) -> bool:
    """The files of one checked register, if nobody else writes them."""
    return registers.write_register(batch_id) is not None


@shared_task
def sweep_registers() -> int:
    """Registers whose wake-up was lost, or whose worker died over them."""
    waiting = registers.unwritten_registers()
    for batch_id in waiting:
        write_register.delay(batch_id)
    return len(waiting)
