"""The vault of an organisation: what was uploaded once, offered again while it is valid."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.policy import may_write_for
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from documents.models import Document, VaultEntry

MOST_YEARS = 30


def keep(organisation: Organisation, document: Document, *, kind: str, valid_days: int | None) -> None:
    """A step of an owner's action, which records the event: keeps a document for reuse, the same bytes once.

    A certificate holds `valid_days` from when it was issued; nobody knows yet when, so today is the best case, and a
    member may set an earlier date.
    """
    same = VaultEntry.objects.filter(organisation=organisation, kind=kind, document__sha256=document.sha256)
    if same.filter(document__erased_at=None).exists():
        return
    until = clock.today() + timedelta(days=valid_days) if valid_days else None
    VaultEntry.objects.create(organisation=organisation, document=document, kind=kind, expires_on=until)


@transaction.atomic
def set_expiry(entry: VaultEntry, until: date | None, *, by: Any) -> None:
    """Sets until when a document is valid; nothing means without end. Raises Refused for an odd year."""
    _refuse_others(entry, by)
    today = clock.today()
    if until and not today.year - MOST_YEARS <= until.year <= today.year + MOST_YEARS:
        raise Refused(_("Check the year of this date."), code="odd_date")
    VaultEntry.objects.filter(pk=entry.pk).update(expires_on=until)
    record("vault.set_expiry", entry, by=by, data={"until": until and until.isoformat()})


@transaction.atomic
def remove_entry(entry: VaultEntry, *, by: Any) -> None:
    """Takes a document out of the vault; applications that hold it keep it."""
    _refuse_others(entry, by)
    record("vault.remove", entry, by=by, data={"sha256": entry.document.sha256})
    entry.delete()


def _refuse_others(entry: VaultEntry, by: Any) -> None:
    if not may_write_for(by, entry.organisation):
        raise NotAllowed(_("Only an owner or an editor of the organisation may change this."), code="not_allowed")
