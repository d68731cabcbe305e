"""Earlier applications from which a new one may begin."""

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from grants.models import Application, Call

MOST = 10


def earlier_of(organisation: Organisation, call: Call) -> QuerySet[Application]:
    """The organisation's applications with something in them, newest first; empty where this call has a live one."""
    mine = Application.objects.filter(organisation=organisation)
    if mine.live().filter(call=call).exists():
        return mine.none()
    worth = mine.filter(Q(number__isnull=False) | ~Q(title=""))
    newest = worth.order_by("-pk").values("pk")[:MOST]
    return mine.filter(pk__in=list(newest.values_list("pk", flat=True))).select_related("call")
