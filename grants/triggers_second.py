"""Publishing a call and releasing its decisions need two people: the database asks for what they agreed to.

A confirmed `accounts.Approval` holds two different persons (a CHECK of its own) and never changes (accounts/triggers).
"""

from accounts.statuses import ApprovalKind
from core.triggers import Trigger, refusal
from grants.statuses import CallStatus

# {call}: the key of the call; {by}: who did the step, the second of the two; {more}: what else must hold.
AGREED = (
    "SELECT 1 FROM accounts_approval a WHERE a.kind = '{kind}' AND a.object_type = 'grants.call' "
    "AND a.object_id = {call} AND a.confirmed_at IS NOT NULL AND a.turned_down_at IS NULL "
    "AND a.confirmed_by_id <> a.proposed_by_id AND a.confirmed_by_id = {by}{more}"
)
OUT = ", ".join(f"'{status}'" for status in (CallStatus.PUBLISHED, CallStatus.DECIDED, CallStatus.ARCHIVED))


def _lacking(kind: str, call: str, by: str, more: str = "") -> str:
    """Selects a row where nobody has agreed to it."""
    return f"SELECT 1 WHERE NOT EXISTS ({AGREED.format(kind=kind, call=call, by=by, more=more)})"


def _changed(*columns: str) -> str:
    """An update that sets these for the first time, or to something else."""
    return " OR ".join(f"OLD.{column} IS NULL OR OLD.{column} <> NEW.{column}" for column in columns)


PUBLISHED = f"(NEW.published_at IS NOT NULL OR NEW.status IN ({OUT}))"
FIRST = f"({_changed('published_at', 'published_by_id')} OR OLD.status NOT IN ({OUT}))"
TWICE_RELEASED = f"({_changed('released_at', 'released_by_id')})"
LACKS_PUBLISHER = _lacking(ApprovalKind.PUBLISH_CALL, "NEW.id", "NEW.published_by_id")
LACKS_RELEASER = _lacking(ApprovalKind.RELEASE, "NEW.id", "NEW.released_by_id")
# What was staged after two had agreed is not what they agreed to.
LACKS_RELEASE = _lacking(
    ApprovalKind.RELEASE,
    "(SELECT call_id FROM grants_application WHERE id = NEW.application_id)",
    "NEW.released_by_id",
    " AND a.proposed_at >= NEW.staged_at",
)
BY_TWO = "two people publish a call: one proposes, another confirms"
RELEASED_BY_TWO = "two people release decisions: one proposes, another confirms"

TRIGGERS: list[Trigger] = [
    refusal(
        "call_published_by_two",
        "grants_call",
        when="BEFORE UPDATE",
        message=BY_TWO,
        condition=f"{PUBLISHED} AND {FIRST}",
        exists=LACKS_PUBLISHER,
    ),
    # A row that comes in published had nobody to agree about it: AFTER, where the key is known on both databases.
    refusal(
        "call_published_by_two_at_once",
        "grants_call",
        when="AFTER INSERT",
        message=BY_TWO,
        condition=PUBLISHED,
        exists=LACKS_PUBLISHER,
    ),
    refusal(
        "call_released_by_two",
        "grants_call",
        when="BEFORE UPDATE",
        message=RELEASED_BY_TWO,
        condition=f"NEW.released_at IS NOT NULL AND {TWICE_RELEASED}",
        exists=LACKS_RELEASER,
    ),
    refusal(
        "call_released_by_two_at_once",
        "grants_call",
        when="AFTER INSERT",
        message=RELEASED_BY_TWO,
        condition="NEW.released_at IS NOT NULL",
        exists=LACKS_RELEASER,
    ),
    refusal(
        "decision_released_by_two",
        "grants_decision",
        when="BEFORE UPDATE",
        message=RELEASED_BY_TWO,
        condition="NEW.released_at IS NOT NULL AND OLD.released_at IS NULL",
        exists=LACKS_RELEASE,
    ),
    # The rule of the reserve list releases at once what the commission put there, and nobody presses.
    refusal(
        "decision_released_by_two_at_once",
        "grants_decision",
        when="BEFORE INSERT",
        message=RELEASED_BY_TWO,
        condition="NEW.released_at IS NOT NULL AND NOT (NEW.by_rule AND NEW.released_by_id IS NULL)",
        exists=LACKS_RELEASE,
    ),
]
