"""Doorway of staff to people, organisations, reference rows, the audit trail, the outbox and retention."""

from accounts.admin import audit, organisations, outbox, people, reference, retention

__all__ = ["audit", "organisations", "outbox", "people", "reference", "retention"]
