"""What the grants app tells a committee about the items that it put on its agenda (committees/queries/subjects.py)."""

from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.models import AgendaItem, Meeting
from committees.statuses import MeetingStatus
from core import clock
from core.canonical import sha256_of
from grants.models import Appeal, ApplicationItem, Call, Conflict, ScoreEntry
from grants.queries.ranking import RankingRow, rank_call
from grants.statuses import ApplicationStatus, Outcome

SUBJECT = "application"


def waiting_rows(call: Call) -> list[RankingRow]:
    """Eligible applications by rank, without a live decision and on no agenda that still waits for its vote."""
    on_agenda = set(
        ApplicationItem.objects.filter(application__call=call, item__closed_at=None)
        .exclude(item__meeting__status="cancelled")
        .values_list("application", flat=True)
    )
    return [
        row
        for row in rank_call(call).rows
        if row.application.status == ApplicationStatus.ELIGIBLE
        and row.decision is None
        and row.application.pk not in on_agenda
    ]


def bloc_name(code: str) -> str:
    """A bloc is called by its outcome."""
    return str(Outcome(code).label) if code in Outcome.values else code


def papers_of(items: list[AgendaItem]) -> dict[int, str]:
    """The dossier of each application."""
    rows = ApplicationItem.objects.filter(item__in=items).values_list("item", "application")
    return {item: reverse("admin:grants_application_change", args=[application]) for item, application in rows}


def closed_items(items: list[AgendaItem], *, user: Any) -> set[int]:
    """Keys of the items whose application a conflict of interest closes to the person."""
    rows = ApplicationItem.objects.filter(item__in=items, application__in=Conflict.objects.closing_to(user))
    return set(rows.values_list("item", flat=True))


def links_of(meeting: Meeting, item: AgendaItem | None) -> list[tuple[str, str]]:
    """The page that proposes something else about an item; the page that makes the agenda from a ranking."""
    if item is None:
        if meeting.status not in (MeetingStatus.PLANNED, MeetingStatus.OPEN):
            return []
        return [(_("Agenda from the ranking"), reverse("admin:grants_agenda_make", args=[meeting.public_id]))]
    if item.opened_at or item.closed_at:
        return []
    return [(_("Propose something else"), reverse("admin:grants_agenda_depart", args=[item.public_id]))]


def scores_sha256(rows: list[ApplicationItem]) -> dict[int, str]:
    """item's key -> the hash of every score that its application had when the vote was closed.

    Scores are append-only: whoever counts again later, whatever has been entered since, comes to the same hash.
    """
    entries: dict[int, list[Any]] = defaultdict(list)
    scores = ScoreEntry.objects.filter(review__assignment__application__in=[row.application_id for row in rows])
    for application, at, *score in scores.values_list(
        "review__assignment__application_id", "entered_at", "review_id", "criterion__key", "number", "score"
    ):
        entries[application].append((at, score))
    return {
        row.item_id: sha256_of(
            sorted(
                score for at, score in entries[row.application_id] if not row.item.closed_at or at <= row.item.closed_at
            )
        )
        for row in rows
    }


def facts_of(items: list[AgendaItem]) -> dict[int, dict[str, Any]]:
    """item's key -> what the minutes hold about it: ids, amounts, hashes; and the lines that they print."""
    related = ("item", "application__rules", "application__call", "run")
    large = ("run__inputs", "run__content", "application__rules__content")  # of which only the hashes are asked
    rows = list(ApplicationItem.objects.filter(item__in=items).select_related(*related).defer(*large))
    hashes = scores_sha256(rows)
    return {
        row.item_id: {
            "application": row.application.public_id,
            "number": row.application.number,
            "outcome": row.outcome,
            "amount": row.amount,
            "rank": row.rank,
            "departs": row.departs,
            "scores_sha256": hashes[row.item_id],
            "rules_sha256": row.application.rules.sha256,
            "ranking_sha256": row.run.sha256,
            "call": row.application.call.public_id,
        }
        for row in rows
    }


def orders_of(meeting: Meeting) -> list[tuple[str, str]]:
    """The orders behind the calls of a meeting: (what it made, the order)."""
    calls = Call.objects.filter(applications__agenda_items__item__meeting=meeting).distinct()
    found: dict[str, list[str]] = defaultdict(list)
    for call in calls.select_related("order", "experts_order").order_by("pk"):
        found["call"] += [str(call.order)] if call.order else []
        found["experts"] += [str(call.experts_order)] if call.experts_order else []
    return [(what, order) for what, orders in found.items() for order in orders]


def annexes_of(meeting: Meeting) -> list[dict[str, Any]]:
    """Of the whole meeting: the orders behind its calls, and what appeals came to by its end, where it has to do with
    them: it answered them, or their applications stand on its agenda.
    """
    until = meeting.closed_at or clock.now()
    appeals = Appeal.objects.filter(
        Q(item__meeting=meeting) | Q(application__agenda_items__item__meeting=meeting, answered_at__lte=until)
    ).distinct()
    found: list[dict[str, Any]] = [{"kind": f"order_{what}", "order": order} for what, order in orders_of(meeting)]
    for appeal in appeals.select_related("application").order_by("pk"):
        found.append(
            {
                "kind": "appeal",
                "appeal": appeal.public_id,
                "number": appeal.application.number,
                "outcome": appeal.outcome or "open",
            }
        )
    return found
