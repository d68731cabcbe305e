"""Samples that the experts of a call score before its applications."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import PolicyAdmin
from grants import policy
from grants.models import CalibrationSample


@admin.register(CalibrationSample)
class CalibrationSampleAdmin(PolicyAdmin):
    """Three for a call, in Kazakh and Russian side by side; one that somebody has scored is only read."""

    may_see = staticmethod(policy.may_see_call_drafts)
    may_add = staticmethod(policy.may_edit_calls)
    may_change = staticmethod(policy.may_edit_calls)
    list_display = ("title", "call", "position")
    list_filter = ("call",)
    list_select_related = ("call",)
    actions = None
    fieldsets = (
        (None, {"fields": ("call", "position")}),
        (_("Title"), {"fields": (("title_kk", "title_ru"), "title_en"), "classes": ("three",)}),
        (
            _("Application without its applicant"),
            {"fields": (("text_kk", "text_ru"), "text_en"), "classes": ("three",)},
        ),
    )

    def has_change_permission(self, request, obj=None):
        """Until the first expert has scored it: the database refuses it afterwards too."""
        return super().has_change_permission(request, obj) and not (obj and obj.scores.exists())
