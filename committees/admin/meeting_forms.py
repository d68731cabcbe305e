"""The pages of a meeting that need typing: planning, observers, places, deferral, cancelling, minutes, signatures."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from committees.actions import annulments, attendance, meetings, minutes, results
from committees.forms.secretary import AnnulForm, ObserverForm, PlanForm, ReasonForm, SignForm, SubstituteForm
from committees.models import Resolution
from committees.queries.session import session_of
from committees.queries.subjects import refuse_closed
from committees.queries.validity import unsigned_by
from core.form_page import form_page


def _typed(request):
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _back(meeting):
    return reverse("admin:committees_meeting_change", args=[meeting.pk])


def plan(model_admin, request):
    """A planned meeting; its page follows."""
    data, _files = _typed(request)
    return form_page(
        request,
        model_admin,
        PlanForm(data),
        title=_("Plan a meeting"),
        button=_("Plan the meeting"),
        back=reverse("admin:committees_meeting_changelist") + "{result.pk}/change/",
        act=lambda typed: meetings.plan_meeting(**typed, by=request.user),
        done=_("The meeting is planned. Make its agenda, then send the notice."),
    )


def observer(model_admin, request, meeting):
    """Invites an observer."""
    return form_page(
        request,
        model_admin,
        ObserverForm(_typed(request)[0]),
        title=_("Invite an observer"),
        button=_("Invite"),
        back=_back(meeting),
        act=lambda typed: attendance.invite_observer(meeting, **typed, by=request.user),
        done=_("The observer is invited."),
    )


def _item(meeting, request):
    key = request.GET.get("item") or request.POST.get("item") or ""
    item = meeting.items.select_related("meeting").filter(public_id=key).first()
    return item and refuse_closed(item, request.user)


def substitute(model_admin, request, meeting):
    """An alternate in a member's place, for the meeting or for the item of the address."""
    session, item = session_of(meeting), _item(meeting, request)
    form = SubstituteForm(_typed(request)[0], alternates=session.alternates, members=session.members)
    return form_page(
        request,
        model_admin,
        form,
        title=_("An alternate in a member's place"),
        button=_("Note it"),
        back=_back(meeting),
        act=lambda typed: attendance.substitute(
            meeting, typed["alternate"], typed["replaces"], item=item, by=request.user
        ),
        done=_("Noted."),
        facts=[(_("Applies to"), item.title if item else _("the whole meeting"))],
    )


def defer(model_admin, request, meeting):
    """Puts an item off; without a quorum the reason is computed."""
    item = get_object_or_404(meeting.items.select_related("meeting"), public_id=request.GET.get("item", ""))
    refuse_closed(item, request.user)
    is_short = not session_of(meeting).quorum(item).holds
    return form_page(
        request,
        model_admin,
        ReasonForm(_typed(request)[0], is_required=not is_short),
        title=_("Defer an item"),
        button=_("Defer"),
        back=_back(meeting),
        act=lambda typed: results.defer_item(item, reason=typed["reason"], by=request.user),
        done=_("The item is deferred."),
        facts=[(_("Item"), item.title)],
    )


def cancel(model_admin, request, meeting):
    """Calls the meeting off."""
    return form_page(
        request,
        model_admin,
        ReasonForm(_typed(request)[0]),
        title=_("Call the meeting off"),
        button=_("Call it off"),
        back=_back(meeting),
        act=lambda typed: meetings.cancel_meeting(meeting, reason=typed["reason"], by=request.user),
        done=_("The meeting is called off. Everybody who was invited is told."),
    )


def make_again(model_admin, request, meeting):
    """A further version of the minutes."""
    return form_page(
        request,
        model_admin,
        ReasonForm(_typed(request)[0]),
        title=_("Make the minutes again"),
        button=_("Make a new version"),
        back=_back(meeting),
        act=lambda typed: minutes.make_minutes(meeting, reason=typed["reason"], by=request.user),
        done=_("The minutes are made in Kazakh and in Russian."),
    )


def sign(model_admin, request, meeting):
    """A scan with signatures."""
    data, files = _typed(request)
    return form_page(
        request,
        model_admin,
        SignForm(data, files, seats=unsigned_by(meeting, session_of(meeting))),
        title=_("Signatures on the minutes"),
        button=_("Record the signatures"),
        back=_back(meeting),
        act=partial(_sign, meeting, request),
        done=_("The signatures are recorded."),
    )


def _sign(meeting, request, typed):
    how = {"scan": typed["scan"], "signed_on": typed["signed_on"], "by": request.user}
    return minutes.sign_minutes(meeting, typed["seats"], **how)


def annul(model_admin, request, meeting):
    """A court act about one resolution."""
    resolution = get_object_or_404(
        Resolution.objects.filter(item__meeting=meeting).select_related("item__meeting"),
        public_id=request.GET.get("resolution", ""),
    )
    refuse_closed(resolution.item, request.user)
    data, files = _typed(request)
    return form_page(
        request,
        model_admin,
        AnnulForm(data, files),
        title=_("A court annuls a resolution"),
        button=_("Enter the act"),
        back=_back(meeting),
        act=partial(_annul, resolution, request),
        done=_("The act is entered."),
        facts=[(_("Item"), resolution.item.title)],
    )


def _annul(resolution, request, typed):
    reasons = (typed.pop("reason_kk"), typed.pop("reason_ru"))
    return annulments.annul(resolution, **typed, reasons=reasons, by=request.user)


PAGES = {
    "observer": observer,
    "substitute": substitute,
    "defer": defer,
    "cancel": cancel,
    "minutes": make_again,
    "sign": sign,
    "annul": annul,
}
