"""A section: one phone screen of questions, each with the way to its own page."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin, PolicyInline
from questionnaires import policy
from questionnaires.models import Question, Section


class QuestionInline(PolicyInline):
    """The questions of one section in short; conditions, columns and formulas stand on the page of each."""

    model = Question
    fields = ("position", "key", "kind", "label_kk", "label_ru", "label_en", "is_required", "from_tier")
    show_change_link = True
    may_see = staticmethod(policy.may_see_questionnaires)
    may_change = staticmethod(policy.may_edit_questionnaires)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Boxes for what people read."""
        if db_field.name.startswith("label_"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "cols": 24})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Section)
class SectionAdmin(PolicyAdmin):
    """One phone screen of questions; reached from its questionnaire."""

    may_see = staticmethod(policy.may_see_questionnaires)
    may_change = staticmethod(policy.may_edit_questionnaires)
    list_display = ("title", "questionnaire", "position")
    list_select_related = ("questionnaire",)
    list_filter = ("questionnaire",)
    inlines = (QuestionInline,)
    fieldsets = (
        (None, {"fields": (("questionnaire", "position"),), "classes": ("three",)}),
        (gettext_lazy("Title"), {"fields": (("title_kk", "title_ru", "title_en"),), "classes": ("three",)}),
    )
    readonly_fields = ("questionnaire",)
