"""The assignment of a call: compute, look at why, give way where it is impossible, fix pairs, apply, replace."""

import logging

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from core.admin import PolicyAdmin, badge
from core.refusals import NotAllowed, Refused
from grants import policy
from grants.actions import assigning as actions
from grants.actions import pins
from grants.forms.assigning import PinForm, ReplaceForm
from grants.formulas.assigning_relax import Relaxation
from grants.models import AssignmentRun, Call, Pin
from grants.queries import assigning_page as queries
from grants.tasks import compute_assignment

logger = logging.getLogger(__name__)
PANELS = 25  # applications on one page of a result


@admin.register(AssignmentRun)
class AssignmentRunAdmin(PolicyAdmin):
    """Computed assignments with their hashes; each call has a page of its own."""

    may_see = staticmethod(policy.may_see_assignments)
    list_display = ("call", "asked_at", "state", "inputs_short", "result_short", "milliseconds", "applied_at")
    list_filter = ("call",)
    list_select_related = ("call",)
    ordering = ("-pk",)
    fields = (
        *("call", "replaces", "seed", "inputs_sha256", "result_sha256", "asked_at", "asked_by"),
        *("finished_at", "milliseconds", "applied_at", "applied_by"),
    )
    readonly_fields = fields

    def get_queryset(self, request):
        """Without what is heavy."""
        return super().get_queryset(request).defer("inputs")

    @admin.display(description=gettext_lazy("state"))
    def state(self, run):
        """A word and a shape."""
        return state_badge(run)

    @admin.display(description=gettext_lazy("SHA-256 of the inputs"))
    def inputs_short(self, run):
        """The first letters; the whole stands on its page."""
        return run.inputs_sha256[:12] or "—"

    @admin.display(description=gettext_lazy("SHA-256 of the result"))
    def result_short(self, run):
        """The same of the result."""
        return run.result_sha256[:12] or "—"

    def get_urls(self):
        """The page of a call."""
        inside = self.admin_site.admin_view
        return [
            path("call/<str:public_id>/", inside(self.of_call), name="grants_assignmentrun_call"),
            *super().get_urls(),
        ]

    def of_call(self, request, public_id):
        """Everything about one call; a POST does one thing and comes back."""
        if not policy.may_see_assignments(request.user):
            raise NotAllowed(_("Only staff who assign experts see this page."), code="not_allowed")
        call = get_object_or_404(Call.objects.visible_to(request.user), public_id=public_id)
        pin_form = PinForm(request.POST if request.POST.get("verb") == "pin" else None, call=call)
        replace_form = ReplaceForm(request.POST if request.POST.get("verb") == "replace" else None, call=call)
        if request.method == "POST" and self._acted(request, call, pin_form, replace_form):
            return HttpResponseRedirect(reverse("admin:grants_assignmentrun_call", args=[public_id]))
        run = queries.newest_run(call)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": _("Assignment of experts"),
            "call": call,
            "run": run,
            "state": state_badge(run) if run else "",
            "figures": queries.figures(call),
            "pins": queries.pins_of(call),
            "earlier": queries.earlier_runs(call),
            "pin_form": pin_form,
            "replace_form": replace_form,
            "may_assign": policy.may_assign_experts(request.user),
            **self._result(request, run),
        }
        return render(request, "admin/grants/assignmentrun/of_call.html", context)

    def _result(self, request, run):
        """What a finished run has found, a page of it."""
        if run is None or run.finished_at is None:
            return {"waiting": run}
        shown = queries.shown(run)
        page = Paginator(shown.panels, PANELS).get_page(request.GET.get("page"))
        return {"shown": shown, "page_obj": page}

    def _acted(self, request, call, pin_form, replace_form):
        """Does what was pressed and says so; False where a form is to be shown again."""
        verb, by = request.POST.get("verb"), request.user
        try:
            if verb == "pin" and not pin_form.is_valid():
                return False
            if verb == "replace" and not replace_form.is_valid():
                return False
            done = {
                "compute": lambda: self._compute(call, by),
                "relax": lambda: self._relax(call, request.POST.get("which", ""), by),
                "apply": lambda: self._apply(call, by),
                "pin": lambda: self._pin(pin_form.cleaned_data, by),
                "unpin": lambda: self._unpin(call, request.POST.get("row", ""), by),
                "replace": lambda: self._compute(call, by, replaces=replace_form.cleaned_data["expert"]),
            }.get(verb)
            if done:
                messages.success(request, done())
        except NotAllowed:
            raise
        except Refused as refusal:
            messages.error(request, str(refusal.sentence))
        return True

    def _compute(self, call, by, **how):
        run = actions.ask_run(call, by=by, **how)
        transaction.on_commit(lambda: _wake(run.pk), robust=True)
        return _("The assignment is being computed. This page shows it as soon as it is there.")

    def _relax(self, call, which, by):
        """Gives way in one thing of the last result, or in all of them, and in what was given way in before."""
        last = queries.newest_run(call)
        offered = last.result.get("relaxations", []) if last else []
        chosen = [row for place, row in enumerate(offered) if which in ("all", str(place))]
        before = actions.relaxations_of(last) if last else []
        given = [*before, *(Relaxation(**row) for row in chosen)]
        return self._compute(call, by, relaxed=given, replaces=last.replaces if last else None)

    def _apply(self, call, by):
        run = queries.newest_run(call)
        if run is None or run.finished_at is None:
            raise Refused(_("Nothing has been computed yet."), code="nothing")
        actions.apply_run(run, by=by)
        return _("The experts have been asked. Each of them gets one letter.")

    def _pin(self, typed, by):
        pins.add_pin(typed["number"], typed["expert"], kind=typed["kind"], reason=typed["reason"], by=by)
        return _("The pair is fixed. Compute again to see what follows.")

    def _unpin(self, call, key, by):
        pins.remove_pin(get_object_or_404(Pin.objects.live(), application__call=call, public_id=key), by=by)
        return _("The pair is free again. Compute again to see what follows.")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The newest run of a call is read on the call's page; older ones here, with their hashes."""
        run = self.get_object(request, object_id)
        newest = run and queries.newest_run(run.call)
        if newest and newest.pk == run.pk and policy.may_see_assignments(request.user):
            return redirect("admin:grants_assignmentrun_call", run.call.public_id)
        return super().change_view(request, object_id, form_url, extra_context)


def _wake(run_id):
    """Without a broker the sweep computes it within a minute."""
    try:
        compute_assignment.apply_async([run_id], retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("no broker to wake: %s; the assignment waits for the sweep", error)


def state_badge(run):
    """Where a run stands: waiting, being computed, full, impossible, applied."""
    if run.finished_at is None:
        return badge(_("Being computed"), "wait") if run.started_at else badge(_("Waits for a worker"), "wait")
    if run.applied_at:
        return badge(_("Applied"), "good")
    return badge(_("Everybody has experts"), "info") if run.is_full else badge(_("Impossible as it is"), "bad")
