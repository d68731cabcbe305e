"""Nouns of the funds app."""

from funds.models.fund import Fund, Investor
from funds.models.ledger import LedgerEntry
from funds.models.project import Investment, Project

__all__ = ["Fund", "Investment", "Investor", "LedgerEntry", "Project"]
