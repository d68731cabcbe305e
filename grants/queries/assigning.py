"""Whom staff may ask for a review, and which applications lack one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from grants.models import Application, Assignment, Call, Conflict, Expert
from grants.queries.blind import KNOWS_APPLICANTS, who_knows_applicants
from grants.queries.conflicts import conflicting_pairs
from grants.statuses import ApplicationStatus

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
    people = [expert.user for expert in experts]
    words = _conflicts(application, people)
    for key in who_knows_applicants(application.call, people):
        words.setdefault(key, str(KNOWS_APPLICANTS))
    found = [
        _choice(expert, application, words.get(expert.user_id, "")) for expert in experts if expert.pk not in asked
    ]
    return sorted(found, key=lambda c: (bool(c.refusal), not c.fits_sector, c.load, str(c.expert)))


def _conflicts(application: Application, people: Iterable[User]) -> dict[int, str]:
    """Person -> why they may not judge it, in words: what is written with its note, else what the data show."""
    pairs = conflicting_pairs([application], people)
    words = {person: str(kind.label) for (person, _application), kind in pairs.items()}
    for row in Conflict.objects.live().filter(application=application).exclude(note=""):
        words[row.person_id] = f"{row.get_kind_display()}: {row.note}"
    return words


def _choice(expert: Any, application: Application, conflict: str) -> Choice:
    full = _("Has as many applications as they can read") if expert.load >= expert.max_load else ""
    return Choice(
        expert=expert,
        load=expert.load,
        fits_sector=any(sector.pk == application.sector_id for sector in expert.sectors.all()),
        refusal=conflict or full,
        is_conflict=bool(conflict),
    )


def assigned(application: Application) -> QuerySet[Assignment]:
    """Who has been asked, those that went back last."""
    rows = application.assignments.select_related("expert__user", "review")
    return rows.order_by(F("returned_at").asc(nulls_first=True), "pk")


def with_review_counts(call: Call, reader: Any) -> QuerySet[Any]:
    """Eligible applications of a call with `asked` and `done` reviews; those that lack most stand first. What a
    conflict of interest closes to the reader is left out.
    """
    return (
        Application.objects.filter(call=call, status=ApplicationStatus.ELIGIBLE)
        .exclude(pk__in=Conflict.objects.closing_to(reader))
        .select_related("sector", "organisation")
        .annotate(
            asked=Count("assignments", filter=LIVE, distinct=True),
            done=Count("assignments", filter=LIVE & Q(assignments__review__submitted_at__isnull=False), distinct=True),
        )
        .order_by("asked", "done", "number")
    )
