"""Who may do what with committees; whether the state allows it is the workflow's question."""

from typing import TYPE_CHECKING, Any

from accounts.policy import has_role
from accounts.statuses import Role

if TYPE_CHECKING:
    from committees.models import Meeting


def may_prepare_meetings(user: Any, meeting: "Meeting | None" = None) -> bool:
    """The secretary plans, opens, records attendance and closes."""
    return has_role(user, Role.SECRETARY)


def may_appoint(user: Any) -> bool:
    """Seats follow an order; an administrator enters them."""
    return has_role(user, Role.ADMINISTRATOR)


def may_read_meetings(user: Any) -> bool:
    """Staff who prepare or check; members see the meetings of their own committees (`visible_to`)."""
    return has_role(user, Role.SECRETARY, Role.OFFICER, Role.AUDITOR, Role.ADMINISTRATOR)


def may_annul(user: Any) -> bool:
    """An administrator enters a court act."""
    return has_role(user, Role.ADMINISTRATOR)
