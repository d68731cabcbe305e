"""The audit trail, read only. (core holds the rows but knows no roles, so the page stands here.)"""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.policy import may_read_audit
from core.admin import PolicyAdmin
from core.models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(PolicyAdmin):
    """Who did what to which row, when: ids and hashes, no names of applicants, newest first."""

    may_see = staticmethod(may_read_audit)
    list_display = ("at", "verb", "person", "object_type", "object_id")
    list_filter = ("at", "object_type")
    search_fields = ("=object_id", "verb")
    search_help_text = _("The public id of a row, or a word of the event, for example: submit")
    fields = ("at", "person", "verb", "object_type", "object_id", "data", "sha256")
    readonly_fields = fields
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> Any:
        staff = User.objects.filter(pk=OuterRef("actor_id"), groups__isnull=False)
        return super().get_queryset(request).annotate(staff_email=Subquery(staff.values("email")[:1]))

    @admin.display(description=_("person"), ordering="actor_id")
    def person(self, event: Any) -> str:
        """Staff by their address; an applicant by number alone; the clock by a dash."""
        return event.staff_email or (f"#{event.actor_id}" if event.actor_id else "—")
