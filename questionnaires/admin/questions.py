"""One question: its texts side by side, limits, choices, when it is shown, columns, formula."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.admin import PolicyAdmin
from questionnaires import policy
from questionnaires.admin.fields import ChoicesField, ColumnsField, ConditionsField, FormulaField
from questionnaires.models import Question
from questionnaires.statuses import QuestionKind

CHOOSING = {QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE}


KIND_FIELDS = ("kind", "is_required", "from_tier")


class QuestionForm(forms.ModelForm):
    """A question; what its kind does not have may stay empty."""

    choices = ChoicesField(
        label=_("Choices"),
        required=False,
        help_text=_("A line for each: code | Kazakh | Russian | English. Only where one or several are chosen."),
    )
    shown_if = ConditionsField(
        label=_("Shown only if"),
        help_text=_("All lines must hold. The key is that of an earlier question; yes and no for a declaration."),
    )
    columns = ColumnsField(label=_("Columns of the table"), help_text=_("Only for a table of rows."))
    formula = FormulaField(
        label=_("Formula"),
        help_text=_("Only for a calculated field. Keys with commas; a column of a table: table.column."),
    )

    class Meta:
        model = Question
        exclude = ()  # the fieldsets name the fields  # noqa: DJ006

    def clean(self) -> dict[str, Any]:
        """Each kind has what it needs."""
        typed = super().clean() or self.cleaned_data
        needed = {"choices": CHOOSING, "columns": {QuestionKind.TABLE}, "formula": {QuestionKind.CALCULATED}}
        sentences = {
            "choices": _("This kind of question needs its choices."),
            "columns": _("A table needs its columns."),
            "formula": _("A calculated field needs its formula."),
        }
        for name, kinds in needed.items():
            if typed.get("kind") in kinds and not typed.get(name) and name not in self.errors:
                self.add_error(name, sentences[name])
        return typed


@admin.register(Question)
class QuestionAdmin(PolicyAdmin):
    """The page of one question; reached from its section."""

    form = QuestionForm
    may_see = staticmethod(policy.may_see_questionnaires)
    may_change = staticmethod(policy.may_edit_questionnaires)
    list_display = ("label", "key", "kind", "section", "is_required", "from_tier")
    list_select_related = ("section",)
    list_filter = ("kind", "section__questionnaire")
    search_fields = ("key", "label_kk", "label_ru", "label_en")
    readonly_fields = ("section",)
    fieldsets = (
        (
            None,
            {"fields": (("section", "position", "key"), ("kind", "is_required", "from_tier")), "classes": ("three",)},
        ),
        (_("Question"), {"fields": (("label_kk", "label_ru", "label_en"),), "classes": ("three",)}),
        (_("Help"), {"fields": (("help_kk", "help_ru", "help_en"),), "classes": ("three",)}),
        (_("Limits"), {"fields": (("minimum", "limit"),), "classes": ("three",)}),
        (_("Choices"), {"fields": ("choices",)}),
        (_("When it is shown"), {"fields": ("shown_if",)}),
        (_("Table and formula"), {"fields": ("columns", "formula")}),
    )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Boxes for what people read."""
        if db_field.name.startswith(("label_", "help_")):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def response_post_save_change(self, request, obj):
        """Back to the section, where the next question is."""
        return HttpResponseRedirect(reverse("admin:questionnaires_section_change", args=[obj.section_id]))
