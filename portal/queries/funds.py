"""What the public may know of the fund's portfolio: title and sector of projects that count, no sum of any of them."""

from django.db.models import QuerySet

from funds.models import Project
from funds.queries.progress import Progress


def public_projects(progress: Progress) -> QuerySet[Project]:
    """Projects that were paid, in the order of their titles' making."""
    return (
        Project.objects.filter(pk__in=progress.first_paid_on)
        .select_related("sector")
        .order_by("sector__position", "pk")
    )
