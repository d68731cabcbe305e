"""Pairs that staff fix before a run, or keep apart."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.models import Application, Expert, Pin
from grants.queries.conflicts import blocking_conflict
from grants.statuses import ApplicationStatus, PinKind


def _refuse_stranger(by: Any) -> None:
    if not policy.may_assign_experts(by):
        raise NotAllowed(_("Only an officer or the secretary assigns experts."), code="not_allowed")


@transaction.atomic
def add_pin(application: Application, expert: Expert, *, kind: str, reason: str, by: Any) -> Pin:
    """Fixes a pair, or keeps it apart, for every run from now on; a later word about the same pair replaces it.

    Raises Refused without a reason, and for a pair that a conflict of interest blocks.
    """
    _refuse_stranger(by)
    application = lock(application, "organisation")
    if not reason.strip():
        raise Refused(_("Say in a few words why."), code="no_reason")
    if application.status != ApplicationStatus.ELIGIBLE:
        raise Refused(_("Experts read eligible applications only."), code="wrong_state")
    conflict = blocking_conflict(expert.user, application) if kind == PinKind.TOGETHER else None
    if conflict:
        raise Refused(
            _("This expert has a conflict of interest here (%(kind)s). Choose another.") % {"kind": conflict.label},
            code="conflict",
        )
    now = clock.now()
    Pin.objects.live().filter(application=application, expert=expert).update(removed_at=now, removed_by=by)
    pin = Pin.objects.create(application=application, expert=expert, kind=kind, reason=reason.strip(), made_by=by)
    record("pin.add", pin, by=by, data={"application": application.public_id, "expert": expert.pk, "kind": kind})
    return pin


@transaction.atomic
def remove_pin(pin: Pin, *, by: Any) -> Pin:
    """Takes it away; its row stays."""
    _refuse_stranger(by)
    pin = lock(pin)
    if pin.removed_at is None:
        pin.removed_at, pin.removed_by = clock.now(), by
        pin.save(update_fields=["removed_at", "removed_by"])
        record("pin.remove", pin, by=by)
    return pin
