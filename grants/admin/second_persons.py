"""What the pages of staff show of a step that waits for a second person (templates/admin/_approval.html)."""

from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Approval
from accounts.statuses import ApprovalKind
from core.templatetags.words import moment
from grants import policy
from grants.actions.proposals import RULES
from grants.actions.releases import RELEASABLE
from grants.models import Call
from grants.queries.decisions import staged_summary


def shown(approval: Approval | None, person: Any, *, may_confirm: bool, urls: tuple[str, str], words: Any) -> Any:
    """The parameters of the fragment; nothing where nothing waits. `urls`: to confirm, to turn down."""
    if approval is None:
        return None
    return {
        "approval": approval,
        "facts": facts_of(approval),
        "is_own": approval.proposed_by_id == person.pk,
        "may_confirm": may_confirm,
        "may_turn_down": RULES[approval.kind](person) if approval.kind in RULES else may_confirm,
        "confirm_url": urls[0],
        "turn_down_url": urls[1],
        "confirm_words": words,
    }


def facts_of(approval: Approval) -> list[tuple[Any, Any]]:
    """What will be done, in words."""
    given = approval.payload
    known = [
        (_("New closing time"), moment(parse_datetime(given["closes_at"])) if "closes_at" in given else ""),
        (_("Reason in Kazakh"), given.get("reason_kk", "")),
        (_("Reason in Russian"), given.get("reason_ru", "")),
        (_("Decisions"), given.get("decisions", "")),
        (_("SHA-256 of the rules"), given.get("rules", "")),
        (_("SHA-256 of the list"), given.get("sha256", "")),
        (_("Reason"), approval.reason),
    ]
    return [(term, text) for term, text in known if text != ""]


def of_release(person: Any, call: Call, form: Any) -> dict[str, Any]:
    """The page of a release: what would be released, what was proposed, and what this person may do."""
    waiting = Approval.objects.waiting().about(call, ApprovalKind.RELEASE).select_related("proposed_by").first()
    is_open = call.status in RELEASABLE
    may_confirm = is_open and policy.may_release_decisions(person, call)
    urls = (
        reverse("admin:grants_decision_release", args=[call.public_id]),
        reverse("admin:grants_decision_turn_down", args=[call.public_id]),
    )
    words = _("Release all decisions")
    return {
        "call": call,
        "summary": staged_summary(call).open_to(person),
        "form": form,
        "waiting": shown(waiting, person, may_confirm=may_confirm, urls=urls, words=words),
        "may_propose": is_open and not waiting and policy.may_propose_release(person),
        "may_release": waiting is not None and may_confirm and waiting.proposed_by_id != person.pk,
    }


def of_call(call: Call, person: Any) -> list[dict[str, Any]]:
    """What waits on the page of a call: publishing, cancelling."""
    steps = {
        ApprovalKind.PUBLISH_CALL: ("publish", policy.may_publish_call(person, call), _("Publish")),
        ApprovalKind.CANCEL_CALL: ("cancel", policy.may_cancel_call(person, call), _("Cancel the call")),
    }
    waiting = Approval.objects.waiting().filter(
        kind__in=steps, object_type=call._meta.label_lower, object_id=call.pk
    ).select_related("proposed_by")  # fmt: skip
    found = []
    for approval in waiting:
        verb, may_confirm, words = steps[ApprovalKind(approval.kind)]
        urls = (
            reverse(f"admin:grants_call_{verb}", args=[call.pk]),
            reverse("admin:grants_call_turn_down", args=[call.pk, approval.kind]),
        )
        found.append(shown(approval, person, may_confirm=may_confirm, urls=urls, words=words))
    return found
