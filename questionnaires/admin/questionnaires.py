"""A questionnaire: its sections, the rules across fields, what was published, what keeps it from being published."""

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from core.admin import PolicyAdmin, PolicyInline
from core.refusals import Refused
from core.templatetags.words import moment
from questionnaires import policy
from questionnaires.actions.usual import add_usual_questionnaire, usual_sets
from questionnaires.admin.fields import NamesField
from questionnaires.admin.preview import preview, preview_frame
from questionnaires.models import CrossRule, Questionnaire, QuestionnaireVersion, Section
from questionnaires.queries.lint import lint


class SectionInline(PolicyInline):
    """Sections of a questionnaire, each with the way to its questions."""

    model = Section
    fields = ("position", "title_kk", "title_ru", "title_en")
    show_change_link = True
    may_see = staticmethod(policy.may_see_questionnaires)
    may_change = staticmethod(policy.may_edit_questionnaires)


class CrossRuleInline(PolicyInline):
    """Rules across fields, with the sentence that a person reads beside the field."""

    model = CrossRule
    fields = ("position", "kind", "of", "against", "limit", "message_kk", "message_ru", "message_en")
    may_see = staticmethod(policy.may_see_questionnaires)
    may_change = staticmethod(policy.may_edit_questionnaires)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Names of fields as a line."""
        if db_field.name == "of":
            help_text = _("Keys with commas between them; a column of a table: table.column.")
            return NamesField(label=db_field.verbose_name, help_text=help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class VersionInline(PolicyInline):
    """What was published; it never changes."""

    model = QuestionnaireVersion
    verbose_name_plural = gettext_lazy("published versions")
    may_see = staticmethod(policy.may_see_questionnaires)
    fields = readonly_fields = ("number", "published", "publisher", "questions", "digest")
    ordering = ("-number",)

    @admin.display(description=gettext_lazy("published"))
    def published(self, version):
        """When, in Almaty."""
        return moment(version.published_at)

    @admin.display(description=gettext_lazy("published by"))
    def publisher(self, version):
        """Who."""
        return version.published_by

    @admin.display(description=gettext_lazy("SHA-256"))
    def digest(self, version):
        """Of the frozen content."""
        return version.sha256

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
    inlines = (SectionInline, CrossRuleInline, VersionInline)
    change_list_template = "admin/questionnaires/questionnaire/change_list.html"
    change_form_template = "admin/questionnaires/questionnaire/change_form.html"
    readonly_fields = ("to_mend",)
    fieldsets = (
        (None, {"fields": ("code",)}),
        (gettext_lazy("Title"), {"fields": (("title_kk", "title_ru", "title_en"),), "classes": ("three",)}),
        (gettext_lazy("Before publishing"), {"fields": ("to_mend",)}),
    )

    def get_queryset(self, request):
        """With the counts of the list, without a query per row."""
        rows = super().get_queryset(request)
        return rows.annotate(
            sections_made=models.Count("sections", distinct=True), versions_made=models.Max("versions__number")
        )

    def get_inlines(self, request, obj):
        """Sections from the start, the rest once there is something to refer to."""
        return self.inlines if obj else (SectionInline,)

    def get_fieldsets(self, request, obj=None):
        """Nothing can be mended before there is a questionnaire."""
        return self.fieldsets if obj else self.fieldsets[:2]

    def get_urls(self):
        """The button that makes a usual set of questions, the preview and its phone."""
        name = "questionnaires_questionnaire"
        view = self.admin_site.admin_view
        return [
            path("usual/", view(require_POST(self.usual)), name=f"{name}_usual"),
            path("<int:pk>/preview/", view(self.preview), name=f"{name}_preview"),
            path("<int:pk>/preview/phone/", view(self.preview_frame), name=f"{name}_preview_frame"),
            *super().get_urls(),
        ]

    def preview(self, request, pk):
        """As an applicant sees it, in a frame as wide as a phone."""
        return preview(self, request, pk)

    def preview_frame(self, request, pk):
        """What stands in that frame."""
        return preview_frame(self, request, pk)

    def changelist_view(self, request, extra_context=None):
        """With the usual sets that may be loaded."""
        return super().changelist_view(request, {"usual_sets": usual_sets(), **(extra_context or {})})

    def usual(self, request):
        """Makes the chosen usual set and opens it."""
        try:
            made = add_usual_questionnaire(code=request.POST.get("code", ""), by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
            return HttpResponseRedirect(reverse("admin:questionnaires_questionnaire_changelist"))
        messages.success(request, _("The usual questions are added. Change them as you need."))
        return HttpResponseRedirect(reverse("admin:questionnaires_questionnaire_change", args=[made.pk]))

    @admin.display(description=gettext_lazy("to mend"))
    def to_mend(self, questionnaire: Questionnaire) -> Any:
        """Every fault that keeps it from being published, with its place."""
        flaws = lint(questionnaire)
        if not flaws:
            return _("Nothing: these questions can be published.")
        return format_html_join("", '<p class="flaw">{}</p>', ((str(flaw),) for flaw in flaws))

    @admin.display(description=gettext_lazy("sections"), ordering="sections_made")
    def section_count(self, questionnaire):
        """How many screens an applicant sees."""
        return questionnaire.sections_made

    @admin.display(description=gettext_lazy("last published version"), ordering="versions_made")
    def last_version(self, questionnaire):
        """Its number."""
        return questionnaire.versions_made or "—"
