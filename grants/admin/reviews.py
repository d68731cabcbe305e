"""Who is asked to read what, and the form of a colleague who is an expert."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import parking
from core import clock
from core.admin import PolicyAdmin, badge
from core.refusals import NotAllowed, Refused
from core.templatetags.words import long_date, moment
from grants import policy
from grants.actions import reviews as actions
from grants.actions.extra import ask_extra_expert
from grants.forms.assigning import ReasonForm
from grants.forms.reviews import ReviewForm
from grants.models import Application, Assignment, Call, Conflict, Expert, ExtraReview
from grants.queries import assigning
from grants.queries import reviews as queries
from grants.queries.blind import veil_of
from grants.queries.calibration import next_sample
from grants.queries.experts import has_undertaken
from grants.statuses import ApplicationStatus


@admin.register(Assignment)
class AssignmentAdmin(PolicyAdmin):
    """Who reads what: read-only; asking, taking back and conflicts have pages of their own."""

    may_see = staticmethod(policy.may_see_assignments)
    list_display = ("number", "title", "expert", "due_shown", "state")
    list_filter = ("application__call", "expert")
    search_fields = ("application__search_text__has_words", "expert__user__display_name")
    list_select_related = ("application", "expert__user", "review")
    ordering = ("-pk",)
    fields = ("application", "expert", "due", "asked", "declared", "state", "returned", "scores_shown")
    readonly_fields = fields
    change_list_template = "admin/grants/assignment/change_list.html"

    def get_queryset(self, request):
        """With the review; nothing of an application that a conflict closes to this person."""
        rows = super().get_queryset(request).select_related("application", "expert__user", "review")
        return rows.exclude(application__in=Conflict.objects.closing_to(request.user))

    def get_fields(self, request, obj=None):
        """Scores only for those who may read the ranking."""
        shown = policy.may_see_ranking(request.user)
        return [name for name in self.fields if shown or name != "scores_shown"]

    def changelist_view(self, request, extra_context=None):
        """With a way to each call that is being judged."""
        calls = Call.objects.visible_to(request.user).filter(applications__status=ApplicationStatus.ELIGIBLE).distinct()
        return super().changelist_view(request, {**(extra_context or {}), "calls": calls})

    @admin.display(description=gettext_lazy("number"), ordering="application__number")
    def number(self, row):
        """Of the application."""
        return row.application.number

    @admin.display(description=gettext_lazy("project"))
    def title(self, row):
        """Of the application."""
        return row.application.title

    @admin.display(description=gettext_lazy("due"), ordering="due_on")
    def due_shown(self, row):
        """The last day, short for a list."""
        return date_format(row.due_on, "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("due"))
    def due(self, row):
        """The last day."""
        return long_date(row.due_on)

    @admin.display(description=gettext_lazy("asked"))
    def asked(self, row):
        """When and by whom."""
        return f"{moment(row.assigned_at)} · {row.assigned_by}"

    @admin.display(description=gettext_lazy("no conflict of interest, declared"))
    def declared(self, row):
        """The instant of the expert's declaration."""
        return moment(row.declared_at)

    @admin.display(description=gettext_lazy("handed back"))
    def returned(self, row):
        """When and why."""
        return f"{moment(row.returned_at)} · {row.returned_reason}" if row.returned_at else "—"

    @admin.display(description=gettext_lazy("state"))
    def state(self, row):
        """A word and a shape."""
        return state_badge(row)

    @admin.display(description=gettext_lazy("scores"))
    def scores_shown(self, row):
        """Every score with its versions."""
        review = getattr(row, "review", None)
        scores = review.scores.select_related("criterion").order_by("criterion__position", "number") if review else []
        return render_to_string("admin/grants/assignment/_scores.html", {"scores": scores, "review": review})

    def get_urls(self):
        """The pages of our own."""
        inside = self.admin_site.admin_view
        return [
            path("call/<str:public_id>/", inside(self.of_call), name="grants_assignment_call"),
            path("application/<str:public_id>/", inside(self.of_application), name="grants_assignment_application"),
            path("score/<str:public_id>/", inside(self.score), name="grants_assignment_score"),
            *super().get_urls(),
        ]

    def _page(self, request, template, title, context):
        base = {**self.admin_site.each_context(request), "opts": self.model._meta, "title": title}
        return render(request, f"admin/grants/assignment/{template}.html", {**base, **context})

    def _refuse_strangers(self, request):
        if not policy.may_see_assignments(request.user):
            raise NotAllowed(_("Only staff who assign experts see this page."), code="not_allowed")

    def of_call(self, request, public_id):
        """Applications of a call and their reviews: those that lack most stand first."""
        self._refuse_strangers(request)
        call = get_object_or_404(Call.objects.visible_to(request.user), public_id=public_id)
        rows: list[Any] = list(assigning.with_review_counts(call, request.user))
        needed = call.reviews_needed
        context = {
            "call": call,
            "rows": rows,
            "unasked": sum(row.asked < needed for row in rows),
            "waiting": sum(row.asked >= needed > row.done for row in rows),
            "ready": sum(row.done >= needed for row in rows),
        }
        return self._page(request, "of_call", _("Experts of the call"), context)

    def of_application(self, request, public_id):
        """Who is asked, whom to ask, and who may not be asked and why."""
        self._refuse_strangers(request)
        rows = Application.objects.visible_to(request.user).with_everything_shown()
        application = get_object_or_404(rows, public_id=public_id)
        if request.method == "POST":
            return self._act(request, application)
        choices = assigning.choices(application)
        context = {
            "application": application,
            "assigned": [(row, state_badge(row)) for row in assigning.assigned(application)],
            "free": [choice for choice in choices if not choice.refusal],
            "refused": [choice for choice in choices if choice.refusal],
            "extra": ExtraReview.objects.waiting().filter(application=application).first(),
            "may_assign": policy.may_assign_experts(request.user) and application.status == ApplicationStatus.ELIGIBLE,
        }
        return self._page(request, "of_application", _("Experts of the application"), context)

    def _act(self, request, application):
        """Asks an expert, takes an assignment back, or writes down a conflict; says what happened."""
        verb, key = request.POST.get("verb"), request.POST.get("row", "")
        here = HttpResponseRedirect(reverse("admin:grants_assignment_application", args=[application.public_id]))
        try:
            if verb == "extra":
                extra = ask_extra_expert(application, by=request.user)
                messages.success(request, _("The extra expert is asked: %(expert)s.") % {"expert": extra.expert})
                return here
            if verb == "assign":
                actions.assign_expert(application, get_object_or_404(Expert, pk=_number(key)), by=request.user)
                messages.success(request, _("The expert has been asked."))
                return here
            form = ReasonForm(request.POST)
            if not form.is_valid():
                raise Refused(form.errors["reason"][0], code="no_reason")
            self._end(request, application, verb, key, form.cleaned_data["reason"])
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
        return here

    def _end(self, request, application, verb, key, reason):
        if verb == "take_back":
            row = get_object_or_404(application.assignments, public_id=key)
            actions.hand_back(row, reason=reason, by=request.user)
            messages.success(request, _("The assignment is taken back."))
        elif verb == "conflict":
            expert = get_object_or_404(Expert, pk=_number(key))
            actions.record_conflict(expert, application, note=reason, by=request.user)
            messages.success(request, _("The conflict of interest is recorded."))

    def score(self, request, public_id):
        """A member of the staff who is asked as an expert scores here, by the same form and action."""
        rows = Assignment.objects.visible_to(request.user).select_related(
            "expert__user", "review", "application__rules", "application__organisation", "application__call",
            "application__sector", "application__district", "application__answer_set__version",
        )  # fmt: skip
        assignment = get_object_or_404(rows, public_id=public_id)
        if "declare" in request.POST and not has_undertaken(request.user):
            return redirect(f"{reverse('grants:expert_undertaking')}?{urlencode({'next': request.path})}")
        parked = parking.take(request) if request.method == "GET" else None
        form = ReviewForm.of(assignment, request.POST if "score" in request.POST else None, typed=parked and parked[0])
        if request.method == "POST" and self._scored(request, assignment, form):
            return redirect("admin:grants_assignment_score", public_id)
        context = {"assignment": assignment, "form": form, "parked": parked}
        context |= self._papers(request, assignment, form)
        return self._page(request, "score", assignment.application.number, context)

    def _papers(self, request, assignment, form):
        """The papers once they are open; before that who asks, or the samples that come first."""
        application = assignment.application
        if not assignment.declared_at or application.status != ApplicationStatus.ELIGIBLE:
            return {"facts": queries.who_asks(application)}
        if next_sample(application.call, request.user):
            return {"facts": [], "samples_first": True}
        veil = veil_of(assignment)
        application.title = veil.over(application.title)
        papers = queries.papers(application, veil)
        form.places = papers["places"]
        return papers

    def _scored(self, request, assignment, form):
        """Does what was pressed; says whether the page is to be shown anew."""
        if "declare" in request.POST:
            actions.declare_no_conflict(assignment, by=request.user)
        elif request.POST.get("score") == "keep":
            if not form.keep(by=request.user):
                return False
            messages.success(request, _("Your draft is kept. It counts for nothing until you submit it."))
        elif form.submit(by=request.user):
            messages.success(request, _("Your review is in. Thank you."))
        else:
            return False
        return True


def _number(key):
    """A row's key as typed, or one that no row has."""
    return int(key) if key.isdigit() else 0


def state_badge(row):
    """Where an assignment stands: handed back, in, late, being read, asked."""
    review = getattr(row, "review", None)
    if row.returned_at:
        return badge(_("Handed back"), "neutral", "back")
    if review and review.submitted_at:
        return badge(_("The review is in"), "good")
    if row.due_on < clock.today():
        return badge(_("Late"), "bad", "clock")
    return badge(_("Being read"), "info") if row.declared_at else badge(_("Asked"), "wait")
