"""Committees with their seats and their own rule, shown with worked cases."""

from typing import Any

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.statuses import Role
from committees import policy
from committees.formulas.cases import worked
from committees.models import Committee, Seat
from committees.queries.session import rule_of
from committees.statuses import Choice, Verdict
from core.admin import PolicyAdmin, PolicyInline

SITTING = (Role.COMMISSION, Role.INVESTMENT_COMMITTEE, Role.SECRETARY)


class SeatInline(PolicyInline):
    """Who sits since when by which order; a seat ends by its last day and is never taken away."""

    model = Seat
    may_see = staticmethod(policy.may_read_meetings)
    may_change = staticmethod(policy.may_appoint)
    fields = ("user", "role", "since", "until", "order")

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Of the people only those whose role may sit: a plain list, which needs no script."""
        if db_field.name == "user":
            kwargs["queryset"] = (
                User.objects.filter(groups__name__in=SITTING).distinct().order_by("display_name", "email")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Nobody: votes point to it."""
        return False


@admin.register(Committee)
class CommitteeAdmin(PolicyAdmin):
    """The rule of a committee is its own; the table below says what it makes of a few meetings."""

    may_see = staticmethod(policy.may_read_meetings)
    may_add = staticmethod(policy.may_appoint)
    may_change = staticmethod(policy.may_appoint)
    inlines = (SeatInline,)
    list_display = ("name", "kind", "order", "quorum_shown")
    list_select_related = ("order",)
    search_fields = ("name_kk", "name_ru", "code")
    readonly_fields = ("worked_cases",)
    fieldsets = (
        (None, {"fields": (("code", "kind"), "order")}),
        (_("Name"), {"fields": (("name_kk", "name_ru", "name_en"),), "classes": ("three",)}),
        (
            _("Rule"),
            {
                "fields": (
                    ("quorum_parts", "quorum_whole"),
                    ("quorum_base", "majority"),
                    ("has_casting_vote", "notice_working_days", "observers_needed"),
                    "worked_cases",
                ),
                "classes": ("three",),
            },
        ),
    )

    @admin.display(description=_("quorum"))
    def quorum_shown(self, row: Committee) -> str:
        """«2/3 of all appointed members»."""
        return f"{row.quorum_parts}/{row.quorum_whole} · {row.get_quorum_base_display()}"

    @admin.display(description=_("worked cases"))
    def worked_cases(self, row: Committee) -> str:
        """What this rule makes of the same few situations."""
        cases = [
            (one, Verdict(one.count.verdict).label, Choice(one.case.votes.chair).label if one.case.votes.chair else "")
            for one in worked(rule_of(row))
        ]
        return render_to_string("admin/committees/committee/_cases.html", {"cases": cases})
