"""Whose applications stood in a file that was taken away: for the list of people that a breach touched."""

from collections import defaultdict
from typing import Any

from django.db.models import Q

from grants.models import Application, Assignment, Conflict, Export, ExternalCheckRound
from grants.queries.exceptions import applications_of
from grants.queries.external_checks import sent_rows
from grants.statuses import ExceptionKind, ExportKind

THROUGH: dict[str, Any] = {ExportKind.CONFLICTS: Conflict, ExportKind.ASSIGNMENTS: Assignment}


def applications_in_export(export: Export) -> set[int]:
    """Keys of the applications whose rows it holds."""
    if export.kind == ExportKind.REGISTER:
        named: dict[str, list[int]] = defaultdict(list)
        for key in export.rows:
            kind, _colon, pk = key.partition(":")
            named[kind].append(int(pk))
        return {key for kind, pks in named.items() for key in applications_of(ExceptionKind(kind), pks)}
    through = THROUGH.get(export.kind)
    if through is None:
        return set(export.rows)
    return set(through.objects.filter(pk__in=export.rows).values_list("application", flat=True))


def applications_in_round(checks: ExternalCheckRound) -> set[int]:
    """Keys of the applications whose IIN or BIN it holds; of a list that is erased, those that its answer was written
    down for.
    """
    numbers = set() if checks.sent.erased_at else set(sent_rows(checks))
    rows = Application.objects.filter(Q(number__in=numbers) | Q(checks__external_round=checks))
    return set(rows.values_list("pk", flat=True))
