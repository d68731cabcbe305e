"""Doorway of staff to people, organisations, reference rows, the audit trail and the outbox."""

from accounts.admin import audit, organisations, outbox, people, reference

__all__ = ["audit", "organisations", "outbox", "people", "reference"]
