"""The secretary's meeting: agenda, attendance, votes, what would void it, minutes. Everything is one of the actions."""

from django.contrib import admin, messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from committees import policy
from committees.actions.minutes import copy_for
from committees.admin import meeting_forms, meeting_verbs
from committees.models import Meeting, Minutes
from committees.queries.secretary import page_of
from committees.statuses import MEETING_MARKS, MeetingStatus
from core.admin import PolicyAdmin, badge
from core.refusals import NotAllowed, Refused
from core.templatetags.words import moment
from documents.serve import serve


@admin.register(Meeting)
class MeetingAdmin(PolicyAdmin):
    """Meetings by their day; a row opens the page of its session."""

    may_see = staticmethod(policy.may_read_meetings)
    may_add = staticmethod(policy.may_prepare_meetings)
    list_display = ("starts", "committee", "number", "state")
    list_select_related = ("committee",)
    list_filter = ("committee", "status")
    search_fields = ("committee__name_ru", "committee__name_kk")

    @admin.display(description=gettext_lazy("begins"), ordering="starts_at")
    def starts(self, row):
        """Day and time in Almaty."""
        return moment(row.starts_at)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, row):
        """A word and a shape."""
        return badge(row.get_status_display(), *MEETING_MARKS[MeetingStatus(row.status)])

    def get_urls(self):
        """Buttons go to one address, forms to another, minutes are downloaded at a third."""
        inside = self.admin_site.admin_view
        name = "committees_meeting"
        return [
            path("<int:pk>/act/<str:verb>/", inside(require_POST(self.act)), name=f"{name}_act"),
            path("<int:pk>/form/<str:verb>/", inside(self.typed), name=f"{name}_form"),
            path("<int:pk>/minutes/<str:minutes_id>/", inside(self.minutes), name=f"{name}_minutes"),
            *super().get_urls(),
        ]

    def add_view(self, request, form_url="", extra_context=None):
        """Plans a meeting."""
        if not policy.may_prepare_meetings(request.user):
            raise NotAllowed(_("Only the secretary of the committee prepares meetings."))
        return meeting_forms.plan(self, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The page of the session."""
        meeting = _meeting(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(meeting),
            "may_prepare": policy.may_prepare_meetings(request.user),
            "may_annul": policy.may_annul(request.user),
            **page_of(meeting, request.user),
        }
        return render(request, "admin/committees/meeting/page.html", context)

    def act(self, request, pk, verb):
        """One press; a refusal is shown above the page, nothing is lost."""
        meeting, act = _meeting(request, pk), meeting_verbs.VERBS.get(verb)
        if act is None:
            raise Http404
        try:
            done = act(meeting, request)
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, " ".join([str(refusal.sentence), *map(str, refusal.items)]))
        else:
            messages.success(request, done)
        return redirect(f"{reverse('admin:committees_meeting_change', args=[meeting.pk])}{request.POST.get('at', '')}")

    def typed(self, request, pk, verb):
        """What needs typing."""
        meeting, page = _meeting(request, pk), meeting_forms.PAGES.get(verb)
        if page is None:
            raise Http404
        if not (policy.may_annul if verb == "annul" else policy.may_prepare_meetings)(request.user):
            raise NotAllowed(_("Only the secretary of the committee prepares meetings."))
        return page(self, request, meeting)

    def minutes(self, request, pk, minutes_id):
        """The PDF."""
        row = get_object_or_404(Minutes, meeting=_meeting(request, pk), public_id=minutes_id)
        copy = copy_for(row, request.user)
        return serve(row.document) if copy is None else HttpResponse(copy, content_type="application/pdf")


def _meeting(request, pk):
    """404 for what is not the reader's."""
    if not policy.may_read_meetings(request.user):
        raise NotAllowed(_("Only those who prepare and check meetings see this page."))
    rows = Meeting.objects.visible_to(request.user).select_related("committee__order")
    try:
        return get_object_or_404(rows, pk=int(pk))
    except ValueError:
        raise Http404 from None
