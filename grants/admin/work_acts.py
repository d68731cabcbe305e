"""Acts of work done: made for an expert of a call once their reviews are in, then read here."""

from django.contrib import admin, messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin
from core.refusals import NotAllowed, Refused
from documents.serve import serve
from grants import policy
from grants.actions.work_acts import make_work_act
from grants.models import Call, Expert, WorkAct
from grants.queries.experts import acts_of, finished_work


@admin.register(WorkAct)
class WorkActAdmin(PolicyAdmin):
    """Every act, the newest first."""

    may_see = staticmethod(policy.may_see_assignments)
    list_display = ("number", "expert", "call", "reviews", "made_at")
    list_filter = ("call",)
    list_select_related = ("expert__user", "call")
    fields = ("number", "expert", "call", "reviews", "made_at", "made_by", "file")
    readonly_fields = fields

    def get_urls(self):
        """The experts of a call, and the PDF."""
        inside = self.admin_site.admin_view
        return [
            path("call/<str:public_id>/", inside(self.of_call), name="grants_workact_call"),
            path("pdf/<str:public_id>/", inside(self.pdf), name="grants_workact_pdf"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("PDF"))
    def file(self, act):
        """The way to the file."""
        return format_html('<a href="../../pdf/{}/">{}.pdf</a>', act.public_id, act.number)

    def pdf(self, request, public_id):
        """The file itself."""
        act = get_object_or_404(
            WorkAct.objects.visible_to(request.user).select_related("document"), public_id=public_id
        )
        return serve(act.document, as_attachment=True)

    def of_call(self, request, public_id):
        """Who has handed in how much, and the act of each. A POST makes one."""
        if not policy.may_see_assignments(request.user):
            raise NotAllowed(_("Only staff who assign experts see this page."), code="not_allowed")
        call = get_object_or_404(Call.objects.visible_to(request.user), public_id=public_id)
        if request.method == "POST":
            self._make(request, call)
            return redirect("admin:grants_workact_call", public_id)
        acts = acts_of(call)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Acts of work done"),
            "call": call,
            "rows": [(expert, acts.get(expert.pk)) for expert in finished_work(call)],
            "may_make": policy.may_assign_experts(request.user),
        }
        return render(request, "admin/grants/workact/of_call.html", context)

    def _make(self, request, call):
        key = request.POST.get("expert", "")
        expert = get_object_or_404(Expert, pk=int(key) if key.isdecimal() and len(key) < 19 else 0)
        try:
            act = make_work_act(expert, call, by=request.user)
            messages.success(request, _("The act %(number)s is made. The expert is told.") % {"number": act.number})
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
