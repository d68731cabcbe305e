"""Appeals: the list, one appeal with what it is about, the answer by people who took no part, the way to an agenda."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from committees.models import Meeting
from committees.statuses import MeetingStatus
from core import clock
from core.admin import PolicyAdmin, badge
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from grants import policy
from grants.actions.appeals import answer_appeal, put_on_agenda
from grants.admin.help import AnsweredFilter
from grants.forms.appeals import AnswerForm
from grants.models import Appeal
from grants.queries.appeals import took_part
from grants.queries.reasons import letter_words, reasons_of

SHOWN_WITH = (
    "application__organisation",
    "application__call__appeal_commission",
    "application__rules",
    "decision",
    "document",
    "made_by",
    "answered_by",
    "item__meeting",
)


@admin.register(Appeal)
class AppealAdmin(PolicyAdmin):
    """Who answers, the commission and auditors read; what was written never changes."""

    may_see = staticmethod(policy.may_see_appeals)
    list_display = ("number", "project", "against_shown", "due", "state")
    list_filter = (AnsweredFilter, "against", "outcome")
    search_fields = ("application__search_text__has_words",)

    def get_queryset(self, request):
        """With what a row prints."""
        return Appeal.objects.visible_to(request.user).select_related(*SHOWN_WITH)

    def get_urls(self):
        """The way to an agenda."""
        view = self.admin_site.admin_view(require_POST(self.agenda))
        return [path("<int:pk>/agenda/", view, name="grants_appeal_agenda"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The words, the score and its reasons, the answer or its form."""
        if not policy.may_see_appeals(request.user):
            return super().change_view(request, object_id, form_url, extra_context)
        pk = object_id if str(object_id).isdigit() else None
        appeal = get_object_or_404(self.get_queryset(request), pk=pk)
        form = AnswerForm(request.POST if request.method == "POST" else None, appeal=appeal)
        if request.method == "POST" and form.is_valid() and self._answered(request, appeal, form):
            return HttpResponseRedirect(reverse("admin:grants_appeal_changelist"))
        return render(request, "admin/grants/appeal/answer.html", self._context(request, appeal, form))

    def _context(self, request, appeal, form):
        application = appeal.application
        involved = request.user.pk in took_part(application)
        committee = application.call.appeal_commission
        planned = Meeting.objects.filter(committee=committee, status=MeetingStatus.PLANNED) if committee else []
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{_('Appeal')} · {application.number}",
            "appeal": appeal,
            "application": application,
            "is_late": appeal.answered_at is None and appeal.due_at < clock.now(),
            "involved": involved,
            "may_answer": policy.may_answer_appeals(request.user) and not involved and appeal.answered_at is None,
            "committee": committee,
            "meetings": planned if policy.may_stage_decisions(request.user) else [],
            "reasons": letter_words(reasons_of(application)) if appeal.decision_id else None,
            "form": form,
        }

    def _answered(self, request, appeal, form):
        """Calls the action; a refusal stays above the form with everything that was typed."""
        try:
            answer_appeal(appeal, by=request.user, **{"returns_to": "", **form.cleaned_data})
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
            return False
        messages.success(request, _("The appeal is answered. The applicant got a letter."))
        return True

    def agenda(self, request, pk):
        """Puts the appeal on the agenda of a planned meeting."""
        appeal = get_object_or_404(self.get_queryset(request), pk=pk)
        chosen = request.POST.get("meeting", "")
        meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=chosen if chosen.isdigit() else None)
        try:
            put_on_agenda(appeal, meeting, by=request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
        else:
            messages.success(request, _("The appeal stands on the agenda."))
        return HttpResponseRedirect(reverse("admin:grants_appeal_change", args=[pk]))

    @admin.display(description=gettext_lazy("number"), ordering="application__number")
    def number(self, appeal):
        """Of the application."""
        return appeal.application.number

    @admin.display(description=gettext_lazy("project"))
    def project(self, appeal):
        """Its title and organisation."""
        return f"{appeal.application.title} · {appeal.application.organisation}"

    @admin.display(description=gettext_lazy("against"), ordering="against")
    def against_shown(self, appeal):
        """In words."""
        return appeal.get_against_display()

    @admin.display(description=gettext_lazy("to be answered until"), ordering="due_at")
    def due(self, appeal):
        """In Almaty's time."""
        return moment(appeal.due_at)

    @admin.display(description=gettext_lazy("state"), ordering="answered_at")
    def state(self, appeal):
        """A word and a shape."""
        if appeal.answered_at:
            return badge(appeal.get_outcome_display(), "good" if appeal.outcome == "upheld" else "neutral")
        late = appeal.due_at < clock.now()
        return badge(_("Overdue"), "bad", "cross") if late else badge(_("Waits for the answer"), "wait")
