"""A decision never changes; it is voided, and then its money is free again (a trigger gives it back)."""

from typing import Any

from core import clock
from core.audit import record
from grants.models import Decision


def void_decision(decision: Decision, kind: str, *, by: Any) -> None:
    """Part of an action that holds the year's lock: the mark, why, by whom (None: a rule), and the audit event."""
    Decision.objects.filter(pk=decision.pk, voided_at=None).update(voided_at=clock.now(), voided_by=by, void_kind=kind)
    record("decision.void", decision, by=by, data={"reason": str(kind)})
