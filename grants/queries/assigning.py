"""Whom staff may ask for a review, and which applications lack one."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Membership
from grants.models import Application, Assignment, Call, Conflict, Expert
from grants.statuses import ApplicationStatus, ConflictKind

TO_DO = Q(assignments__returned_at=None, assignments__application__status=ApplicationStatus.ELIGIBLE) & (
    Q(assignments__review=None) | Q(assignments__review__submitted_at=None)
)
LIVE = Q(assignments__returned_at=None)


@dataclass(frozen=True)
class Choice:
    """One expert as the assigning page shows them; `refusal` says why they cannot be asked, or nothing."""

    expert: Expert
    load: int
    fits_sector: bool
    refusal: str
    is_conflict: bool


def with_load(experts: QuerySet[Expert]) -> QuerySet[Expert]:
    """Experts with `load`: how many reviews they still have to do."""
    return experts.annotate(load=Count("assignments", filter=TO_DO, distinct=True))


def choices(application: Application) -> list[Choice]:
    """Active experts who are not asked yet: free ones first (sector, then load), then the refused with the reason."""
    asked = set(application.assignments.filter(returned_at=None).values_list("expert_id", flat=True))
    experts = with_load(Expert.objects.filter(is_active=True)).select_related("user").prefetch_related("sectors")
    reasons = _conflicts(application)
    found = [_choice(expert, application, reasons) for expert in experts if expert.pk not in asked]
    return sorted(found, key=lambda c: (bool(c.refusal), not c.fits_sector, c.load, str(c.expert)))


def _conflicts(application: Application) -> dict[str, Any]:
    """Everything that may block: written rows by expert, members of the organisation, its numbers."""
    written = Conflict.objects.live().filter(application=application)
    members = Membership.objects.filter(organisation=application.organisation_id)
    return {
        "written": {row.expert_id: row for row in written},
        "members": set(members.values_list("user_id", flat=True)),
        "numbers": {n for n in (application.organisation.identifier, application.organisation.head_iin) if n},
    }


def _choice(expert: Any, application: Application, reasons: dict[str, Any]) -> Choice:
    conflict = _conflict_in_words(expert, reasons)
    full = _("Has as many applications as they can read") if expert.load >= expert.max_load else ""
    return Choice(
        expert=expert,
        load=expert.load,
        fits_sector=any(sector.pk == application.sector_id for sector in expert.sectors.all()),
        refusal=conflict or full,
        is_conflict=bool(conflict),
    )


def _conflict_in_words(expert: Expert, reasons: dict[str, Any]) -> str:
    row = reasons["written"].get(expert.pk)
    if row:
        kind = row.get_kind_display()
        return f"{kind}: {row.note}" if row.note else str(kind)
    if expert.user_id in reasons["members"]:
        return str(ConflictKind.MEMBERSHIP.label)
    if expert.user.iin and expert.user.iin in reasons["numbers"]:
        return str(ConflictKind.IDENTIFIER.label)
    return ""


def assigned(application: Application) -> QuerySet[Assignment]:
    """Who has been asked, those that went back last."""
    rows = application.assignments.select_related("expert__user", "review")
    return rows.order_by(F("returned_at").asc(nulls_first=True), "pk")


def with_review_counts(call: Call) -> QuerySet[Any]:
    """Eligible applications of a call with `asked` and `done` reviews; those that lack most stand first."""
    return (
        Application.objects.filter(call=call, status=ApplicationStatus.ELIGIBLE)
        .select_related("sector", "organisation")
        .annotate(
            asked=Count("assignments", filter=LIVE, distinct=True),
            done=Count("assignments", filter=LIVE & Q(assignments__review__submitted_at__isnull=False), distinct=True),
        )
        .order_by("asked", "done", "number")
    )
