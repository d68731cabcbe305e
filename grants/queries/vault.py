"""The vault of an organisation as its members read it: what each document is, by the newest title of its key."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from accounts.models import Organisation
from core import clock
from documents.models import VaultEntry
from grants.models import DocumentRequirement

SOON = timedelta(days=14)


@dataclass(frozen=True)
class VaultLine:
    """One document of the vault."""

    entry: VaultEntry
    title: Any

    @property
    def standing(self) -> str:
        """`over`, `soon` or `good`: whether it is offered, and for how long."""
        until, today = self.entry.expires_on, clock.today()
        if until is None or until >= today + SOON:
            return "good"
        return "soon" if until >= today else "over"


def vault_of(organisation: Organisation, user: Any) -> list[VaultLine]:
    """Every document of the vault, newest first; nothing for who is no member. Two queries."""
    entries = VaultEntry.objects.visible_to(user).filter(organisation=organisation, document__erased_at=None)
    found = list(entries.select_related("document"))
    kinds = {entry.kind for entry in found}
    titles = {row.key: row.title for row in DocumentRequirement.objects.filter(key__in=kinds).order_by("pk")}
    return [VaultLine(entry, titles.get(entry.kind, entry.kind)) for entry in found]
