"""Conflicts of interest: the list, lifting a match by two persons, one's own declaration, looking again."""

from django import forms
from django.contrib import admin
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.admin import PolicyAdmin, badge
from core.form_page import form_page
from core.templatetags.words import moment
from grants import policy
from grants.actions import conflicts as actions
from grants.forms.conflicts import LiftForm, LookAgainForm, OwnConflictForm
from grants.models import Application, Conflict
from grants.queries.conflicts import is_liftable

CHANGELIST = "admin:grants_conflict_changelist"


class StandingFilter(admin.SimpleListFilter):
    """Whether it blocks, and whether somebody waits for a second person."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        """Three groups."""
        proposed = ("proposed", _("To be lifted: a second person decides"))
        return [("blocks", _("Blocks")), proposed, ("lifted", _("Lifted"))]

    def queryset(self, request, queryset):
        """One of the three, or all."""
        groups = {
            "blocks": {"lifted_at": None},
            "proposed": {"lifted_at": None, "lift_proposed_at__isnull": False},
            "lifted": {"lifted_at__isnull": False},
        }
        return queryset.filter(**groups.get(self.value(), {}))


@admin.register(Conflict)
class ConflictAdmin(PolicyAdmin):
    """Written by declarations, by staff and by the portal; never typed over. A match is lifted on a page of its own."""

    may_see = staticmethod(policy.may_see_conflicts)
    list_display = ("number", "person", "kind", "found_shown", "state")
    list_filter = (StandingFilter, "kind", "application__call")
    search_fields = ("application__search_text__has_words", "person__display_name")
    list_select_related = ("application", "person")
    fields = (
        "number", "person", "kind", "note", "found_shown", "found_by", "state",
        "lift_reason", "lift_proposed_by", "lifted_by",
    )  # fmt: skip
    readonly_fields = fields
    change_list_template = "admin/grants/conflict/change_list.html"
    change_form_template = "admin/grants/conflict/change_form.html"

    @admin.display(description=gettext_lazy("application"), ordering="application__number")
    def number(self, row):
        """Its number; the title stands in the dossier."""
        return row.application.number or row.application.public_id

    @admin.display(description=gettext_lazy("found"), ordering="found_at")
    def found_shown(self, row):
        """In Almaty's time."""
        return moment(row.found_at)

    @admin.display(description=gettext_lazy("state"), ordering="lifted_at")
    def state(self, row):
        """A word and a shape."""
        if row.lifted_at:
            return badge(_("Lifted"), "neutral", "dash")
        if row.lift_proposed_at:
            return badge(_("Blocks; a second person decides"), "wait", "clock")
        return badge(_("Blocks"), "bad", "cross")

    def get_urls(self):
        """Pages beside the list."""
        view = self.admin_site.admin_view
        return [
            path("look/", view(self.look), name="grants_conflict_look"),
            path("own/<slug:public_id>/", view(self.declare), name="grants_conflict_declare"),
            path("<int:pk>/lift/", view(self.lift), name="grants_conflict_lift"),
            path("<int:pk>/keep/", view(self.keep), name="grants_conflict_keep"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With what this person may do about it."""
        if not policy.may_see_conflicts(request.user):
            return super().change_view(request, object_id, form_url, extra_context)
        row = get_object_or_404(Conflict, pk=object_id if str(object_id).isdigit() else None)
        may = policy.may_lift_conflicts(request.user) and is_liftable(row)
        proposed = row.lift_proposed_by_id is not None
        shown = {"may_propose": may and not proposed, "may_answer": may and proposed, "row": row}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def changelist_view(self, request, extra_context=None):
        """Says whether this person may look again."""
        may_look = policy.may_assign_experts(request.user)
        return super().changelist_view(request, {"may_look": may_look, **(extra_context or {})})

    def _liftable(self, request, pk):
        if not policy.may_lift_conflicts(request.user):
            raise Http404
        return get_object_or_404(Conflict.objects.liftable().live().select_related("application", "person"), pk=pk)

    def lift(self, request, pk):
        """Proposes to lift it, or agrees with who proposed."""
        row = self._liftable(request, pk)
        if row.lift_proposed_by_id is None:
            return form_page(
                request, self, LiftForm(request.POST or None),
                title=_("Lift a match"), button=_("Propose to lift it"), back=reverse(CHANGELIST), facts=_facts(row),
                act=lambda typed: actions.propose_lifting(row, reason=typed["reason"], by=request.user),
                done=_("Proposed. It goes on blocking until another person agrees."),
            )  # fmt: skip
        return form_page(
            request, self, forms.Form(request.POST if request.method == "POST" else None),
            title=_("Lift a match"), button=_("I agree: lift it"), back=reverse(CHANGELIST), facts=_facts(row),
            act=lambda typed: actions.lift_conflict(row, by=request.user),
            done=_("Lifted. The page of the call counts it."),
        )  # fmt: skip

    def keep(self, request, pk):
        """Turns a proposal to lift it down."""
        row = self._liftable(request, pk)
        return form_page(
            request, self, forms.Form(request.POST if request.method == "POST" else None),
            title=_("Keep a match"), button=_("It goes on blocking"), back=reverse(CHANGELIST), facts=_facts(row),
            act=lambda typed: actions.keep_conflict(row, by=request.user),
            done=_("It goes on blocking."),
        )  # fmt: skip

    def declare(self, request, public_id):
        """«I may not judge this application»."""
        if not policy.may_see_sent_applications(request.user):
            raise Http404
        application = get_object_or_404(Application.objects.visible_to(request.user), public_id=public_id)
        return form_page(
            request, self, OwnConflictForm(request.POST if request.method == "POST" else None),
            title=_("I have a conflict of interest"), button=_("I may not judge this application"),
            back=reverse("admin:index"), facts=[(_("application"), application.number)],
            act=lambda typed: actions.declare_own_conflict(application, note=typed["note"], by=request.user),
            done=_("Written down. This application is closed to you; colleagues judge it."),
        )  # fmt: skip

    def look(self, request):
        """Compares everybody who may judge with every application of a call, at once."""
        if not policy.may_assign_experts(request.user):
            raise Http404
        return form_page(
            request, self, LookAgainForm(request.POST if request.method == "POST" else None),
            title=_("Look for conflicts of interest"), button=_("Look now"), back=reverse(CHANGELIST),
            act=lambda typed: actions.look_again(typed["call"], by=request.user),
            done=_("Done. What was found stands in the list and blocks at once."),
        )  # fmt: skip


def _facts(row):
    """What to know before deciding."""
    facts = [
        (_("application"), row.application.number),
        (_("person"), row.person),
        (_("kind"), row.get_kind_display()),
    ]
    if row.lift_reason:
        facts += [(_("why it is to be lifted"), row.lift_reason), (_("lifting proposed by"), row.lift_proposed_by)]
    return facts
