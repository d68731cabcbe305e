"""What the grants app tells an appeal commission about the appeals on its agenda (committees/queries/subjects.py)."""

from typing import Any

from django.urls import reverse

from committees.models import AgendaItem
from core.canonical import sha256_of
from grants.models import Appeal, Conflict

SUBJECT = "appeal"


def papers_of(items: list[AgendaItem]) -> dict[int, str]:
    """The page of each appeal: its words, the score and the reasons that it is about."""
    rows = Appeal.objects.filter(item__in=items).values_list("item", "pk")
    return {item: reverse("admin:grants_appeal_change", args=[appeal]) for item, appeal in rows}


def facts_of(items: list[AgendaItem]) -> dict[int, dict[str, Any]]:
    """item's key -> what the minutes hold: which appeal, against what, the hash of its words; never the words."""
    rows = Appeal.objects.filter(item__in=items).select_related("application", "decision")
    return {
        row.item_id: {
            "appeal": row.public_id,
            "application": row.application.public_id,
            "number": row.application.number,
            "against": row.against,
            "decision": row.decision.public_id if row.decision else None,
            "text_sha256": sha256_of(row.text),
        }
        for row in rows
        if row.item_id
    }


def closed_items(items: list[AgendaItem], *, user: Any) -> set[int]:
    """Keys of the items whose application a conflict of interest closes to the person."""
    rows = Appeal.objects.filter(item__in=items, application__in=Conflict.objects.closing_to(user))
    return {item for item in rows.values_list("item", flat=True) if item}
