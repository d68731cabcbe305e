"""The applicant's applications: beginning one, the list, where one stands, giving it up."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from core.refusals import NotAllowed, Refused
from grants import policy
from grants.actions.applications import (
    take_back_application,
    withdraw_application,
)
from grants.models import Application, Award, Correction
from grants.queries.completeness import gaps
from grants.queries.content import parts
from grants.queries.fields import asked_beside
from grants.queries.help import help_of, with_titles
from grants.queries.outcome import result_of
from grants.queries.standing import my_applications, standing
from grants.queries.timeline import timeline
from grants.statuses import ApplicationStatus
from grants.workflow import APPLICATION
from notifications.actions.announce import mark_opened


def application_or_404(request: HttpRequest, public_id: str, *, with_turn: bool = False) -> Application:
    """The application with all that its pages print, if the person may see it; `with_turn` for the page that says
    whose turn it is.
    """
    seen = Application.objects.visible_beyond_review(request.user)
    seen = seen.with_turn() if with_turn else seen
    return get_object_or_404(seen.with_everything_shown().with_questions().with_rules(), public_id=public_id)


def refused_status(refused: Refused) -> int:
    """403 where the person may not, 409 where the state or the clock does not allow."""
    return 403 if isinstance(refused, NotAllowed) else 409


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: a POST, even an empty one; nothing on a GET."""
    return request.POST if request.method == "POST" else None


def home_of(application: Application) -> str:
    """The page where its applicant goes on: the sections of a draft, the status page of a sent one."""
    page = "edit" if application.status == ApplicationStatus.DRAFT else "detail"
    return reverse(f"grants:application_{page}", args=[application.public_id])


@require_safe
def application_list(request: HttpRequest) -> HttpResponse:
    """Mine: what each is, who has the ball, what comes next."""
    return render(request, "grants/application_list.html", {"rows": my_applications(request.user)})


@require_safe
def application_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where it stands, who has the ball, until when; what was sent; the reasons of a released decision."""
    application = application_or_404(request, public_id, with_turn=True)
    submissions = list(application.submissions.all())
    corrections = list(application.corrections.all())
    unanswered = next((c for c in corrections if c.is_open), None)
    correction = unanswered if unanswered and unanswered.due_at >= clock.now() else None
    result = result_of(application, request.user)
    if correction or application.offer_due_at or (result.notice and result.notice.is_open):
        mark_opened(about=application.public_id, by=request.user)
    context = {
        "application": application,
        "standing": standing(application, unanswered),
        "correction": correction,
        "asked_beside": asked_beside(application, correction) if correction else [],
        "steps": timeline(application, submissions, corrections),
        "submissions": submissions,
        "result": result,
        "parts": parts(application),
        "asked": with_titles(application, help_of(application)),
        "gap_count": _gap_count(application),
        "award_with_money": _award(application),
        **_buttons(request.user, application, correction),
    }
    return render(request, "grants/application_detail.html", context)


def _award(application: Application) -> Award | None:
    """Of a winner: the way to its money."""
    return application.awards.first() if application.status == ApplicationStatus.AWARDED else None


def _gap_count(application: Application) -> int | None:
    """How much an open draft still lacks."""
    is_draft = application.status == ApplicationStatus.DRAFT and application.is_open_for_writing
    return len(gaps(application)) if is_draft else None


def _buttons(user: Any, application: Application, correction: Correction | None) -> dict[str, bool]:
    """What this person may press now; the action decides again, under the lock."""
    writes = policy.may_edit_application(user, application)
    signs = writes and policy.may_send_application(user, application)
    moves = {verb: bool(APPLICATION.move(verb, application.status)) for verb in ("withdraw", "take_back")}
    return {
        "may_write": writes,
        "may_withdraw": signs and moves["withdraw"],
        "may_take_back": signs and moves["take_back"] and application.is_open_for_writing and not correction,
    }


def application_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Giving it up: asked once more, then done."""
    done = _("The application was withdrawn.")
    return _confirmed(request, public_id, withdraw_application, "grants/application_withdraw.html", done)


def application_take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Back to a draft until the call closes: asked once more, then done."""
    done = _("You took the application back. It is NOT SENT until you send it again.")
    return _confirmed(request, public_id, take_back_application, "grants/application_take_back.html", done)


def _confirmed(
    request: HttpRequest, public_id: str, action: Callable[..., Any], template: str, done: str
) -> HttpResponse:
    application = application_or_404(request, public_id)
    if not policy.may_send_application(request.user, application):
        raise NotAllowed(_("Only an owner of the organisation may do this."), code="not_an_owner")
    refused = None
    if request.method == "POST":
        try:
            action(application, by=request.user)
            messages.success(request, done)
            return redirect("grants:application_detail", application.public_id)
        except Refused as error:
            refused = error
    context = {"application": application, "refused": refused, "gap_count": _gap_count(application)}
    return render(request, template, context, status=refused_status(refused) if refused else 200)
