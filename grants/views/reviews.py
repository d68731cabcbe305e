"""The expert's pages: what is due, the papers beside the rubric, a conflict of interest, handing back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import parking
from core.refusals import NotAllowed, Refused
from grants.actions.reviews import declare_conflict, declare_no_conflict, hand_back
from grants.forms.reviews import NoteForm, ReviewForm
from grants.models import Assignment
from grants.queries import reviews as queries
from grants.queries.blind import is_blind, veil_of
from grants.queries.calibration import calls_to_calibrate, next_sample
from grants.queries.experts import has_undertaken
from grants.queries.panel import others_of
from grants.queries.workload import beside, workload
from grants.statuses import ApplicationStatus

OWN = ("review", "application__call", "application__rules")
FACTS = ("application__sector", "application__district", "application__organisation")


def review_list(request: HttpRequest) -> HttpResponse:
    """What is due, the earliest first, and what is done with one's own score."""
    context = {"work": workload(request.user), "to_calibrate": calls_to_calibrate(request.user)}
    return render(request, "grants/review_list.html", context)


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, even where nothing was filled in."""
    return request.POST if request.method == "POST" else None


def own_assignment(request: HttpRequest, public_id: str, *more: str) -> Assignment:
    """The expert's own assignment with what every page of it prints, and `more`; 404 for anybody else's."""
    rows = Assignment.objects.visible_to(request.user).select_related(*OWN, *more)
    return get_object_or_404(rows.defer(*queries.CALL_TEXTS), public_id=public_id)


def _under_veil(assignment: Assignment) -> Any:
    """The veil; what every page prints of the application is under it from here on (never saved)."""
    veil, application = veil_of(assignment), assignment.application
    application.title, application.summary = veil.over(application.title), veil.over(application.summary)
    return veil


def review_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The papers beside the rubric. «Keep» saves a draft, «submit» enters the scores, which can be changed later."""
    assignment = own_assignment(request, public_id, *FACTS, "application__answer_set__version")
    if assignment.application.status != ApplicationStatus.ELIGIBLE:
        return _closed(request, assignment)
    if assignment.declared_at is None:
        return redirect("grants:review_declare", public_id)
    if request.method == "GET" and next_sample(assignment.application.call, request.user):
        return redirect("grants:review_calibrate", assignment.application.call.public_id)
    parked = parking.take(request) if request.method == "GET" else None
    form = ReviewForm.of(assignment, _typed(request), typed=parked and parked[0])
    if request.method == "POST" and _done(request, form):
        return redirect("grants:review_edit", public_id)
    return render(request, "grants/review_edit.html", _desk(request, assignment, form, parked))


def _done(request: HttpRequest, form: ReviewForm) -> bool:
    """Does what was pressed; says whether the page is to be shown anew."""
    is_draft = "keep" in request.POST
    if not (form.keep(by=request.user) if is_draft else form.submit(by=request.user)):
        return False
    kept = _("Your draft is kept. It counts for nothing until you submit it.")
    messages.success(request, kept if is_draft else _("Your review is in. Thank you."))
    return True


def _desk(request: HttpRequest, assignment: Assignment, form: ReviewForm, parked: Any) -> dict[str, Any]:
    """Everything on the page; others' reviews only beside one's own."""
    veil = _under_veil(assignment)
    papers = queries.papers(assignment.application, veil)
    form.places = papers["places"]
    others = others_of(assignment.application, request.user) if form.entered else []
    around = beside(assignment, request.user)
    return {"assignment": assignment, "form": form, "parked": parked, "beside": around, "others": others, **papers}


def _closed(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """After the decision: one's own scores stay readable, the papers are closed."""
    _under_veil(assignment)
    context = {"assignment": assignment, "form": ReviewForm.of(assignment, None)}
    return render(request, "grants/review_closed.html", context)


def review_declare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asked before the papers open: «I have no conflict of interest here». In a blind call this page alone names the
    applicant, and only until the answer.
    """
    assignment = own_assignment(request, public_id, *FACTS)
    if assignment.declared_at is None and not has_undertaken(request.user):
        return redirect(f"{reverse('grants:expert_undertaking')}?{urlencode({'next': request.path})}")
    if request.method == "POST":
        declare_no_conflict(assignment, by=request.user)
        return redirect("grants:review_edit", public_id)
    if assignment.declared_at and is_blind(assignment):
        return redirect("grants:review_edit", public_id)
    facts = queries.who_asks(assignment.application)
    return render(request, "grants/review_declare.html", {"assignment": assignment, "facts": facts})


def review_conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    """«I may not judge this»: the papers close at once."""
    assignment = own_assignment(request, public_id)
    return _note_page(
        request,
        assignment,
        "grants/review_conflict.html",
        label=_("What connects you with the applicant"),
        act=lambda note: declare_conflict(assignment, note=note, by=request.user),
    )


def review_hand_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """«I cannot review this»: it goes back to the staff."""
    assignment = own_assignment(request, public_id)
    return _note_page(
        request,
        assignment,
        "grants/review_hand_back.html",
        label=_("Why you hand it back"),
        act=lambda note: hand_back(assignment, reason=note, by=request.user),
    )


def _note_page(request, assignment, template, *, label, act):
    """A page with one short text that ends the assignment."""
    parked = parking.take(request) if request.method == "GET" else None
    form = NoteForm(_typed(request), label=label, initial=parked and {"note": parked[0].get("note", "")})
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["note"])
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("It has gone back to the staff. Thank you for saying so."))
            return redirect("grants:review_list")
    _under_veil(assignment)
    return render(request, template, {"assignment": assignment, "form": form, "parked": parked})
