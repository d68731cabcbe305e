"""The expert's pages: what is due, the papers beside the rubric, a conflict of interest, handing back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import parking
from core.refusals import NotAllowed, Refused
from documents.serve import serve
from grants.actions.reviews import declare_conflict, declare_no_conflict, hand_back
from grants.forms.reviews import NoteForm, ReviewForm
from grants.models import Application, ApplicationDocument, Assignment
from grants.queries import reviews as queries
from grants.statuses import ApplicationStatus

OWN = ("review", "application__call", "application__rules")
FACTS = ("application__sector", "application__district", "application__organisation")


def review_list(request: HttpRequest) -> HttpResponse:
    """What is due, the earliest first, and what is done with one's own score."""
    return render(request, "grants/review_list.html", {"work": queries.workload(request.user)})


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, even where nothing was filled in."""
    return request.POST if request.method == "POST" else None


def _own(request: HttpRequest, public_id: str, *more: str) -> Assignment:
    """The expert's own assignment with what every page of it prints, and `more`; 404 for anybody else's."""
    rows = Assignment.objects.visible_to(request.user).select_related(*OWN, *more)
    return get_object_or_404(rows.defer(*queries.CALL_TEXTS), public_id=public_id)


def review_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The papers beside the rubric. «Keep» saves a draft, «submit» enters the scores, which can be changed later."""
    papers = (*FACTS, "application__answer_set__version") if request.method == "GET" else ()
    assignment = _own(request, public_id, *papers)
    if assignment.application.status != ApplicationStatus.ELIGIBLE:
        return _closed(request, assignment)
    if assignment.declared_at is None:
        return redirect("grants:review_declare", public_id)
    parked = parking.take(request) if request.method == "GET" else None
    form = ReviewForm.of(assignment, _typed(request), typed=parked and parked[0])
    if request.method == "POST" and "keep" in request.POST:
        form.keep(by=request.user)
        messages.success(request, _("Your draft is kept. It counts for nothing until you submit it."))
        return redirect("grants:review_edit", public_id)
    if request.method == "POST" and form.submit(by=request.user):
        messages.success(request, _("Your review is in. Thank you."))
        return redirect("grants:review_edit", public_id)
    before, after = queries.neighbours(assignment, request.user)
    context = {"assignment": assignment, "form": form, "parked": parked, "before": before, "after": after}
    return render(request, "grants/review_edit.html", {**context, **queries.papers(assignment.application)})


def _closed(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """After the decision: one's own scores stay readable, the papers are closed."""
    context = {"assignment": assignment, "form": ReviewForm.of(assignment, None)}
    return render(request, "grants/review_closed.html", context)


def review_declare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asked before the papers open: «I have no conflict of interest here»."""
    assignment = _own(request, public_id, *FACTS)
    if request.method == "POST":
        declare_no_conflict(assignment, by=request.user)
        return redirect("grants:review_edit", public_id)
    context = {"assignment": assignment, "facts": queries.facts(assignment.application)[:4]}
    return render(request, "grants/review_declare.html", context)


def review_conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    """«I may not judge this»: the papers close at once."""
    assignment = _own(request, public_id)
    return _note_page(
        request,
        assignment,
        "grants/review_conflict.html",
        label=_("What connects you with the applicant"),
        act=lambda note: declare_conflict(assignment, note=note, by=request.user),
    )


def review_hand_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """«I cannot review this»: it goes back to the staff."""
    assignment = _own(request, public_id)
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
    return render(request, template, {"assignment": assignment, "form": form, "parked": parked})


def review_document(request: HttpRequest, public_id: str, file_id: str) -> HttpResponseBase:
    """A document of the application, while its papers are open to this expert."""
    assigned = Assignment.objects.visible_to(request.user).with_papers().filter(public_id=public_id)
    applications = Application.objects.filter(assignments__in=assigned)
    row = get_object_or_404(
        ApplicationDocument.objects.select_related("document"), application__in=applications, public_id=file_id
    )
    return serve(row.document, as_attachment="download" in request.GET)
