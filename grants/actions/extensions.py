"""More time: for everybody when the portal itself was down, by an administrator; for one application, by two."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actions.approvals import confirm, propose
from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core import clock
from core.audit import record
from core.canonical import plain, sha256_of
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from core.workflow import lock
from grants import policy
from grants.actions.letters import tell_owners
from grants.actions.reminders import forget_draft
from grants.models import Application, Call, CallRules, Decision, Extension
from grants.queries.rules import compile_rules
from grants.statuses import ApplicationStatus, CallStatus


@transaction.atomic
def extend_call(call: Call, *, closes_at: datetime, reason_kk: str, reason_ru: str, by: Any) -> Extension:
    """Moves the closing of a call for everybody: the reason is public, the rules get a new version with it, and who
    has a draft open gets a letter.

    Raises Refused where the time is not later, a reason is missing, or decisions are being made already.
    """
    _refuse_others(by)
    call = lock(call)
    _refuse_wrong(call, call.closes_at, closes_at, reason_kk, reason_ru)
    if Decision.objects.staged().filter(application__call=call).exists():
        raise Refused(_("Decisions are staged already: the call cannot be opened again."), code="decisions_staged")
    drafts = list(Application.objects.filter(call=call, status=ApplicationStatus.DRAFT).select_related("call"))
    for draft in drafts:
        forget_draft(draft)
    extension = _extend(call, None, call.closes_at, closes_at, reason_kk, reason_ru, by)
    Call.objects.filter(pk=call.pk).update(closes_at=closes_at)
    call.refresh_from_db()
    rules = _new_rules(call, extension)
    record(
        "call.extend",
        call,
        by=by,
        data={"from": extension.closed_at, "to": closes_at, "rules": rules.sha256, "extension": extension.pk},
    )
    for draft in drafts:
        draft.call = call
        if draft.may_write_until > closes_at:  # it has more time of its own
            continue
        _tell(draft, "call_extended", extension)
    return extension


@transaction.atomic
def propose_extension(
    application: Application, *, closes_at: datetime, reason_kk: str, reason_ru: str, by: Any
) -> Approval:
    """The first of two administrators: a closing time of its own for one draft, with the reason.

    Raises Refused where the time is not later, a reason is missing, or the application is no draft.
    """
    _refuse_others(by)
    application = lock(application, "call")
    _refuse_wrong_draft(application, closes_at, reason_kk, reason_ru)
    payload = {"closes_at": closes_at.isoformat(), "reason_kk": reason_kk.strip(), "reason_ru": reason_ru.strip()}
    return propose(ApprovalKind.EXTEND_ONE, application, payload=payload, by=by)


@transaction.atomic
def extend_application(application: Application, *, by: Any) -> Extension:
    """The second administrator: gives the draft the time that was proposed. The reason is kept and logged; the call's
    page counts such extensions.

    Raises Refused where nobody else has proposed it, or where it has become wrong since.
    """
    _refuse_others(by)
    application = lock(application, "call", "organisation")
    asked = confirm(ApprovalKind.EXTEND_ONE, application, by=by).payload
    closes_at, reasons = datetime.fromisoformat(asked["closes_at"]), (asked["reason_kk"], asked["reason_ru"])
    _refuse_wrong_draft(application, closes_at, *reasons)
    closed_at = application.may_write_until
    forget_draft(application)
    extension = _extend(application.call, application, closed_at, closes_at, *reasons, by)
    Application.objects.filter(pk=application.pk).update(extended_until=closes_at)
    application.extended_until = closes_at
    record(
        "application.extend", application, by=by, data={"from": closed_at, "to": closes_at, "extension": extension.pk}
    )
    _tell(application, "application_extended", extension)
    return extension


def _refuse_wrong_draft(application: Application, closes_at: datetime, reason_kk: str, reason_ru: str) -> None:
    if application.status != ApplicationStatus.DRAFT:
        raise Refused(_("This application is not a draft: it needs no more time."), code="wrong_state")
    _refuse_wrong(application.call, application.may_write_until, closes_at, reason_kk, reason_ru)


def _refuse_others(by: Any) -> None:
    if not policy.may_extend(by):
        raise NotAllowed(_("Only an administrator who does not screen gives more time."), code="not_an_administrator")


def _refuse_wrong(call: Call, before: datetime, closes_at: datetime, reason_kk: str, reason_ru: str) -> None:
    if call.status != CallStatus.PUBLISHED or call.is_upcoming:
        raise Refused(_("More time is given for a call that is open or has just closed."), code="wrong_state")
    if closes_at <= max(before, clock.now()):
        raise Refused(_("The new closing time must be later than the old one and later than now."), code="not_later")
    if not (reason_kk.strip() and reason_ru.strip()):
        raise Refused(_("Give the reason in Kazakh and in Russian."), code="no_reason")


def _extend(
    call: Call,
    application: Application | None,
    closed_at: datetime,
    closes_at: datetime,
    reason_kk: str,
    reason_ru: str,
    by: Any,
) -> Extension:
    return Extension.objects.create(
        call=call,
        application=application,
        closed_at=closed_at,
        closes_at=closes_at,
        reason_kk=reason_kk.strip(),
        reason_ru=reason_ru.strip(),
        granted_by=by,
    )


def _new_rules(call: Call, extension: Extension) -> CallRules:
    """The next version of the frozen rules, with the new closing time and its reason."""
    last = call.rules_versions.order_by("-number").first()
    assert last is not None  # publishing made the first
    content = plain(compile_rules(call))
    return CallRules.objects.create(
        call=call,
        number=last.number + 1,
        content=content,
        sha256=sha256_of(content),
        reason_kk=extension.reason_kk,
        reason_ru=extension.reason_ru,
    )


def _tell(application: Application, event: str, extension: Extension) -> None:
    tell_owners(
        application,
        event,
        key=f"{event}:{application.public_id}:{extension.pk}",
        context=lambda: {"closes": moment(extension.closes_at), "reason": str(extension.reason)},
    )
