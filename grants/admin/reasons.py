"""Sentences that staff keep in Kazakh and Russian and put into reasons."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import PolicyAdmin
from grants import policy
from grants.models import ReasonPhrase


@admin.register(ReasonPhrase)
class ReasonPhraseAdmin(PolicyAdmin):
    """Both languages side by side; a letter that has gone out keeps its own copy, so a phrase may change."""

    may_see = staticmethod(policy.may_see_phrases)
    may_add = staticmethod(policy.may_edit_phrases)
    may_change = staticmethod(policy.may_edit_phrases)
    list_display = ("text_ru", "text_kk", "kind", "position")
    list_filter = ("kind",)
    search_fields = ("text_kk", "text_ru")
    actions = None
    fieldsets = (
        (None, {"fields": (("kind", "position"),), "classes": ("three",)}),
        (_("Sentence"), {"fields": (("text_kk", "text_ru"),), "classes": ("three",)}),
    )
