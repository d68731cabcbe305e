"""A member's pages, for a phone: the agenda, the declaration, the vote, a dissenting opinion."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from committees.actions import agenda, declarations, votes
from committees.actions.minutes import copy_for
from committees.forms.members import BallotForm, DeclareForm, DissentForm
from committees.models import AgendaItem, Meeting, Minutes
from committees.queries.agenda import asked_now, blocs_of, rows_of
from committees.queries.seats import seat_in, sits_in
from committees.queries.session import session_of
from committees.queries.subjects import closed_to, papers_of, refuse_closed
from core.refusals import NotAllowed, Refused
from documents.serve import serve


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings of the person's committees, the newest first."""
    rows = Meeting.objects.visible_to(request.user).select_related("committee")[:50]
    return render(request, "committees/meeting_list.html", {"meetings": rows})


def _typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, even where nothing was filled in."""
    return request.POST if request.method == "POST" else None


def _own(request: HttpRequest, public_id: str) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).select_related("committee__order")
    return get_object_or_404(rows, public_id=public_id)


def _item(request: HttpRequest, public_id: str, item_id: str) -> AgendaItem:
    return get_object_or_404(_own(request, public_id).items.select_related("meeting"), public_id=item_id)


def meeting(request: HttpRequest, public_id: str) -> HttpResponse:
    """The agenda: what is asked of the reader now, each item with its state, votes by name once it is closed."""
    row = _own(request, public_id)
    session = session_of(row)
    seat = seat_in(session, request.user)
    items = rows_of(row, session, seat, reader=request.user)
    is_declared = seat is not None and seat.pk in session.declared
    context = {
        "meeting": row,
        "seat": seat,
        "is_declared": is_declared,
        "is_sitting": seat is not None and sits_in(session, seat),
        "quorum": session.quorum(),
        "blocs": blocs_of(items),
        "asked": len(list(asked_now(items))),
        "papers": papers_of(one.item for one in items if is_declared and not one.is_closed),
        "minutes": row.minutes.select_related("document"),
    }
    return render(request, "committees/meeting.html", context)


def declare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Before the papers: conflicts of interest, perhaps none."""
    row = _own(request, public_id)
    if seat_in(session_of(row), request.user) is None:
        raise NotAllowed(_("You have no seat in this committee on the day of the meeting."), code="no_seat")
    items = list(row.items.filter(closed_at=None))
    closed = closed_to(items, request.user)
    form = DeclareForm(_typed(request), items=[item for item in items if item.pk not in closed])
    if request.method == "POST" and form.is_valid():
        declarations.declare(row, form.chosen, note=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("Your declaration is recorded. The papers are open."))
        return redirect("committees:meeting", public_id)
    return render(request, "committees/declare.html", {"meeting": row, "form": form})


def vote(request: HttpRequest, public_id: str) -> HttpResponse:
    """One matter on the screen: the item or the bloc that is open now."""
    row = _own(request, public_id)
    session = session_of(row)
    seat = seat_in(session, request.user)
    rows = [one for one in rows_of(row, session, seat, reader=request.user) if one.state == "open"]
    form, asked = BallotForm(_typed(request)), list(asked_now(rows))
    if request.method == "POST" and form.is_valid() and _cast(request, row, form):
        return redirect("committees:vote", public_id)
    bloc = blocs_of(rows)[0] if rows else None
    context = {"meeting": row, "seat": seat, "form": form, "rows": rows, "asked": asked, "bloc": bloc}
    return render(request, "committees/vote.html", context)


def _cast(request: HttpRequest, row: Meeting, form: BallotForm) -> bool:
    """Casts for the bloc or the item whose code the page holds; a refusal stands above the form."""
    choice, bloc = form.cleaned_data["choice"], request.POST.get("bloc", "")
    try:
        if bloc:
            votes.cast_bloc(row, bloc, choice, by=request.user)
        else:
            votes.cast_ballot(_item(request, row.public_id, request.POST.get("item", "")), choice, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    messages.success(request, _("Your vote is cast."))
    return True


@require_POST
def take_out(request: HttpRequest, public_id: str, item_id: str) -> HttpResponse:
    """Has an item voted on alone."""
    item = agenda.take_out(refuse_closed(_item(request, public_id, item_id), request.user), by=request.user)
    messages.success(request, _("%(number)s will be voted on alone.") % {"number": item.reference or item.title})
    return redirect("committees:meeting", public_id)


def dissent(request: HttpRequest, public_id: str, item_id: str) -> HttpResponse:
    """A dissenting opinion on a closed item."""
    item = refuse_closed(_item(request, public_id, item_id), request.user)
    form = DissentForm(_typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            votes.dissent(item, form.cleaned_data["text"], language=(get_language() or "kk")[:2], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("Your dissenting opinion is attached."))
            return redirect("committees:meeting", public_id)
    return render(request, "committees/dissent.html", {"meeting": item.meeting, "item": item, "form": form})


def minutes(request: HttpRequest, public_id: str, minutes_id: str) -> HttpResponseBase:
    """The minutes as PDF, for those who may see the meeting."""
    row = get_object_or_404(Minutes.objects.filter(meeting=_own(request, public_id)), public_id=minutes_id)
    copy = copy_for(row, request.user)
    return serve(row.document) if copy is None else HttpResponse(copy, content_type="application/pdf")
