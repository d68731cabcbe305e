"""A court act annuls a resolution: what was decided by it is void, and its applications go back to the commission."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from committees.models import Annulment
from core.audit import record
from core.refusals import NotAllowed
from core.text import pick
from core.workflow import apply_move, lock
from grants import policy
from grants.actions.contracts import set_void
from grants.actions.letters import tell_owners
from grants.actions.voiding import void_decision
from grants.models import Application, Award, Contract, Decision, ProgrammeYear
from grants.statuses import AWARDS_OVER, ApplicationStatus, VoidKind
from grants.workflow import APPLICATION, AWARD

RETURNS = frozenset({ApplicationStatus.AWARDED, ApplicationStatus.RESERVED, ApplicationStatus.DECLINED})


@transaction.atomic
def return_annulled(annulment: Annulment, *, by: Any) -> bool:
    """Voids the decision that followed an annulled resolution (the act's row says why), ends its award, and returns the
    application to the commission; the owners are told. Safe to run twice: a later decision is left alone.

    Raises NotAllowed for others than the secretary or an administrator.
    """
    if not policy.may_return_annulled(by):
        raise NotAllowed(_("Only the secretary or an administrator enters a court's act."), code="not_allowed")
    found = Application.objects.filter(agenda_items__item__resolution=annulment.resolution_id).select_related("call")
    application = found.first()
    if application is None:
        return False
    lock(ProgrammeYear.objects.get(pk=application.call.programme_year_id))
    application = lock(application, "call")
    decided = {"staged_at__gte": annulment.resolution.resolved_at, "staged_at__lte": annulment.annulled_at}
    decision = Decision.objects.live().filter(application=application, **decided).first()
    if decision is None:
        return False
    act = {"annulment": annulment.pk, "act": annulment.act_number, "decision": decision.public_id}
    for award in Award.objects.filter(decision=decision).exclude(status__in=AWARDS_OVER):
        apply_move(AWARD, award, "annul", by=by, data=act)
        for contract in Contract.objects.unsigned().filter(award=award).select_related("award"):
            set_void(contract, reason=annulment.act_number, by=None)
    void_decision(decision, VoidKind.ANNULLED, by=by)
    if application.status in RETURNS:
        apply_move(APPLICATION, application, "annul", by=by, data=act)
        _tell(application, annulment)
    else:  # staged, not released: nobody outside knew of it
        record("application.annul_staged", application, by=by, data=act)
    return True


def _tell(application: Application, annulment: Annulment) -> None:
    tell_owners(
        application,
        "decision_annulled",
        key=f"decision_annulled:{application.public_id}:{annulment.pk}",
        context=lambda: {
            "court": annulment.court,
            "act": annulment.act_number,
            "reason": str(pick({"kk": annulment.reason_kk, "ru": annulment.reason_ru})),
        },
    )


def annulled_and_not_returned() -> list[Annulment]:
    """Acts whose decisions still stand: the clock finds them, whoever entered the act."""
    of_application = "resolution__item__of_application__application__decisions"
    rows = Annulment.objects.filter(
        **{
            f"{of_application}__isnull": False,
            f"{of_application}__voided_at": None,
            f"{of_application}__staged_at__lte": F("annulled_at"),
            f"{of_application}__staged_at__gte": F("resolution__resolved_at"),
        }
    )
    return list(rows.select_related("resolution", "annulled_by").distinct())
