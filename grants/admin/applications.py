"""Applications: the list, and the dossier in the place of a form. Nothing here is typed into a row."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from core import clock
from core.admin import PolicyAdmin, badge
from core.paging import CappedPaginator
from core.refusals import Refused
from core.templatetags.words import money
from documents.serve import serve
from grants import policy
from grants.actions.screening import assign_officer
from grants.admin import screening
from grants.admin.court import court_file
from grants.admin.filters import CallFilter, KnownFilter, OfficerFilter, SentFilter, StatusFilter, TurnFilter
from grants.models import Application, ApplicationDocument, Submission
from grants.queries.dossier import officers
from grants.statuses import APPLICATION_MARKS, ApplicationStatus


class OfficerActionForm(ActionForm):
    """The officer for «assign to the chosen officer»."""

    officer = forms.ModelChoiceField(queryset=officers(), required=False, label=gettext_lazy("Officer"))


@admin.register(Application)
class ApplicationAdmin(PolicyAdmin):
    """What was sent; drafts are the applicant's own."""

    may_see = staticmethod(policy.may_see_some_applications)
    list_display = ("project", "applicant", "amount", "status_shown", "officer", "sent_on")
    list_display_links = ("project",)
    show_facets = admin.ShowFacets.NEVER
    list_select_related = ("organisation", "sector", "district", "officer")
    list_filter = (
        TurnFilter,
        StatusFilter,
        CallFilter,
        OfficerFilter,
        SentFilter,
        ("sector", KnownFilter),
        ("district", KnownFilter),
    )
    search_fields = ("search_text",)
    search_help_text = gettext_lazy("Number, title, organisation, IIN or BIN, words of the answers")
    ordering = ("-pk",)
    paginator = CappedPaginator
    action_form = OfficerActionForm
    actions = ("assign_to_me", "assign_to_chosen")

    def get_queryset(self, request):
        """Sent ones that the person may see, with what is open beside them."""
        return Application.objects.visible_to(request.user).sent().with_what_is_open().defer("search_text")

    def get_search_results(self, request, queryset, search_term):
        """Letters are folded: «Казак» finds «Қазақ»."""
        return (queryset.search(search_term) if search_term.strip() else queryset), False

    def has_screen_permission(self, request):
        """Bulk actions are an officer's."""
        return policy.may_screen(request.user)

    def get_urls(self):
        """The dossier's steps and papers."""
        wrap = self.admin_site.admin_view
        document, sent = wrap(require_GET(self.document)), wrap(require_GET(self.snapshot))
        steps = [
            path(f"<int:pk>/{verb}/", wrap(self.step), {"verb": verb}, name=f"grants_application_{verb}")
            for verb in screening.STEPS
        ]
        return [
            path("<int:pk>/court/", wrap(require_POST(self.court)), name="grants_application_court"),
            path("next/", wrap(require_POST(self.take_next)), name="grants_application_next"),
            *steps,
            path("<int:pk>/documents/<slug:public_id>/", document, name="grants_application_document"),
            path("<int:pk>/sent/<int:number>/", sent, name="grants_application_snapshot"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """With «take the next» for officers."""
        context = {"may_take_next": policy.may_screen(request.user), **(extra_context or {})}
        return super().changelist_view(request, context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The dossier."""
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return screening.dossier_page(request, self, object_id)

    def history_view(self, request, object_id, extra_context=None):
        """The trail stands in the dossier."""
        return HttpResponseRedirect(reverse("admin:grants_application_change", args=[object_id]) + "#history")

    def step(self, request, pk, verb):
        """One step of screening."""
        return screening.step_page(request, self, pk, verb)

    def take_next(self, request):
        """The next one to screen."""
        return screening.take_the_next(request)

    def court(self, request, pk):
        """Everything about one application as a ZIP that proves itself."""
        return court_file(request, self.get_queryset(request), pk)

    def document(self, request, pk, public_id):
        """A document of an application that the person may see, in place or as a download."""
        application = get_object_or_404(self.get_queryset(request), pk=pk)
        row = get_object_or_404(ApplicationDocument, application=application, public_id=public_id)
        return serve(row.document, as_attachment="download" in request.GET)

    def snapshot(self, request, pk, number):
        """What was sent, byte for byte, for those who screen or prove it."""
        rows = Submission.objects.visible_to(request.user)
        row = get_object_or_404(rows, application_id=pk, number=number)
        return serve(row.snapshot, as_attachment=True)

    @admin.action(description=gettext_lazy("Assign to me"), permissions=["screen"])
    def assign_to_me(self, request, queryset):
        """The chosen ones become mine."""
        self._assign(request, queryset, request.user)

    @admin.action(description=gettext_lazy("Assign to the chosen officer"), permissions=["screen"])
    def assign_to_chosen(self, request, queryset):
        """The chosen ones go to the officer chosen beside."""
        form = self.action_form(request.POST)
        form.fields["action"].choices = [(request.POST.get("action", ""), "")]  # type: ignore[attr-defined]
        officer = form.cleaned_data.get("officer") if form.is_valid() else None
        if officer is None:
            messages.error(request, _("Choose an officer beside the action first."))
            return
        self._assign(request, queryset, officer)

    def _assign(self, request, queryset, officer):
        done = 0
        for application in queryset:
            try:
                assign_officer(application, officer, by=request.user)
            except Refused as refusal:
                messages.error(request, f"{application.number}: {refusal.sentence}")
            else:
                done += 1
        if done:
            words = ngettext("%(count)s application assigned.", "%(count)s applications assigned.", done)
            messages.success(request, words % {"count": done})

    @admin.display(description=gettext_lazy("amount asked"), ordering="amount_requested")
    def amount(self, application):
        """As people write it."""
        return money(application.amount_requested, application.currency)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_shown(self, application):
        """A word and a shape; who has the ball where it is not the officer."""
        if application.has_open_correction:
            return badge(_("Returned for correction"), "wait", "back")
        if application.has_open_proposal:
            return badge(_("Proposed: not eligible"), "bad", "clock")
        status = ApplicationStatus(application.status)
        return badge(status.label, *APPLICATION_MARKS[status])

    @admin.display(description=gettext_lazy("application"), ordering="pk")
    def project(self, application):
        """Number and title."""
        return two_lines(application.number, application.title)

    @admin.display(description=gettext_lazy("applicant"))
    def applicant(self, application):
        """Organisation, then sector and district."""
        where = " · ".join(str(part) for part in (application.sector, application.district) if part)
        return two_lines(application.organisation, where)

    @admin.display(description=gettext_lazy("sent"), ordering="submitted_at")
    def sent_on(self, application):
        """The day in Almaty; how long it has waited for screening."""
        day = date_format(timezone.localtime(application.submitted_at), "SHORT_DATE_FORMAT")
        if application.status != ApplicationStatus.SUBMITTED:
            return day
        days = (clock.now() - application.submitted_at).days
        return two_lines(day, _("Days waiting: %(days)s") % {"days": days})


def two_lines(first, second):
    """A cell of two lines."""
    return format_html('{}<span class="cell__small">{}</span>', first, second)
