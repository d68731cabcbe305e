"""Experts, with how much waits for each."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from accounts.statuses import Language
from core.admin import PolicyAdmin
from grants import policy
from grants.forms.assigning import ExpertForm
from grants.models import Expert
from grants.queries import assigning


@admin.register(Expert)
class ExpertAdmin(PolicyAdmin):
    """Experts with what they read and how much waits for them."""

    may_see = staticmethod(policy.may_see_assignments)
    may_add = staticmethod(policy.may_assign_experts)
    may_change = staticmethod(policy.may_assign_experts)
    form = ExpertForm
    list_display = ("name", "load_shown", "sectors_shown", "languages_shown", "is_active")
    list_filter = ("is_active", "sectors")
    search_fields = ("user__display_name", "user__email")
    ordering = ("user__display_name", "pk")

    def get_queryset(self, request):
        """With the load and everything a row prints."""
        return assigning.with_load(super().get_queryset(request)).select_related("user").prefetch_related("sectors")

    def get_readonly_fields(self, request, obj=None):
        """An expert stays the same person."""
        return ("user",) if obj else ()

    @admin.display(description=gettext_lazy("name"), ordering="user__display_name")
    def name(self, expert):
        """The person."""
        return str(expert.user)

    @admin.display(description=gettext_lazy("to read, of at most"), ordering="load")
    def load_shown(self, expert):
        """Reviews that wait, of how many at most."""
        return f"{expert.load} / {expert.max_load}"

    @admin.display(description=gettext_lazy("sectors"))
    def sectors_shown(self, expert):
        """In the reader's language."""
        return ", ".join(str(sector) for sector in expert.sectors.all()) or "—"

    @admin.display(description=gettext_lazy("languages"))
    def languages_shown(self, expert):
        """By their own names."""
        return ", ".join(str(Language(code).label) for code in expert.languages) or "—"
