"""The outbox, read only. A message's context is never shown: it may hold a code or a person's facts."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.policy import may_read_audit
from core.admin import PolicyAdmin
from notifications.models import Message


@admin.register(Message)
class MessageAdmin(PolicyAdmin):
    """What was written to whom, and whether it has gone."""

    may_see = staticmethod(may_read_audit)
    list_display = ("created_at", "event", "address", "language", "state", "attempts")
    list_filter = ("event", "language", "created_at")
    search_fields = ("address", "=public_id")
    search_help_text = _("The address or the public id")
    fields = (
        "public_id",
        "event",
        "address",
        "language",
        "channel",
        "state",
        "created_at",
        "due_at",
        "sent_at",
        "failed_at",
        "cancelled_at",
        "attempts",
        "last_error",
    )
    readonly_fields = fields
    ordering = ("-pk",)

    @admin.display(description=_("state"))
    def state(self, message: Message) -> str:
        """One word from the instants."""
        if message.sent_at:
            return gettext("sent")
        if message.failed_at:
            return gettext("given up")
        if message.cancelled_at:
            return gettext("cancelled")
        return gettext("waiting")
