"""Conflicts of interest that the data show: membership of the organisation, the same IIN."""

from django.db.models import Q, QuerySet

from grants.models import Application, Conflict, Expert
from grants.statuses import ConflictKind


def computed_conflict(expert: Expert, application: Application) -> ConflictKind | None:
    """Why the data say that this expert may not judge this application, or None."""
    organisation = application.organisation
    if organisation.memberships.filter(user=expert.user_id).exists():
        return ConflictKind.MEMBERSHIP
    iin = expert.user.iin
    if iin and iin in (organisation.identifier, organisation.head_iin):
        return ConflictKind.IDENTIFIER
    return None


def blocking_conflict(expert: Expert, application: Application) -> ConflictKind | None:
    """The conflict of interest that blocks this pair: a live row (declared, recorded), else what the data show."""
    kind = Conflict.objects.live().filter(expert=expert, application=application).values_list("kind", flat=True).first()
    return ConflictKind(kind) if kind else computed_conflict(expert, application)


def free_experts(application: Application) -> QuerySet[Expert]:
    """Active experts who may be asked: no live conflict, no membership, no shared IIN, not yet asked."""
    organisation = application.organisation
    blocked = Conflict.objects.live().filter(application=application).values("expert")
    asked = application.assignments.filter(returned_at=None).values("expert")
    numbers = [n for n in (organisation.identifier, organisation.head_iin) if n]
    return (
        Expert.objects.filter(is_active=True)
        .exclude(Q(pk__in=blocked) | Q(pk__in=asked))
        .exclude(user__memberships__organisation=organisation)
        .exclude(user__iin__in=numbers)
        .select_related("user")
    )
