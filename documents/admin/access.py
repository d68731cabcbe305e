"""The queue of those who ask, with proof, to be let into an organisation whose number they have typed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from accounts.actions.access import let_in, refuse_access
from accounts.actions.organisations import note_reading
from accounts.models import AccessRequest
from accounts.policy import may_answer_with_proof
from accounts.statuses import AccessAnswer, MembershipRole
from core.admin import PolicyAdmin, badge
from core.refusals import Refused
from core.templatetags.words import moment
from documents.models import AccessProof
from documents.serve import serve

HERE = "admin:accounts_accessrequest_change"
MARKS = {AccessAnswer.LET_IN: ("good", "check"), AccessAnswer.REFUSED: ("bad", "cross")}


@admin.register(AccessRequest)
class AccessRequestAdmin(PolicyAdmin):
    """What came with proof: those that wait first. A request without proof is its owner's alone."""

    may_see = staticmethod(may_answer_with_proof)
    list_display = ("asker", "organisation", "asked", "state")
    list_select_related = ("organisation", "asked_by")
    list_filter = ("answer",)
    ordering = ("answer", "asked_at")

    def get_queryset(self, request):
        """With proof."""
        return AccessRequest.objects.filter(to_staff=True).select_related("organisation", "asked_by")

    def get_urls(self):
        """The paper."""
        paper = self.admin_site.admin_view(require_GET(self.paper))
        return [path("<int:pk>/papers/<int:proof>/", paper, name="accounts_accessrequest_paper"), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The papers beside the facts of the organisation, and the answer."""
        if not may_answer_with_proof(request.user):
            return super().change_view(request, object_id, form_url, extra_context)
        row = get_object_or_404(self.get_queryset(request), pk=object_id if str(object_id).isdigit() else None)
        if request.method == "POST":
            return self._answered(request, row)
        note_reading(row.organisation, by=request.user)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("A request with proof"),
            "asked": row,
            "proofs": row.proofs.select_related("document"),
            "owners": row.organisation.memberships.filter(role=MembershipRole.OWNER).select_related("user"),
            "mark": self.state(row),
        }
        return render(request, "admin/accounts/accessrequest/answer.html", context)

    def _answered(self, request, row):
        """Yes makes an owner of who has proved it; no says no more than that."""
        try:
            if request.POST.get("answer") == AccessAnswer.LET_IN:
                let_in(row, role=MembershipRole.OWNER, by=request.user)
                messages.success(request, _("Let in as an owner. The person gets a letter."))
            else:
                refuse_access(row, by=request.user)
                messages.success(request, _("Refused. The person learns no more than that."))
        except Refused as refused:
            messages.error(request, str(refused.sentence))
        return redirect(reverse(HERE, args=[row.pk]))

    def paper(self, request, pk, proof):
        """One paper, for officers alone."""
        if not may_answer_with_proof(request.user):
            raise PermissionDenied
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        return serve(get_object_or_404(AccessProof, request=row, pk=proof).document)

    @admin.display(description=gettext_lazy("who asks"))
    def asker(self, row):
        """Name or e-mail."""
        return str(row.asked_by)

    @admin.display(description=gettext_lazy("asked"), ordering="asked_at")
    def asked(self, row):
        """When."""
        return moment(row.asked_at)

    @admin.display(description=gettext_lazy("answer"), ordering="answer")
    def state(self, row):
        """A word and a shape."""
        if not row.answer:
            return badge(_("Waits for the answer"), "wait")
        return badge(row.get_answer_display(), *MARKS[AccessAnswer(row.answer)])
