"""Doorway of the fund's staff."""

from funds.admin import fund, investment, ledger, project

__all__ = ["fund", "investment", "ledger", "project"]
