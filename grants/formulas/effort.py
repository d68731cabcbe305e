"""How long an application takes: the median of what others needed, or an estimate from what is asked."""

from collections.abc import Sequence

# Minutes, rounded from what grant offices tell their applicants; a default until ten applicants are measured.
FACTS_MINUTES = 10
TEXT_MINUTES = 8
FIELD_MINUTES = 2
DOCUMENT_MINUTES = 10
BUDGET_MINUTES = 25
MILESTONES_MINUTES = 15
STEP = 5


def estimated_minutes(
    *, texts: int, fields: int, documents: int, has_budget: bool = False, has_milestones: bool = False
) -> int:
    """Minutes for the facts, the required long texts, the other required fields, the documents and the plan."""
    minutes = FACTS_MINUTES + texts * TEXT_MINUTES + fields * FIELD_MINUTES + documents * DOCUMENT_MINUTES
    minutes += BUDGET_MINUTES if has_budget else 0
    return up_to_step(minutes + (MILESTONES_MINUTES if has_milestones else 0))


def median_minutes(seconds: Sequence[int]) -> int:
    """The median of measured seconds (at least one), in minutes, rounded up to five."""
    ordered, middle = sorted(seconds), len(seconds) // 2
    half = ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
    return up_to_step(half / 60)


def up_to_step(minutes: float) -> int:
    """Rounded up to five minutes, at least five."""
    return max(STEP, int(-(-minutes // STEP)) * STEP)
