"""The staff's site: Django's admin with our door, our second factor and our first page."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.policy import is_desk
from core.admin import PolicyAdmin


class StaffSite(AdminSite):
    """Only people with a desk role come in; signing in is the portal's own page (with the second factor)."""

    site_title = "Almaty Creative"
    site_header = "Almaty Creative"
    index_title = _("Today")
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only pages that ask `policy.py` have a door here: the admin pages of libraries have none."""
        if admin_class is not None and issubclass(admin_class, PolicyAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return is_desk(request.user)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The first page: what waits for this person today."""
        from portal.queries.desk import desk_of  # models are loaded only now

        return super().index(request, {"desk": desk_of(request.user), **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The portal's own sign-in page, which asks for the second factor and counts attempts."""
        from django.contrib.auth.views import redirect_to_login

        return redirect_to_login(request.GET.get("next") or request.get_full_path())
