"""The clock's doorway to the portal app: downloads of one's data, retention. Every task is safe to run twice."""

from celery import shared_task

from portal.actions import personal_data, retention
from portal.models import DataExport


@shared_task
def make_data_export(export_id: int) -> bool:
    """Makes one download, if it is still waiting."""
    export = DataExport.objects.waiting().filter(pk=export_id).select_related("user").first()
    return bool(export and personal_data.make_export(export).ready_at)


@shared_task
def sweep_data_exports() -> int:
    """Downloads whose wake-up was lost are made; files older than a day are erased."""
    waiting = list(DataExport.objects.waiting().values_list("pk", flat=True))
    for export_id in waiting:
        make_data_export.delay(export_id)
    return len(waiting) + personal_data.drop_old_exports()


@shared_task
def erase_what_is_due() -> dict[str, int]:
    """Once a day: what is past its years and on no hold."""
    return retention.erase_what_is_due()
