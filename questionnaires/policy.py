"""Who prepares questions and who reads them."""

from typing import Any

from accounts.policy import has_role
from accounts.statuses import Role


def may_see_questionnaires(user: Any) -> bool:
    """Those who run calls, and who watch them."""
    return has_role(user, Role.OFFICER, Role.SECRETARY, Role.ADMINISTRATOR, Role.AUDITOR)


def may_edit_questionnaires(user: Any) -> bool:
    """Officers and administrators."""
    return has_role(user, Role.OFFICER, Role.ADMINISTRATOR)
