"""Changing the rules of a published call, by two: one person proposes, another one confirms.

Each change is a new version with a public reason; the page of the rules shows what differs, computed from the two
versions. What may still change, and until when, is docs/decisions/0010-rules-of-an-open-call.md:
- what people applied under (criteria, score, pass mark): until the first application is sent;
- who gets the money (parts, floors, blind reading): until the first review is in;
- how many read, how appeals run: until the first decision is staged.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions.approvals import confirm, propose
from accounts.models import Approval, Sector
from accounts.statuses import ApprovalKind
from core.audit import record
from core.canonical import plain, sha256_of
from core.refusals import NotAllowed, Refused
from core.workflow import lock
from grants import policy
from grants.actions.call_terms import refuse_wrong_terms
from grants.models import Application, Call, CallRules, Decision, Review, SectorFloor
from grants.queries.rules import compile_rules
from grants.statuses import SENT, ApplicationStatus, CallStatus

UNTIL_SENT = ("criteria", "pass_mark", "ranks_by", "adjusted_from")
UNTIL_SCORED = ("allows_partial", "partial_percent", "floors", "is_blind")
UNTIL_STAGED = (
    "reviews_needed",
    "load_min",
    "load_max",
    "extra_review_over",
    "review_working_days",
    "held_back_percent",
    "observers_needed",
    "offer_working_days",
    "appeal_working_days",
    "appeal_answer_working_days",
)
ROWS = ("criteria", "floors")  # changed on rows of their own, not on the call's


def open_terms(call: Call) -> list[str]:
    """The terms that may still change now. At most three queries."""
    if call.status != CallStatus.PUBLISHED or Decision.objects.live().filter(application__call=call).exists():
        return []
    if Review.objects.filter(assignment__application__call=call, submitted_at__isnull=False).exists():
        return [*UNTIL_STAGED]
    if Application.objects.filter(call=call, status__in=SENT).exists():
        return [*UNTIL_SCORED, *UNTIL_STAGED]
    return [*UNTIL_SENT, *UNTIL_SCORED, *UNTIL_STAGED]


@transaction.atomic
def propose_rules(call: Call, *, changes: Mapping[str, Any], reason_kk: str, reason_ru: str, by: Any) -> Approval:
    """The first of two: what is to change in the rules of a published call, and the reason that everybody will read.

    `changes` is a term's name -> its new value; `criteria` is key -> weight, `floors` sector code -> amount.
    Raises NotAllowed for who does not prepare calls; Refused where a reason is missing, a term may change no more,
    a value is impossible, or nothing would differ.
    """
    _refuse_others(by)
    call = lock(call)
    if not (reason_kk.strip() and reason_ru.strip()):
        raise Refused(
            _("Give the reason in Kazakh and in Russian: the call page shows it to everybody."), code="no_reason"
        )
    changes = plain(dict(changes))
    point = transaction.savepoint()
    try:
        _apply(call, changes)  # raises what the second person would run into
    finally:
        transaction.savepoint_rollback(point)
    payload = {"changes": changes, "reason_kk": reason_kk.strip(), "reason_ru": reason_ru.strip()}
    return propose(ApprovalKind.CHANGE_RULES, Call.objects.get(pk=call.pk), payload=payload, by=by)


@transaction.atomic
def change_rules(call: Call, *, by: Any) -> CallRules:
    """The second of two: makes the proposed change, and the next version of the frozen rules with its public reason.

    Drafts stand on the new version from now on; what was sent keeps the one it was sent under, whose criteria are the
    same. Raises Refused where nobody else has proposed it, or where it may happen no more.
    """
    _refuse_others(by)
    call = lock(call)
    proposed = confirm(ApprovalKind.CHANGE_RULES, call, by=by).payload
    content = _apply(call, proposed["changes"])
    last = call.rules_versions.latest("number")
    rules = CallRules.objects.create(
        call=call,
        number=last.number + 1,
        content=content,
        sha256=sha256_of(content),
        reason_kk=proposed["reason_kk"],
        reason_ru=proposed["reason_ru"],
    )
    Application.objects.filter(call=call, status=ApplicationStatus.DRAFT).update(rules=rules)
    changed = sorted(proposed["changes"])
    record("call.change_rules", call, by=by, data={"terms": changed, "before": last.sha256, "rules": rules.sha256})
    return rules


def _refuse_others(by: Any) -> None:
    if not policy.may_change_rules(by):
        raise NotAllowed(_("Only an officer or an administrator changes the rules of a call."), code="not_allowed")


def _apply(call: Call, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Writes the new values to the locked call and its rows; returns the rules that they make."""
    late = sorted(set(changes) - set(open_terms(call)))
    if late:
        raise Refused(
            _("Applications were sent, scored or decided under these terms: they change no more. Nothing was saved."),
            code="too_late",
            items=late,
        )
    fields = {name: value for name, value in changes.items() if name not in ROWS}
    for name, value in fields.items():
        setattr(call, name, value)
    _refuse_impossible(call, fields)
    Call.objects.filter(pk=call.pk).update(**fields)
    for name in ROWS:
        if name in changes:
            _WRITERS[name](call, changes[name])
    refuse_wrong_terms(call)
    content: dict[str, Any] = plain(compile_rules(Call.objects.select_related("questionnaire_version").get(pk=call.pk)))
    if sha256_of(content) == call.rules_versions.latest("number").sha256:
        raise Refused(_("The rules say this already. Nothing was changed."), code="unchanged")
    return content


def _refuse_impossible(call: Call, fields: Mapping[str, Any]) -> None:
    """What the form of a draft call would refuse, said by the same checks of the model."""
    others = {field.name for field in Call._meta.get_fields()} - set(fields)
    try:
        call.clean_fields(exclude=others)
        call.validate_constraints()
    except ValidationError as error:
        raise Refused(
            _("This value is not possible. Nothing was saved."), code="impossible", items=error.messages
        ) from error


def _write_weights(call: Call, weights: Mapping[str, int]) -> None:
    criteria = list(call.criteria.all())
    for criterion in criteria:
        criterion.weight = int(weights.get(criterion.key, criterion.weight))
    if set(weights) - {c.key for c in criteria} or any(not 1 <= c.weight <= 100 for c in criteria):
        raise Refused(_("This value is not possible. Nothing was saved."), code="impossible")
    if sum(c.weight for c in criteria) != 100:
        raise Refused(_("The weights of the criteria must sum to 100."), code="weights")
    type(criteria[0]).objects.bulk_update(criteria, ["weight"])


def _write_floors(call: Call, floors: Mapping[str, Any]) -> None:
    sectors = {sector.code: sector for sector in Sector.objects.filter(code__in=floors)}
    if set(floors) - set(sectors):
        raise Refused(_("This value is not possible. Nothing was saved."), code="impossible")
    call.sector_floors.all().delete()
    SectorFloor.objects.bulk_create(
        SectorFloor(call=call, sector=sectors[code], amount=Decimal(amount), currency=call.currency)
        for code, amount in sorted(floors.items())
        if Decimal(amount) > 0
    )


_WRITERS: dict[str, Callable[[Call, Any], None]] = {"criteria": _write_weights, "floors": _write_floors}
