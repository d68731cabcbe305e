"""Who may do what in the funds app."""

from typing import Any

from accounts.policy import has_role
from accounts.statuses import Role


def may_see_portfolio(user: Any) -> bool:
    """Managers and analysts work with it, the investment committee and auditors read it."""
    return has_role(user, Role.MANAGER, Role.ANALYST, Role.INVESTMENT_COMMITTEE, Role.AUDITOR)


def may_edit_portfolio(user: Any) -> bool:
    """Fund managers and analysts."""
    return has_role(user, Role.MANAGER, Role.ANALYST)


def may_edit_fund(user: Any) -> bool:
    """The fund's own figures: managers."""
    return has_role(user, Role.MANAGER)


def may_post_ledger(user: Any) -> bool:
    """A ledger row: fund managers."""
    return has_role(user, Role.MANAGER)
