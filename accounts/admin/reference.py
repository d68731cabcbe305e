"""Reference rows that administrators keep: sectors, districts, activity codes, banks, consent texts, days off."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Bank, ConsentText, District, Oked, Sector
from accounts.policy import is_desk, may_edit_reference
from core.admin import PolicyAdmin
from core.models import DayOff


class ReferenceAdmin(PolicyAdmin):
    """Everybody at a desk reads, administrators write; a row that something points to stays."""

    may_see = staticmethod(is_desk)
    may_add = staticmethod(may_edit_reference)
    may_change = staticmethod(may_edit_reference)


@admin.register(Sector)
class SectorAdmin(ReferenceAdmin):
    """Creative sectors."""

    list_display = ("name", "code", "name_kk", "name_ru", "name_en", "of_fund", "position")
    list_filter = ("of_fund",)
    search_fields = ("name_kk", "name_ru", "name_en", "code")


@admin.register(District)
class DistrictAdmin(ReferenceAdmin):
    """Districts of Almaty."""

    list_display = ("name", "kato", "name_kk", "name_ru", "name_en")
    search_fields = ("name_kk", "name_ru", "name_en", "kato")


@admin.register(Oked)
class OkedAdmin(ReferenceAdmin):
    """Classes of activity."""

    list_display = ("code", "sector", "is_official")
    list_filter = ("sector", "is_official")
    list_select_related = ("sector",)
    search_fields = ("code",)


@admin.register(Bank)
class BankAdmin(ReferenceAdmin):
    """Banks by the three digits in account numbers; a change touches no account that was saved."""

    list_display = ("name", "code", "bic", "name_kk", "name_ru", "name_en")
    search_fields = ("name_kk", "name_ru", "name_en", "code", "bic")


@admin.register(ConsentText)
class ConsentTextAdmin(ReferenceAdmin):
    """A text to which somebody has agreed is frozen (the database refuses too): a change is a new version."""

    list_display = ("kind", "version", "valid_from")
    list_filter = ("kind",)
    ordering = ("kind", "-version")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators, while nobody has agreed."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or not obj.consent_set.exists())


@admin.register(DayOff)
class DayOffAdmin(ReferenceAdmin):
    """Days off and worked weekend days, from which deadlines in working days are counted."""

    may_delete = staticmethod(may_edit_reference)
    list_display = ("on", "name", "is_worked", "is_confirmed")
    list_filter = ("is_confirmed", "is_worked", "on")
    search_fields = ("name",)
