"""The editor's desk: questionnaires, their sections, the questions of a section, what was published."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.admin import PolicyAdmin, PolicyInline
from core.refusals import Refused
from core.templatetags.words import moment
from core.text import LANGUAGES
from questionnaires import policy
from questionnaires.actions.usual import add_usual_questionnaire
from questionnaires.models import Question, Questionnaire, QuestionnaireVersion, Section
from questionnaires.statuses import QuestionKind

CHOOSING = {QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE}
SEPARATOR = "|"


class ChoicesField(forms.CharField):
    """Choices as lines «code | Kazakh | Russian | English»; English may be left out."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """The kept list as lines."""
        if not isinstance(value, list):
            return value
        return "\n".join(f" {SEPARATOR} ".join([c["value"], *(c.get(lang, "") for lang in LANGUAGES)]) for c in value)

    def clean(self, value: Any) -> list[dict[str, str]]:
        """The lines as the list that a version keeps."""
        lines = [line for line in str(super().clean(value) or "").splitlines() if line.strip()]
        return [self._choice(line) for line in lines]

    def _choice(self, line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.split(SEPARATOR)]
        if len(parts) not in (3, 4) or not all(parts[:3]):
            sentence = _("Write each choice as: code | Kazakh | Russian | English. Check the line: %(line)s")
            raise ValidationError(sentence % {"line": line})
        return dict(zip(("value", *LANGUAGES), [*parts, ""], strict=False))


class QuestionForm(forms.ModelForm):
    """A question; choices are asked where the kind has them."""

    choices = ChoicesField(
        label=gettext_lazy("Choices"),
        required=False,
        help_text=gettext_lazy(
            "A line for each: code | Kazakh | Russian | English. Only where one or several are chosen."
        ),
    )

    class Meta:
        model = Question
        exclude = ()  # the inline's fieldsets name the fields  # noqa: DJ006

    def clean(self) -> dict[str, Any]:
        """A choice without choices cannot be answered."""
        typed = super().clean() or self.cleaned_data
        if typed.get("kind") in CHOOSING and not typed.get("choices") and "choices" not in self.errors:
            self.add_error("choices", _("This kind of question needs its choices."))
        return typed


class QuestionInline(PolicyInline):
    """The questions of one section, in three languages side by side."""

    model = Question
    form = QuestionForm
    template = "admin/edit_inline/stacked.html"
    may_see = staticmethod(policy.may_see_questionnaires)
    may_change = staticmethod(policy.may_edit_questionnaires)
    texts = (("label_kk", "label_ru", "label_en"), ("help_kk", "help_ru", "help_en"))
    fieldsets = (
        (None, {"fields": (("position", "key", "kind", "limit", "is_required"),), "classes": ("three",)}),
        (None, {"fields": texts, "classes": ("three",)}),
        (None, {"fields": ("choices",)}),
    )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Boxes for what people read."""
        if db_field.name.startswith(("label_", "help_")):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SectionInline(PolicyInline):
    """Sections of a questionnaire, each with the way to its questions."""

    model = Section
    fields = ("position", "title_kk", "title_ru", "title_en")
    show_change_link = True
    may_see = staticmethod(policy.may_see_questionnaires)
    may_change = staticmethod(policy.may_edit_questionnaires)


class VersionInline(PolicyInline):
    """What was published; it never changes."""

    model = QuestionnaireVersion
    verbose_name_plural = gettext_lazy("published versions")
    may_see = staticmethod(policy.may_see_questionnaires)
    fields = readonly_fields = ("number", "published", "published_by", "questions", "sha256")
    ordering = ("-number",)

    @admin.display(description=gettext_lazy("published"))
    def published(self, version):
        """When, in Almaty."""
        return moment(version.published_at)

    @admin.display(description=gettext_lazy("questions"))
    def questions(self, version):
        """How many."""
        return sum(len(section["questions"]) for section in version.content["sections"])


@admin.register(Questionnaire)
class QuestionnaireAdmin(PolicyAdmin):
    """A set of questions. Publishing a call freezes a version of it; what is edited afterwards waits for the next."""

    may_see = staticmethod(policy.may_see_questionnaires)
    may_add = staticmethod(policy.may_edit_questionnaires)
    may_change = staticmethod(policy.may_edit_questionnaires)
    list_display = ("title", "code", "section_count", "last_version")
    search_fields = ("title_kk", "title_ru", "title_en", "code")
    ordering = ("-pk",)
    inlines = (SectionInline, VersionInline)
    change_list_template = "admin/questionnaires/questionnaire/change_list.html"
    fieldsets = (
        (None, {"fields": ("code",)}),
        (gettext_lazy("Title"), {"fields": (("title_kk", "title_ru", "title_en"),), "classes": ("three",)}),
    )

    def get_queryset(self, request):
        """With the counts of the list, without a query per row."""
        rows = super().get_queryset(request)
        return rows.annotate(
            sections_made=models.Count("sections", distinct=True), versions_made=models.Max("versions__number")
        )

    def get_inlines(self, request, obj):
        """Sections from the start, versions once there are any."""
        return self.inlines if obj else (SectionInline,)

    def get_urls(self):
        """The button that makes the usual questions."""
        view = self.admin_site.admin_view(require_POST(self.usual))
        return [path("usual/", view, name="questionnaires_questionnaire_usual"), *super().get_urls()]

    def usual(self, request):
        """Makes them and opens them."""
        try:
            made = add_usual_questionnaire(by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
            return HttpResponseRedirect(reverse("admin:questionnaires_questionnaire_changelist"))
        messages.success(request, _("The usual questions are added. Change them as you need."))
        return HttpResponseRedirect(reverse("admin:questionnaires_questionnaire_change", args=[made.pk]))

    @admin.display(description=gettext_lazy("sections"), ordering="sections_made")
    def section_count(self, questionnaire):
        """How many screens an applicant sees."""
        return questionnaire.sections_made

    @admin.display(description=gettext_lazy("last published version"), ordering="versions_made")
    def last_version(self, questionnaire):
        """Its number."""
        return questionnaire.versions_made or "—"


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
