"""Append-only tables of the core app (for `core.triggers`)."""

from core.triggers import append_only

TRIGGERS = [
    *append_only("core_auditevent"),
    *append_only("core_auditseal", unique=(("position",), ("event_id",))),
    *append_only("core_audithead", unique=(("day",),)),
]
