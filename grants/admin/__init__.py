"""Doorway of the grant programme's staff: one file per noun."""

from grants.admin import applications, calls, programmes, reasons, screening

__all__ = ["applications", "calls", "programmes", "reasons", "screening"]
