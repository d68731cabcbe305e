"""Doorway of staff to papers that belong to no other app."""

from documents.admin import access, orders

__all__ = ["access", "orders"]
