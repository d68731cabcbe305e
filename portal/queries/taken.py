"""Which files of lists were taken away, when and by whom, and whose applications stood in them: read from the trail."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from core.models import AuditEvent
from core.templatetags.words import moment
from grants.models import Export, ExternalCheckRound
from grants.queries.taken import applications_in_export, applications_in_round

EXPORT, ROUND = "export.take", "external_check.take"


@dataclass(frozen=True)
class Taken:
    """One press of «Download»: a list as a file, or a list of IIN and BIN for an outside check."""

    at: datetime
    by: str
    what: str
    applications: frozenset[int]

    def __str__(self) -> str:
        return f"{moment(self.at)} · {self.by} · {self.what}"


def taken_files(since: datetime, until: datetime, *, by: tuple[str, ...] = ()) -> list[Taken]:
    """In the window, the earliest first; `by` narrows it to these e-mails. Four queries and some for each file."""
    events = AuditEvent.objects.filter(verb__in=[EXPORT, ROUND], at__gte=since, at__lte=until)
    if by:
        events = events.filter(actor_id__in=User.objects.filter(email__in=[one.lower() for one in by]).values("pk"))
    rows = list(events.order_by("at", "pk"))
    people = User.objects.in_bulk([row.actor_id for row in rows if row.actor_id])
    exports = {str(one.public_id): one for one in Export.objects.filter(public_id__in=_ids(rows, EXPORT))}
    rounds = {str(one.public_id): one for one in ExternalCheckRound.objects.filter(public_id__in=_ids(rows, ROUND))}
    held = {key: (str(one), frozenset(applications_in_export(one))) for key, one in exports.items()}
    held |= {key: (str(one), frozenset(applications_in_round(one))) for key, one in rounds.items()}
    return [
        Taken(row.at, people[row.actor_id].email if row.actor_id in people else "", *held[row.object_id])
        for row in rows
        if row.object_id in held
    ]


def _ids(rows: list[AuditEvent], verb: str) -> list[str]:
    return [row.object_id for row in rows if row.verb == verb]
