"""Organisations as staff read them. An IIN is shown in full only to those whose work needs it."""

from typing import Any

from django.contrib import admin
from django.db.models import Value
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.actions.organisations import note_reading
from accounts.models import Membership, Organisation
from accounts.policy import may_read_iin, may_read_organisations
from accounts.statuses import IDENTIFIED_BY_BIN
from core.admin import PolicyAdmin, PolicyInline


class MembershipInline(PolicyInline):
    """Who may act for it."""

    model = Membership
    may_see = staticmethod(may_read_organisations)
    fields = ("user", "role", "since")
    readonly_fields = fields


@admin.register(Organisation)
class OrganisationAdmin(PolicyAdmin):
    """Read only: its members change it on the public site. Opening a page is kept in the audit trail."""

    may_see = staticmethod(may_read_organisations)
    list_display = ("name", "kind", "number", "sector", "district", "created_at")
    list_filter = ("kind", "sector", "district", "country", "created_at")
    list_select_related = ("sector", "district")
    inlines = (MembershipInline,)
    ordering = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "country", "number", "public_id")}),
        (_("Work and contacts"), {"fields": ("sector", "district", "address", "phone")}),
        (_("Head"), {"fields": ("head_name", "head_number")}),
        (None, {"fields": ("created_at",)}),
    )

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        """Searching by a number would tell an IIN to who may not read it."""
        return ("name", "=public_id", *(("=identifier", "=head_iin") if may_read_iin(request.user) else ()))

    def get_queryset(self, request: HttpRequest) -> Any:
        """Each row says whether its reader may see an IIN (one ModelAdmin serves many requests at once)."""
        return super().get_queryset(request).annotate(shows_iin=Value(may_read_iin(request.user)))

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page shows personal data: who opened it is kept."""
        organisation = self.get_object(request, object_id) if object_id else None
        response = super().changeform_view(request, object_id, *args, **kwargs)
        if organisation and request.method == "GET":
            note_reading(organisation, by=request.user)
        return response

    @admin.display(description=_("IIN or BIN"))
    def number(self, organisation: Any) -> str:
        """A BIN is public; an IIN is not."""
        if organisation.kind in IDENTIFIED_BY_BIN or organisation.shows_iin:
            return organisation.identifier or "—"
        return masked(organisation.identifier)

    @admin.display(description=_("head's IIN"))
    def head_number(self, organisation: Any) -> str:
        """In full for screening and the contract."""
        return (organisation.head_iin or "—") if organisation.shows_iin else masked(organisation.head_iin)


def masked(number: str) -> str:
    """The last four digits: enough to compare with a paper, not enough to use."""
    return f"•••• {number[-4:]}" if number else "—"
