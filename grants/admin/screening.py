"""The officer's steps in a dossier: each is a small form that calls one action; a refusal is said in place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.parking import take
from core.refusals import NotAllowed, Refused
from grants import policy
from grants.actions import screening
from grants.actions.corrections import due_moment, open_correction
from grants.forms.screening import CheckForm, CorrectionForm, OfficerForm, PlainForm, ReasonForm
from grants.models import Application
from grants.queries.dossier import Dossier, for_dossier, read_dossier
from grants.queries.turn import turn_of
from grants.statuses import APPLICATION_MARKS, ApplicationStatus, CheckResult, ReasonKind


@dataclass(frozen=True)
class Step:
    """A button of the dossier: its form, the action behind it, the words when it is done."""

    form: Callable[..., forms.Form]
    act: Callable[..., Any]
    done: Any


def correction_form(data: Any, dossier: Dossier) -> CorrectionForm:
    """Every field that may be named, in reading order under its section."""
    groups = [(str(group.title), list(group.labels.items())) for group in dossier.field_groups]
    return CorrectionForm(data, prefix="correction", fields=groups, phrases=dossier.phrases_for(ReasonKind.CORRECTION))


def proposal_form(data: Any, dossier: Dossier) -> ReasonForm:
    """Phrases of «not eligible»."""
    return ReasonForm(data, prefix="proposal", phrases=dossier.phrases_for(ReasonKind.INELIGIBLE))


def officer_form(data: Any, dossier: Dossier) -> OfficerForm:
    """Every active officer."""
    return OfficerForm(data, officers=[(person.pk, str(person)) for person in dossier.officers])


def _check(application: Application, form: forms.Form, by: Any) -> Any:
    typed = form.cleaned_data
    return screening.record_check(application, typed["kind"], typed["result"], evidence=typed["evidence"], by=by)


def _return(application: Application, form: Any, by: Any) -> Any:
    named = form.cleaned_data["fields"]
    return open_correction(application, fields=named, words=form.words(), by=by, **form.reasons())


def _assign(application: Application, form: forms.Form, by: Any) -> Any:
    return screening.assign_officer(application, User.objects.get(pk=form.cleaned_data["officer"]), by=by)


STEPS = {
    "check": Step(lambda data, _dossier: CheckForm(data), _check, gettext_lazy("The check is recorded.")),
    "find_eligible": Step(
        lambda data, _dossier: PlainForm(data),
        lambda application, _form, by: screening.find_eligible(application, by=by),
        gettext_lazy("Found eligible. It goes to the experts."),
    ),
    "open_correction": Step(correction_form, _return, gettext_lazy("Returned. The applicant is told what to correct.")),
    "propose_ineligible": Step(
        proposal_form,
        lambda application, form, by: screening.propose_ineligible(application, by=by, **form.reasons()),
        gettext_lazy("Proposed. Another officer confirms it or turns it down."),
    ),
    "confirm_ineligible": Step(
        lambda data, _dossier: PlainForm(data),
        lambda application, _form, by: screening.confirm_ineligible(application, by=by),
        gettext_lazy("Confirmed. The applicant is told why."),
    ),
    "turn_down_proposal": Step(
        lambda data, _dossier: PlainForm(data),
        lambda application, _form, by: screening.turn_down_proposal(application, by=by),
        gettext_lazy("Turned down. Screening goes on."),
    ),
    "assign_officer": Step(officer_form, _assign, gettext_lazy("The officer is named.")),
}


def take_the_next(request):
    """Opens the next application that waits for this officer, or for anybody."""
    application = screening.take_next(by=request.user)
    if application is None:
        messages.info(request, _("Nothing waits for screening."))
        return HttpResponseRedirect(reverse("admin:index"))
    return HttpResponseRedirect(reverse("admin:grants_application_change", args=[application.pk]))


def dossier_page(request, model_admin, pk):
    """The application from top to bottom, with what this person may do now."""
    application = get_object_or_404(for_dossier(model_admin.get_queryset(request)), pk=pk)
    return _show(request, model_admin, read_dossier(application, request.user))


def step_page(request, model_admin, pk, verb):
    """One step: done and back to the dossier, or the dossier again with the refusal and what was typed.

    A GET comes after an expired session (what was typed waits here) or from a reload: it shows, it never acts.
    """
    if not policy.may_screen(request.user):
        raise PermissionDenied
    application = get_object_or_404(for_dossier(model_admin.get_queryset(request)), pk=pk)
    parked = take(request) if request.method == "GET" else None
    if request.method == "GET" and parked is None:
        return HttpResponseRedirect(_address(pk))
    dossier, step = read_dossier(application, request.user), STEPS[verb]
    form = step.form(parked[0] if parked else request.POST, dossier)
    status = 200
    if form.is_valid() and parked is None:
        try:
            step.act(application, form, request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
            status = 403 if isinstance(refusal, NotAllowed) else 409
        else:
            messages.success(request, step.done)
            return HttpResponseRedirect(_after(pk, verb, form))
    if parked:
        messages.warning(request, _("You were signed out. What you typed is here again: look at it and send it."))
    return _show(request, model_admin, dossier, opened=verb, form=form, status=status)


def _address(pk: int) -> str:
    return reverse("admin:grants_application_change", args=[pk])


def _after(pk: int, verb: str, form: forms.Form) -> str:
    """After a check the reader stays at the check."""
    return f"{_address(pk)}#check-{form.cleaned_data['kind']}" if verb == "check" else _address(pk)


def _show(request, model_admin, dossier, *, opened="", form=None, status=200):
    application = dossier.application
    may_screen = policy.may_screen(request.user) and application.status == ApplicationStatus.SUBMITTED
    proposal = dossier.open_proposal
    tone, shape = APPLICATION_MARKS[ApplicationStatus(application.status)]
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": application.number,
        "subtitle": application.title,
        "dossier": dossier,
        "application": application,
        "token": get_token(request),  # once for all the forms of the page
        "mark": {"label": application.get_status_display(), "tone": tone, "shape": shape},
        "turn": turn_of(dossier, request.user),
        "results": CheckResult.choices,
        "may_screen": may_screen,
        "may_decide": may_screen and not proposal and not dossier.open_correction,
        "is_own_proposal": bool(proposal and proposal.proposed_by_id == request.user.pk),
        "opened": opened,
        "refused_form": form,
        "forms": _forms(dossier, opened, form) if may_screen else {},
        "may_declare": policy.may_see_sent_applications(request.user),
        "may_assign": policy.may_assign_experts(request.user),
        "may_read_snapshots": policy.may_read_snapshots(request.user),
        "may_export": policy.may_export_for_court(request.user),
        "may_take_next": policy.may_screen(request.user),
    }
    return render(request, "admin/grants/application/dossier.html", context, status=status)


def _forms(dossier: Dossier, opened: str, form: Any) -> dict[str, Any]:
    """Empty forms of the decision bar; the one that was refused as it was typed."""
    shown = {
        "correction": correction_form(None, dossier),
        "proposal": proposal_form(None, dossier),
        "officer": officer_form(None, dossier),
        "due_at": due_moment(dossier.application.call.correction_working_days),
    }
    named = {"open_correction": "correction", "propose_ineligible": "proposal", "assign_officer": "officer"}
    return {**shown, named[opened]: form} if opened in named else shown
