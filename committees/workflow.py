"""The table of moves of a meeting."""

from committees import policy
from committees.statuses import MeetingStatus as M
from core.workflow import workflow

MEETING = workflow(
    "meeting",
    initial=M.PLANNED,
    moves=[
        ("open", [M.PLANNED], M.OPEN, policy.may_prepare_meetings),
        ("close", [M.OPEN], M.CLOSED, policy.may_prepare_meetings),
        ("cancel", [M.PLANNED], M.CANCELLED, policy.may_prepare_meetings),
    ],
)
