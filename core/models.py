"""Rows of the mechanisms: audit events, seals and daily heads, gap-free counters, days off."""

from datetime import UTC
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock


class AuditEvent(models.Model):
    """What happened, when, by whom: append-only (core.triggers), without foreign keys to what it describes."""

    at = models.DateTimeField(_("when"))
    actor_id = models.BigIntegerField(_("person"), null=True)
    verb = models.CharField(_("what"), max_length=80)
    object_type = models.CharField(_("table"), max_length=60)
    object_id = models.CharField(_("row"), max_length=40)
    data = models.JSONField(_("particulars"), default=dict)
    sha256 = models.CharField(_("SHA-256"), max_length=64)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit trail")
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["-at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_id}"

    def content(self) -> dict[str, Any]:
        """What the hash covers: every column but the key and the hash itself."""
        return {
            "at": self.at.astimezone(UTC).isoformat(),
            "actor_id": self.actor_id,
            "verb": self.verb,
            "object_type": self.object_type,
            "object_id": self.object_id,
            "data": self.data,
        }


class AuditSeal(models.Model):
    """One link of the chain over committed events, written by one locked task so that no writer waits."""

    position = models.BigIntegerField(unique=True)
    event_id = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")


class AuditHead(models.Model):
    """Where the chain stood at the end of a day in Almaty (append-only, public): the hash of its last link.

    `events` were sealed on that day. Whoever wrote a head down can show that nothing before it was changed since.
    """

    day = models.DateField(_("day"), unique=True)
    position = models.BigIntegerField(_("last link"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    events = models.PositiveIntegerField(_("events of the day"))
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("head of the audit trail")
        verbose_name_plural = _("heads of the audit trail")
        ordering = ["-day"]


class Counter(models.Model):
    """The last number given out under a key; the row is locked, so numbers have no gaps and no doubles."""

    key = models.CharField(max_length=40, primary_key=True)
    value = models.PositiveIntegerField(default=0)


class DayOff(models.Model):
    """A weekday that is no working day, or (`is_worked`) a weekend day that is worked. Staff edit these rows."""

    on = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True)
    is_worked = models.BooleanField(_("worked (a weekend day moved to work)"), default=False)
    is_confirmed = models.BooleanField(_("confirmed by the Government's calendar"), default=True)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        ordering = ["on"]

    def __str__(self) -> str:
        return self.on.isoformat()
