"""Steps that need two: one person proposes, another one confirms or turns down. Whoever calls it has checked the roles
(each app's `policy.py`) and does the step itself in the same transaction.
"""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Approval
from core import clock
from core.audit import record
from core.canonical import plain
from core.refusals import NotAllowed, Refused


@transaction.atomic
def propose(kind: str, row: models.Model, *, payload: dict[str, Any], reason: str = "", by: Any) -> Approval:
    """Writes down what is to be done to a row that the caller has locked. Raises Refused while one waits already."""
    if Approval.objects.waiting().about(row, kind).exists():
        raise Refused(_("This is proposed already and waits for a second person."), code="proposed_already")
    approval = Approval.objects.create(
        kind=kind,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        payload=plain(payload),
        reason=reason.strip(),
        proposed_by=by,
    )
    record("approval.propose", approval, by=by, data=_of(approval))
    return approval


@transaction.atomic
def confirm(kind: str, row: models.Model, *, payload: dict[str, Any] | None = None, by: Any) -> Approval:
    """The second person's yes to what waits about a row; the caller then does exactly what `payload` says.

    `payload`: what the step would do now; where it is no longer what was proposed, nothing is confirmed. Raises Refused
    where nothing waits or the row was changed since, NotAllowed where the same person proposed it.
    """
    approval = _waiting(kind, row)
    if approval.proposed_by_id == by.pk:
        raise NotAllowed(_("Another person must confirm: you proposed it yourself."), code="same_person")
    if payload is not None and plain(payload) != approval.payload:
        raise Refused(
            _("This was changed after it had been proposed. Turn the proposal down and propose it anew."),
            code="changed_since",
        )
    approval.confirmed_at, approval.confirmed_by = clock.now(), by
    approval.save(update_fields=["confirmed_at", "confirmed_by"])
    record("approval.confirm", approval, by=by, data=_of(approval))
    return approval


@transaction.atomic
def turn_down(kind: str, row: models.Model, *, by: Any) -> Approval:
    """A second person disagrees, or the first takes it back: nothing is done. Raises Refused where nothing waits."""
    approval = _waiting(kind, row)
    approval.turned_down_at, approval.turned_down_by = clock.now(), by
    approval.save(update_fields=["turned_down_at", "turned_down_by"])
    record("approval.turn_down", approval, by=by, data=_of(approval))
    return approval


def _waiting(kind: str, row: models.Model) -> Approval:
    """The one that waits, locked."""
    approval = Approval.objects.waiting().about(row, kind).select_for_update(of=("self",)).first()
    if approval is None:
        raise Refused(_("Nobody has proposed this, or it is settled already. Reload the page."), code="not_proposed")
    return approval


def _of(approval: Approval) -> dict[str, Any]:
    return {"kind": approval.kind, "object": approval.object_type, "key": approval.object_id}
