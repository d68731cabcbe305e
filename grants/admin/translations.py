"""Translations by staff: the original beside the words of the staff, part by part."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.statuses import Language
from core.admin import PolicyAdmin
from core.refusals import NotAllowed, Refused
from grants import policy
from grants.actions import translations as actions
from grants.models import Application, Conflict, StaffTranslation
from grants.queries.assigning_inputs import language_read
from grants.queries.translations import places_of
from grants.statuses import ApplicationStatus

PREFIX = "text-"


@admin.register(StaffTranslation)
class StaffTranslationAdmin(PolicyAdmin):
    """Every translation, with who wrote it; each application has a page where they are written."""

    may_see = staticmethod(policy.may_see_assignments)
    list_display = ("number", "place", "language", "added_at", "added_by", "is_live")
    list_filter = ("language",)
    list_select_related = ("application", "added_by")
    ordering = ("-pk",)
    fields = ("application", "place", "language", "text", "added_at", "added_by", "removed_at", "removed_by")
    readonly_fields = fields

    def get_queryset(self, request):
        """Nothing of an application that a conflict closes to this person."""
        return super().get_queryset(request).exclude(application__in=Conflict.objects.closing_to(request.user))

    @admin.display(description=gettext_lazy("application"))
    def number(self, row):
        """Its number."""
        return row.application.number

    @admin.display(description=gettext_lazy("shown"), boolean=True)
    def is_live(self, row):
        """Not replaced and not taken away."""
        return row.removed_at is None

    def get_urls(self):
        """The page of an application."""
        inside = self.admin_site.admin_view
        name = "grants_stafftranslation_application"
        return [path("application/<str:public_id>/", inside(self.of_application), name=name), *super().get_urls()]

    def of_application(self, request, public_id):
        """Original and translation side by side; also what language the original is in."""
        if not policy.may_see_assignments(request.user):
            raise NotAllowed(_("Only staff who assign experts see this page."), code="not_allowed")
        rows = Application.objects.visible_to(request.user).select_related("call", "answer_set__version")
        application = get_object_or_404(rows, public_id=public_id)
        original = language_read(application)
        chosen = request.GET.get("language") or ("kk" if original == "ru" else "ru")
        language = chosen if chosen in Language.values else "ru"
        if request.method == "POST":
            self._save(request, application, language)
            here = reverse("admin:grants_stafftranslation_application", args=[public_id])
            return redirect(f"{here}?language={language}")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Translation by staff"),
            "application": application,
            "original": Language(original).label,
            "original_code": original,
            "language": language,
            "languages": [(code, label) for code, label in Language.choices if code != original],
            "all_languages": Language.choices,
            "places": places_of(application, language),
            "may_write": policy.may_assign_experts(request.user) and application.status == ApplicationStatus.ELIGIBLE,
        }
        return render(request, "admin/grants/stafftranslation/of_application.html", context)

    def _save(self, request, application, language):
        try:
            if request.POST.get("verb") == "language":
                actions.say_language(application, language=request.POST.get("written_in", ""), by=request.user)
                messages.success(request, _("The language of the original is kept."))
                return
            texts = {key[len(PREFIX) :]: value for key, value in request.POST.items() if key.startswith(PREFIX)}
            actions.translate(application, texts, language=language, by=request.user)
            messages.success(request, _("The translation stands beside the original for the experts."))
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
