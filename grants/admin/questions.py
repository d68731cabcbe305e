"""Questions about calls: the officers' queue, the oldest first, and the page on which one is answered."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin, badge
from core.form_page import form_page
from core.templatetags.words import moment
from grants import policy
from grants.actions.call_questions import answer_call_question
from grants.forms.questions import AnswerForm
from grants.models import CallQuestion


class WaitingFilter(admin.SimpleListFilter):
    """Answered or not."""

    title = gettext_lazy("answer")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        """Two groups."""
        return [("waits", _("Waits for an answer")), ("given", _("Answered"))]

    def queryset(self, request, queryset):
        """One of the two, or all."""
        if self.value() == "waits":
            return queryset.waiting()
        return queryset.published() if self.value() == "given" else queryset


@admin.register(CallQuestion)
class CallQuestionAdmin(PolicyAdmin):
    """Who asked stands nowhere here: the answer does not depend on it."""

    may_see = staticmethod(policy.may_answer_applicants)
    list_display = ("text_shown", "call", "asked_at", "state")
    list_filter = (WaitingFilter, "call")
    list_select_related = ("call",)
    search_fields = ("text", "question_kk", "question_ru")
    ordering = ("asked_at", "pk")

    @admin.display(description=gettext_lazy("question as it was asked"))
    def text_shown(self, question):
        """Its first words."""
        return question.text[:120]

    @admin.display(description=gettext_lazy("status"))
    def state(self, question):
        """Waits or answered."""
        return badge(_("Answered"), "good", "check") if question.published_at else badge(_("Waits"), "wait", "clock")

    def get_queryset(self, request):
        """What the person may see."""
        return CallQuestion.objects.visible_to(request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of a question is the page on which it is answered, in three languages; the press publishes."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        question = self.get_object(request, unquote(object_id))
        if question is None:
            raise Http404
        return form_page(
            request,
            self,
            AnswerForm(request.POST if request.method == "POST" else None, question=question),
            title=_("Answer a question about a call"),
            button=_("Publish question and answer"),
            back=reverse("admin:grants_callquestion_changelist") + "?answer=waits",
            act=lambda typed: answer_call_question(question, texts=typed, by=request.user),
            done=_("Question and answer stand on the page of the call. The asker got a letter."),
            facts=[
                (_("Call"), question.call.title),
                (_("Asked"), moment(question.asked_at)),
                (_("As it was asked"), question.text),
                (_("Before you publish"), _("Take out of the question whatever tells who asked it.")),
            ],
        )
