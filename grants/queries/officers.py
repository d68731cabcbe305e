"""Who screens the next application that is sent."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.statuses import Role
from grants.models import Application
from grants.statuses import ApplicationStatus


def next_officer() -> Subquery:
    """The active officer who has the fewest applications to screen: each submitted application has one.

    Counted out of the index of what waits, so that what was screened in other years costs nothing.
    """
    waiting = Application.objects.filter(officer=OuterRef("pk"), status=ApplicationStatus.SUBMITTED)
    load = waiting.order_by().values("officer").annotate(count=Count("pk")).values("count")
    officers = User.objects.filter(is_active=True, groups__name=Role.OFFICER)
    return Subquery(officers.order_by(Coalesce(Subquery(load), 0), "pk").values("pk")[:1])
