"""Doorway of staff to people, organisations, reference rows, the audit trail, the outbox and retention."""

from accounts.admin import audit, bank_accounts, organisations, outbox, people, reference, retention

__all__ = ["audit", "bank_accounts", "organisations", "outbox", "people", "reference", "retention"]
