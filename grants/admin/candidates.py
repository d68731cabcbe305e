"""People who offer to read: their answers, accepting and declining, invitations by e-mail, the questions themselves."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin, badge
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from grants import policy
from grants.actions import candidates as actions
from grants.forms.candidates import InviteExpertForm
from grants.models import ExpertCandidate, ExpertInvitation
from grants.queries.experts import candidate_questionnaire, candidate_version
from grants.statuses import CandidateAnswer
from questionnaires.queries.content import answered_sections


@admin.register(ExpertCandidate)
class ExpertCandidateAdmin(PolicyAdmin):
    """Those that wait for an answer first; what was not sent is not shown."""

    may_see = staticmethod(policy.may_see_assignments)
    list_display = ("name", "sent", "state", "is_invited")
    search_fields = ("user__display_name", "user__email")
    list_select_related = ("user",)
    change_list_template = "admin/grants/expertcandidate/change_list.html"

    def get_queryset(self, request):
        """Sent ones."""
        return ExpertCandidate.objects.filter(submitted_at__isnull=False)

    def get_ordering(self, request):
        """Unanswered first."""
        return ("answer", "-submitted_at", "pk")

    def get_urls(self):
        """Invitations have a page of their own."""
        inside = self.admin_site.admin_view
        return [
            path("invitations/", inside(self.invitations), name="grants_expertcandidate_invitations"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("person"), ordering="user__display_name")
    def name(self, row):
        """Who offers."""
        return str(row.user)

    @admin.display(description=gettext_lazy("sent"), ordering="submitted_at")
    def sent(self, row):
        """When."""
        return moment(row.submitted_at)

    @admin.display(description=gettext_lazy("state"))
    def state(self, row):
        """A word and a shape."""
        return state_badge(row)

    @admin.display(description=gettext_lazy("invited"), boolean=True)
    def is_invited(self, row):
        """By a letter of ours."""
        return row.invitation_id is not None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The answers, and the staff's answer."""
        if not policy.may_see_assignments(request.user):
            return super().change_view(request, object_id, form_url, extra_context)
        rows = self.get_queryset(request).select_related("user", "answered_by", "answer_set__version")
        row = get_object_or_404(rows, pk=object_id if str(object_id).isdigit() else None)
        if request.method == "POST":
            self._answer(request, row)
            return redirect("admin:grants_expertcandidate_change", row.pk)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(row.user),
            "row": row,
            "state": state_badge(row),
            "sections": answered_sections(row.answer_set.version.content, row.answer_set.values()),
            "may_answer": policy.may_accept_experts(request.user) and not row.answered_at,
        }
        return render(request, "admin/grants/expertcandidate/answers.html", context)

    def _answer(self, request, row):
        answer = request.POST.get("answer", "")
        try:
            if answer not in CandidateAnswer.values:
                raise Refused(_("Choose from the list."), code="unknown")
            actions.answer_candidate(row, answer=answer, reason=request.POST.get("reason", "")[:300], by=request.user)
            messages.success(request, _("The answer is sent."))
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))

    def invitations(self, request):
        """Sends invitations, takes them back, publishes the questions of candidates."""
        if not policy.may_see_assignments(request.user):
            raise NotAllowed(_("Only staff who assign experts see this page."), code="not_allowed")
        form = InviteExpertForm(request.POST if request.POST.get("verb") == "invite" else None)
        if request.method == "POST" and self._acted(request, form):
            return redirect("admin:grants_expertcandidate_invitations")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Invitations of experts"),
            "form": form,
            "rows": ExpertInvitation.objects.select_related("invited_by")[:100],
            "version": candidate_version(),
            "questionnaire": candidate_questionnaire(),
            "may_invite": policy.may_accept_experts(request.user),
        }
        return render(request, "admin/grants/expertcandidate/invitations.html", context)

    def _acted(self, request, form):
        verb = request.POST.get("verb")
        try:
            if verb == "publish":
                actions.publish_questions(by=request.user)
                messages.success(request, _("The questions stand on the page for experts."))
            elif verb == "take_back":
                row = get_object_or_404(ExpertInvitation, public_id=request.POST.get("row", ""))
                actions.take_back_expert_invitation(row, by=request.user)
                messages.success(request, _("The invitation opens nothing any more."))
            elif verb == "invite":
                if not form.is_valid():
                    return False
                actions.invite_expert(by=request.user, **form.cleaned_data)
                messages.success(request, _("The invitation is sent."))
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
        return True


def state_badge(row):
    """Waits, accepted, declined."""
    if not row.answer:
        return badge(_("Waits for the answer"), "wait")
    return badge(row.get_answer_display(), "good" if row.answer == CandidateAnswer.ACCEPTED else "bad")
