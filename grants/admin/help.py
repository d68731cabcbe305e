"""Questions from the sections of drafts: the queue, the section that the applicant opened, the answer."""

from django.contrib import admin, messages
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin, badge
from core.refusals import Refused
from core.templatetags.words import moment
from grants import policy
from grants.actions.help import answer_help, look_at_section
from grants.forms.help import HelpAnswerForm
from grants.models import HelpRequest
from grants.queries.content import part_titles
from grants.queries.help import section_opened

SHOWN_WITH = (
    "application__organisation",
    "application__call",
    "application__sector",
    "application__district",
    "application__answer_set__version",
    "application__rules",
    "asked_by",
    "answered_by",
)


class AnsweredFilter(admin.SimpleListFilter):
    """Answered or not."""

    title = gettext_lazy("answer")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        """Two groups."""
        return [("waits", _("Waits for an answer")), ("given", _("Answered"))]

    def queryset(self, request, queryset):
        """One of the two, or all."""
        chosen = self.value()
        return queryset.filter(answered_at__isnull=chosen == "waits") if chosen in ("waits", "given") else queryset


@admin.register(HelpRequest)
class HelpRequestAdmin(PolicyAdmin):
    """Those that wait first. A draft is seen here by its question, and by the section that was opened, alone."""

    may_see = staticmethod(policy.may_answer_applicants)
    list_display = ("question", "applicant", "asked", "state")
    list_filter = (AnsweredFilter,)
    list_select_related = ("application__organisation",)

    def get_queryset(self, request):
        """All, for officers."""
        return HelpRequest.objects.visible_to(request.user)

    def get_ordering(self, request):
        """Unanswered first (their answer's time is empty), the oldest of them on top."""
        return (F("answered_at").desc(nulls_first=True), "asked_at")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The question and its answer; with consent the section, read only, and each look in the trail."""
        if not policy.may_answer_applicants(request.user):
            return super().change_view(request, object_id, form_url, extra_context)
        rows = self.get_queryset(request).select_related(*SHOWN_WITH)
        asked = get_object_or_404(rows, pk=object_id if str(object_id).isdigit() else None)
        form = HelpAnswerForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid() and self._answered(request, asked, form):
            return redirect(reverse("admin:grants_helprequest_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("A question of an applicant"),
            "asked": asked,
            "section": dict(part_titles(asked.application)).get(asked.section, ""),
            "part": self._part(request, asked),
            "form": form,
        }
        return render(request, "admin/grants/helprequest/answer.html", context)

    def _part(self, request, asked):
        """The section as it stands, where the applicant opened it: the look is recorded first."""
        if not asked.is_open_to_staff:
            return None
        look_at_section(asked, by=request.user)
        return section_opened(asked)

    def _answered(self, request, asked, form):
        try:
            answer_help(asked, answer=form.cleaned_data["answer"], by=request.user)
        except Refused as refused:
            messages.error(request, str(refused.sentence))
            asked.refresh_from_db(fields=["answer", "answered_at", "answered_by"])  # the section is closed by now
            return False
        messages.success(request, _("The answer is sent."))
        return True

    @admin.display(description=gettext_lazy("question"))
    def question(self, asked):
        """Its beginning."""
        return str(asked)

    @admin.display(description=gettext_lazy("applicant"))
    def applicant(self, asked):
        """The organisation."""
        return asked.application.organisation.name

    @admin.display(description=gettext_lazy("asked"), ordering="asked_at")
    def asked(self, asked):
        """When."""
        return moment(asked.asked_at)

    @admin.display(description=gettext_lazy("state"), ordering="answered_at")
    def state(self, asked):
        """A word and a shape."""
        return badge(_("Answered"), "good") if asked.answered_at else badge(_("Waits for the answer"), "wait")
