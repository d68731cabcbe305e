"""A court act annuls a resolution: a new row; what follows from it is the business of the app of the item."""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from committees import policy
from committees.models import Annulment, Resolution
from committees.statuses import Verdict
from core.audit import record
from core.refusals import NotAllowed, Refused
from documents.actions.store import atomic_with_files, store_upload


@atomic_with_files()
def annul(
    resolution: Resolution,
    *,
    court: str,
    act_number: str,
    act_date: date,
    reasons: tuple[str, str],
    scan: File | None = None,
    by: Any,
) -> Annulment:
    """Enters the act with its scan. Raises Refused for what was not adopted, is annulled already, or lacks reasons."""
    if not policy.may_annul(by):
        raise NotAllowed(_("Only an administrator enters a court act."), code="not_allowed")
    if resolution.verdict != Verdict.ADOPTED or Annulment.objects.filter(resolution=resolution).exists():
        raise Refused(_("Only an adopted resolution that stands is annulled."), code="not_standing")
    if not all(text.strip() for text in (*reasons, court, act_number)):
        raise Refused(_("Name the court, the act and the reason in both languages."), code="no_reason")
    row = Annulment.objects.create(
        resolution=resolution,
        meeting=resolution.item.meeting,
        court=court.strip(),
        act_number=act_number.strip(),
        act_date=act_date,
        reason_kk=reasons[0].strip(),
        reason_ru=reasons[1].strip(),
        document=store_upload(scan, by=by) if scan else None,
        annulled_by=by,
    )
    record("resolution.annul", resolution, by=by, data={"act": row.act_number, "act_date": row.act_date})
    return row
