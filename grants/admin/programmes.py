"""Programmes and their years."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import PolicyAdmin
from core.templatetags.words import money
from grants import policy
from grants.forms.call_admin import ProgrammeYearForm
from grants.models import Programme, ProgrammeYear


@admin.register(Programme)
class ProgrammeAdmin(PolicyAdmin):
    """A programme's names in three languages; its kind decides nothing but the word."""

    may_see = staticmethod(policy.may_see_programmes)
    may_add = staticmethod(policy.may_edit_calls)
    may_change = staticmethod(policy.may_edit_calls)
    list_display = ("name", "kind", "code")
    fieldsets = (
        (None, {"fields": (("code", "kind"),), "classes": ("three",)}),
        (_("Name"), {"fields": (("name_kk", "name_ru", "name_en"),), "classes": ("three",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """The code stands in files and addresses."""
        return ("code",) if obj else ()


@admin.register(ProgrammeYear)
class ProgrammeYearAdmin(PolicyAdmin):
    """Budget and target are typed; committed is counted by the database and read here."""

    may_see = staticmethod(policy.may_see_programmes)
    may_add = staticmethod(policy.may_edit_calls)
    may_change = staticmethod(policy.may_edit_calls)
    list_display = ("__str__", "budget_shown", "committed_shown", "remaining_shown", "target_projects")
    list_select_related = ("programme",)
    form = ProgrammeYearForm
    ordering = ("-year", "pk")
    fieldsets = (
        (None, {"fields": (("programme", "year"), ("budget", "currency", "target_projects")), "classes": ("three",)}),
        (_("How it stands"), {"fields": (("committed_shown", "remaining_shown"),), "classes": ("three",)}),
        (_("Where the figures come from"), {"fields": (("source", "source_url"),), "classes": ("three",)}),
    )

    def get_readonly_fields(self, request, obj=None):
        """What is counted, and what a year is known by once it exists."""
        counted = ("committed_shown", "remaining_shown")
        return ("programme", "year", "currency", *counted) if obj else counted

    @admin.display(description=_("budget"), ordering="budget")
    def budget_shown(self, year):
        """The budget as people write it."""
        return money(year.budget, year.currency)

    @admin.display(description=_("committed"), ordering="committed")
    def committed_shown(self, year):
        """Live award decisions, those not yet released included."""
        return money(year.committed, year.currency)

    @admin.display(description=_("left"))
    def remaining_shown(self, year):
        """What may still be awarded."""
        return money(year.remaining, year.currency) if year.budget is not None else "—"
