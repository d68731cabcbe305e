"""Where an application stands, in words: its status, who has the ball, what comes next and until when."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from grants.models import Application, Correction
from grants.queries.grace import grace_ends_at, is_in_grace
from grants.statuses import ApplicationStatus as A
from grants.statuses import CallStatus


@dataclass(frozen=True)
class Standing:
    """`tone` and `shape` dress the status, `next_url` names the page of the next step."""

    label: str
    tone: str
    shape: str
    ball: str
    next: str
    until: datetime | None = None
    is_yours: bool = False
    next_url: str = ""


def my_applications(user: Any) -> list[tuple[Application, Standing]]:
    """The applications of the person's organisations, each with where it stands: first those where it is their turn,
    then the newest. Two queries.
    """
    # What is owned is visible: `visible_to` beside it would find the same rows by a longer way.
    rows = Application.objects.owned_by(user).with_everything_shown().with_turn().order_by("-pk")
    unanswered = Correction.objects.filter(answered_at=None, expired_at=None)
    rows = rows.prefetch_related(Prefetch("corrections", unanswered, to_attr="unanswered"))
    found = [(row, standing(row, next(iter(row.unanswered), None))) for row in rows]  # type: ignore[attr-defined]
    return sorted(found, key=lambda pair: not pair[1].is_yours)


def standing(application: Application, correction: Correction | None = None) -> Standing:
    """`correction` is the one that nobody has answered yet, if there is one; what stands beside an application that
    was sent is read with it (`Application.objects.with_turn()`).
    """
    if application.status == A.DRAFT:
        return _draft(application)
    if application.call.status == CallStatus.CANCELLED and application.status in (A.SUBMITTED, A.ELIGIBLE):
        return _of_cancelled(application)
    if application.status == A.SUBMITTED:
        return _correcting(correction) if correction else _submitted(application)
    return _eligible(application) if application.status == A.ELIGIBLE else _later(application)


def _you() -> str:
    return pgettext("whose turn", "You")


def _us() -> str:
    return pgettext("whose turn", "Almaty Creative")


def _nobody() -> str:
    return pgettext("whose turn", "Nobody, it is finished")


def _draft(application: Application) -> Standing:
    if application.is_open_for_writing:
        return _open_draft(application)
    if is_in_grace(application):
        return Standing(
            _("NOT SENT"), "bad", "clock", _you(),
            _("The call has closed. Only from a page «Check and send» that was open before may it still be sent."),
            grace_ends_at(application),
        )  # fmt: skip
    if application.call.status == CallStatus.CANCELLED:
        return Standing(
            _("Not sent"), "neutral", "dash", _nobody(), _("The call was cancelled. What you wrote is kept.")
        )
    return Standing(
        _("Not sent"), "neutral", "dash", _nobody(),
        _("The call closed before it was sent. What you wrote is kept: use it for the next call."),
    )  # fmt: skip


def _open_draft(application: Application) -> Standing:
    until = application.may_write_until
    if application.number is not None:
        return Standing(
            _("NOT SENT"), "bad", "back", _you(),
            _("You took it back. Until you send it again, it does not take part."),
            until, is_yours=True, next_url="grants:application_edit",
        )  # fmt: skip
    return Standing(
        _("Draft, not sent"), "neutral", "ring", _you(),
        _("Fill it in and send it. Only a sent application takes part."),
        until, is_yours=True, next_url="grants:application_edit",
    )  # fmt: skip


def _correcting(correction: Correction) -> Standing:
    if correction.due_at >= clock.now():
        return Standing(
            _("To be corrected"), "wait", "back", _you(),
            _("The officer asks you to correct some fields. Correct them and send the correction."),
            correction.due_at, is_yours=True, next_url="grants:correction_edit",
        )  # fmt: skip
    return Standing(
        _("Sent"), "info", "half", _us(),
        _("The time to correct is over. The application goes on as it was sent, and an officer checks it."),
    )  # fmt: skip


def _submitted(application: Application) -> Standing:
    if application.has_open_proposal:
        text = _("A second officer looks at it too. You get a letter with the result.")
    elif application.is_open_for_writing:
        text = _("An officer checks it. Until the call closes you can take it back, change it and send it again.")
    else:
        text = _("An officer checks the application and its documents. If something must be mended, you get a letter.")
    return Standing(_("Sent"), "info", "half", _us(), text)


def _eligible(application: Application) -> Standing:
    if application.reviews_in >= application.call.reviews_needed:
        return Standing(
            _("With the commission"), "info", "half", pgettext("whose turn", "The commission"),
            _("The scores are in. The commission decides about all applications at once. You get a letter."),
        )  # fmt: skip
    until = _end_of(application.reviews_due_on)
    return Standing(
        _("With the experts"), "info", "half", pgettext("whose turn", "The experts"),
        _("Experts score it, then the commission decides about all applications at once. You get a letter."),
        until if until and until >= clock.now() else None,
    )  # fmt: skip


def _end_of(day: date | None) -> datetime | None:
    """The last minute of a day in Almaty."""
    return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def _of_cancelled(application: Application) -> Standing:
    return Standing(
        _("The call was cancelled"), "neutral", "dash", _nobody(),
        _("The call was cancelled; its page says why. What you wrote is kept."),
    )  # fmt: skip


def _awarded(application: Application) -> Standing:
    """Until the offer is accepted, the winner has the ball; then the page of the grant says it step by step."""
    if application.offer_due_at is None:
        text = _("The page of the grant says what is to be done: plan, bank details, papers, contract, money.")
        if application.award_is_theirs:
            return Standing(_("Awarded"), "good", "check", _you(), text, is_yours=True, next_url="grants:award_detail")
        return Standing(_("Awarded"), "good", "check", _us(), text)
    return Standing(
        _("Awarded"), "good", "check", _you(),
        _("Accept the grant, or refuse it. When the time is over, the money goes to the reserve list."),
        application.offer_due_at, is_yours=True, next_url="grants:application_offer",
    )  # fmt: skip


def _appealed(application: Application, found: Standing) -> Standing:
    """The same status; people who took no part have the ball."""
    words = _("You have appealed. People who took no part in the application answer. You get a letter.")
    return replace(found, ball=_us(), next=words, until=application.appeal_due_at)


def _later(application: Application) -> Standing:
    found = {
        A.INELIGIBLE: Standing(
            _("Not eligible"), "bad", "cross", _nobody(), _("It does not take part. The reason stands below.")
        ),
        A.AWARDED: _awarded(application),
        A.RESERVED: Standing(
            _("On the reserve list"), "wait", "clock", _us(),
            _("If money becomes free, the next ones of the reserve list get it. You will get a letter."),
        ),
        A.DECLINED: Standing(
            _("Declined"), "bad", "cross", _nobody(),
            _("The reasons stand below. You can apply to the next call."),
        ),
        A.WITHDRAWN: Standing(_("Withdrawn"), "neutral", "dash", _nobody(), _("You gave this application up.")),
    }  # fmt: skip
    now = found[A(application.status)]
    return _appealed(application, now) if application.appeal_due_at else now
