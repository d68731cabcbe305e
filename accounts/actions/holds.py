"""Setting and lifting a legal hold."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import LegalHold
from accounts.policy import may_hold
from core import clock
from core.audit import record
from core.refusals import NotAllowed, Refused
from core.workflow import lock


@transaction.atomic
def set_hold(about: str, *, reason: str, by: Any) -> LegalHold:
    """From now on nothing about this person or record is erased. Raises NotAllowed, and Refused without a reason."""
    _check(by)
    if not about.strip() or not reason.strip():
        raise Refused(_("Give what is held (a public id or a number) and the reason."), code="incomplete")
    hold = LegalHold.objects.create(about=about.strip(), reason=reason.strip(), set_by=by)
    record("hold.set", hold, by=by, data={"about": hold.about})
    return hold


@transaction.atomic
def lift_hold(hold: LegalHold, *, by: Any) -> LegalHold:
    """The clock may erase again what is past its years. Lifting twice is one lifting."""
    _check(by)
    hold = lock(hold)
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by = clock.now(), by
        hold.save(update_fields=["lifted_at", "lifted_by"])
        record("hold.lift", hold, by=by, data={"about": hold.about})
    return hold


def _check(by: Any) -> None:
    if not may_hold(by):
        raise NotAllowed(_("Only an administrator may do this."), code="not_allowed")
