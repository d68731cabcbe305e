"""People: found, read, given roles. No password and no IIN on these pages."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import people
from accounts.forms.roles import RolesForm
from accounts.models import User
from accounts.policy import may_manage_people, may_read_people
from accounts.statuses import Role
from core.admin import PolicyAdmin
from core.refusals import Refused


class RoleFilter(admin.SimpleListFilter):
    """People of one role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(PolicyAdmin):
    """People sign up by themselves; an administrator gives roles and closes accounts, through actions."""

    may_see = staticmethod(may_read_people)
    may_change = staticmethod(may_manage_people)
    form = RolesForm
    list_display = ("email", "display_name", "role_names", "language", "is_active", "joined_at")
    list_filter = (RoleFilter, "is_active", "language", "joined_at")
    search_fields = ("email", "display_name", "phone")
    search_help_text = _("E-mail address, name or phone")
    ordering = ("email",)
    actions = ("remove_second_factor",)
    person_fields = ("email", "display_name", "phone", "language", "joined_at", "last_login", "is_active", "roles")
    readonly_fields = ("email", "display_name", "phone", "language", "joined_at", "last_login")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Who may not give roles reads them in words."""
        names = self.person_fields
        return names if self.has_change_permission(request, obj) else (*names[:-1], "role_names")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "role_names")

    @admin.display(description=_("roles"))
    def role_names(self, user: User) -> str:
        """In words."""
        labels = dict(Role.choices)
        return ", ".join(str(labels.get(group.name, group.name)) for group in user.groups.all()) or "—"

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Both switches through their actions; a refusal is shown in words and nothing is written."""
        by: Any = request.user
        try:
            people.set_roles(obj, form.cleaned_data["roles"], by=by)
            people.set_active(obj, form.cleaned_data["is_active"], by=by)
        except Refused as refused:
            messages.error(request, refused.sentence)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The actions have written the trail."""

    @admin.action(description=_("Remove the second factor (lost phone)"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, queryset: Any) -> None:
        """For people who lost both phone and recovery codes."""
        by: Any = request.user
        try:
            for user in queryset:
                people.remove_second_factor(user, by=by)
            messages.success(request, _("Done. They set up a new one when they sign in."))
        except Refused as refused:
            messages.error(request, refused.sentence)
