"""The season's part of the staff's first page: screening, reviews, decisions, money, calls."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from core import clock
from core.identifiers import readable_phone
from core.templatetags.words import long_date, moment, money, number
from grants.queries import waiting
from grants.queries.help import waiting_help
from grants.queries.spread import waiting_extra
from portal.queries.desk_rows import Row, Rows, Tile

APPLICATIONS = "admin:grants_application_changelist"
SOON = timedelta(days=2)


def _list(turn: str) -> str:
    return f"{reverse(APPLICATIONS)}?turn={turn}"


def _dossier(application: Any) -> str:
    return reverse("admin:grants_application_change", args=[application.pk])


def _days(since: Any) -> str:
    """«Waiting for 3 days», counted in whole days."""
    return _("Days waiting: %(days)s") % {"days": (clock.now() - since).days}


def screening(person: Any) -> tuple[list[Tile], list[Rows]]:
    """An officer's: what to screen, to confirm, what applicants owe, what came today."""
    n = waiting.screening(person)
    late = _("Overdue: %(count)s") % {"count": n.late} if n.late else _("None overdue")
    nobodys = _("Without an officer: %(count)s") % {"count": n.nobodys}
    tiles = [
        Tile(_("Mine to screen"), number(n.mine), "", _list("mine"), "wait" if n.mine else "good"),
        Tile(_("To screen, all officers"), number(n.to_screen), nobodys, _list("officer"), "bad" if n.nobodys else ""),
        Tile(_("Not eligible: to confirm"), number(n.to_confirm), "", _list("second"), "wait" if n.to_confirm else ""),
        Tile(_("Corrections open"), number(n.with_applicant), late, _list("applicant"), "bad" if n.late else ""),
        Tile(_("Applications today"), number(n.sent_today), "", f"{reverse(APPLICATIONS)}?sent=today"),
    ]
    mine = [_waiting(application) for application in waiting.to_screen(person)]
    foreign = [_proposal(proposal) for proposal in waiting.to_confirm(person)]
    owed = [_correction(correction) for correction in waiting.corrections(person)]
    silent = [_unopened(one) for one in waiting.unopened(person)]
    return tiles, [
        Rows(_("Mine to screen"), mine, _list("mine"), _("Nothing waits. «Take the next» gives the oldest of all.")),
        Rows(
            _("Confirm or turn down: not eligible"), foreign, _list("second"), _("No colleague has proposed anything.")
        ),
        Rows(_("Corrections the applicants owe"), owed, _list("applicant"), _("No correction is open.")),
        Rows(
            _("Call them: the letter was not opened"), silent, empty=_("Every letter with a term was opened in time.")
        ),
    ]


def _waiting(application: Any) -> Row:
    meta = f"{application.organisation} · {_days(application.submitted_at)}"
    return Row(f"{application.number} · {application.title}", _dossier(application), meta)


def _proposal(proposal: Any) -> Row:
    application = proposal.application
    return Row(f"{application.number} · {application.title}", _dossier(application), str(proposal.proposed_by))


def _correction(correction: Any) -> Row:
    application, late = correction.application, correction.due_at < clock.now()
    return Row(
        f"{application.number} · {application.title}",
        _dossier(application),
        _("Until: %(when)s") % {"when": moment(correction.due_at)},
        _("Overdue") if late else _("With the applicant"),
        "bad" if late else "wait",
        "cross" if late else "back",
    )


def _unopened(one: Any) -> Row:
    """Whom to call, at which number, until when their term runs."""
    application = one.correction.application
    phones = [_phone(person, application.organisation) for person in one.people]
    until = _("Until: %(when)s") % {"when": moment(one.correction.due_at)}
    title = f"{application.number} · {application.title}"
    return Row(title, _dossier(application), " · ".join([*phones, until]), _("Not opened"), "bad", "clock")


def _phone(person: Any, organisation: Any) -> str:
    """A name with the person's own phone, else the organisation's."""
    phone = person.phone or organisation.phone
    return f"{person}, {readable_phone(phone) if phone else _('no phone is known')}"


def call_questions() -> tuple[list[Tile], list[Rows]]:
    """What people ask about calls."""
    count, oldest = waiting.call_questions()
    url = f"{reverse('admin:grants_callquestion_changelist')}?answer=waits"
    rows = [
        Row(
            one.text[:120],
            reverse("admin:grants_callquestion_change", args=[one.pk]),
            f"{one.call} · {_days(one.asked_at)}",
        )
        for one in oldest
    ]
    tile = Tile(_("Questions about calls"), number(count), "", url, "wait" if count else "")
    return [tile], [Rows(_("Questions about calls"), rows, url, empty=_("Every question is answered."))]


def reviews(person: Any) -> tuple[list[Tile], list[Rows]]:
    """What the experts owe."""
    n = waiting.reviews()
    late = _("Overdue: %(count)s") % {"count": n["late"]} if n["late"] else _("None overdue")
    rows = [_review(assignment) for assignment in waiting.late_reviews()]
    count, apart = waiting_extra(person)
    wide = [_extra(one) for one in apart]
    return (
        [
            Tile(_("Reviews missing"), number(n["missing"]), late, _list("experts"), "bad" if n["late"] else ""),
            Tile(_("One more expert wanted"), number(count), _("scores far apart"), "", "wait" if count else ""),
        ],
        [
            Rows(_("Reviews due first"), rows, _list("experts"), empty=_("Every review that was asked for is in.")),
            Rows(_("Scores far apart: ask one more expert"), wide, empty=_("No scores lie too far apart.")),
        ],
    )


def _extra(one: Any) -> Row:
    return Row(
        f"{one.application.number} · {one.application.title}",
        reverse("admin:grants_assignment_application", args=[one.application.public_id]),
        _("Spread: %(points)s points of 100") % {"points": number(one.spread.normalize())},
        _("One more expert"),
        "wait",
    )


def _review(assignment: Any) -> Row:
    late = assignment.due_on < clock.today()
    return Row(
        f"{assignment.application.number} · {assignment.expert.user}",
        _dossier(assignment.application),
        _("Due: %(day)s") % {"day": long_date(assignment.due_on)},
        _("Overdue") if late else _("With the expert"),
        "bad" if late else "info",
        "cross" if late else "half",
    )


def decisions() -> tuple[list[Tile], list[Rows]]:
    """What the commission has to stage and to release."""
    calls = waiting.decisions()
    ready = sum(call.staged > 0 and call.staged == call.in_hand for call in calls)  # type: ignore[attr-defined]
    rows = [_decided(call) for call in calls]
    return (
        [Tile(_("Calls ready for release"), number(ready), tone="wait" if ready else "")],
        [Rows(_("Decisions to stage and to release"), rows, empty=_("No closed call waits for the commission."))],
    )


def _decided(call: Any) -> Row:
    ready = call.staged > 0 and call.staged == call.in_hand
    counted = {"staged": call.staged, "all": call.in_hand}
    return Row(
        str(call.title),
        _ranking(call),
        _("Decisions staged: %(staged)s of %(all)s") % counted,
        _("Ready for release") if ready else _("Being decided"),
        "good" if ready else "info",
    )


def _ranking(call: Any) -> str:
    return reverse("admin:grants_ranking", args=[call.public_id])


def questions() -> tuple[list[Tile], list[Rows]]:
    """Questions that applicants asked from a section of their draft."""
    count, rows = waiting_help()
    url = reverse("admin:grants_helprequest_changelist")
    tile = Tile(_("Applicants need help"), number(count), "", f"{url}?answer=waits", "wait" if count else "good")
    return [tile], [
        Rows(_("Applicants need help"), [_help(one) for one in rows], url, _("Every question is answered."))
    ]


def _help(asked: Any) -> Row:
    meta = f"{asked.application.organisation} · {_days(asked.asked_at)}"
    return Row(str(asked), reverse("admin:grants_helprequest_change", args=[asked.pk]), meta)


def year_left() -> list[Tile]:
    """What is left of the year's budget."""
    year = waiting.year()
    if year is None:
        return []
    budget = {"budget": money(year.budget, year.currency), "year": year.year}
    caption = _("of %(budget)s, programme year %(year)s") % budget
    url = reverse("admin:grants_programmeyear_change", args=[year.pk])
    return [Tile(_("Left of the budget"), money(year.remaining, year.currency), caption, url)]


def calls(*, runs_calls: bool, sees_applications: bool) -> tuple[list[Tile], list[Rows]]:
    """Calls with their clocks; a link only for those who may open it."""
    found = waiting.calls()
    tiles = [_closing(call, runs_calls) for call in found if call.is_open][:2]
    rows = [_call(call, runs_calls, sees_applications) for call in found]
    return tiles, [
        Rows(
            _("Calls"),
            rows,
            reverse("admin:grants_call_changelist") if runs_calls else "",
            empty=_("No call is published."),
        )
    ]


def _closing(call: Any, runs_calls: bool) -> Tile:
    left = timeuntil(call.closes_at, clock.now(), depth=1)
    is_soon = call.closes_at - clock.now() < SOON
    url = _call_page(call) if runs_calls else ""
    return Tile(_("Until the call closes"), left, str(call.title), url, "wait" if is_soon else "")


def _call(call: Any, runs_calls: bool, sees_applications: bool) -> Row:
    received = _("Applications: %(count)s") % {"count": number(call.received)} if sees_applications else ""
    when = _("Closes: %(when)s") if call.closes_at >= clock.now() else _("Closed: %(when)s")
    meta = " · ".join(part for part in (when % {"when": moment(call.closes_at)}, received) if part)
    url = _call_page(call) if runs_calls else ""
    return Row(str(call.title), url, meta, *_state(call))


def _call_page(call: Any) -> str:
    return reverse("admin:grants_call_change", args=[call.pk])


def _state(call: Any) -> tuple[str, str, str]:
    """By the server's clock: word, tone, shape."""
    if call.is_open:
        return _("Open"), "good", "disc"
    return (_("Not yet open"), "neutral", "ring") if call.is_upcoming else (_("Being decided"), "info", "half")


def awarded() -> list[Tile]:
    """Awards and their sum."""
    n = waiting.awards()
    return [
        Tile(_("Awards"), number(n["number"]), url=f"{reverse(APPLICATIONS)}?status=awarded"),
        Tile(_("Sum awarded"), money(n["amount"] or 0)),
    ]
