"""The first page of the staff: what waits today, by role. The same number of queries however many rows there are."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _

from accounts.policy import has_role, may_read_audit
from accounts.statuses import Role
from core import clock
from core.templatetags.words import long_date, moment, money, number
from funds.policy import may_see_portfolio
from funds.queries.progress import pace_of, with_totals
from funds.statuses import VERDICT_TONE
from grants import policy
from grants.queries import waiting
from notifications.models import Message

APPLICATIONS = "admin:grants_application_changelist"
SOON = timedelta(days=2)


@dataclass(frozen=True)
class Tile:
    """One number (templates/admin/_tile.html)."""

    label: str
    value: str
    caption: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    title: str
    url: str = ""
    meta: str = ""
    label: str = ""
    tone: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Rows:
    """A list of what waits (templates/admin/_desk_list.html)."""

    title: str
    rows: list[Row]
    url: str = ""
    caption: str = ""
    url_label: str = ""
    empty: str = ""


@dataclass
class Desk:
    """Tiles and lists in the order of the roles that a person holds; `may_take_next` shows the officer's button."""

    tiles: list[Tile] = field(default_factory=list)
    lists: list[Rows] = field(default_factory=list)
    may_take_next: bool = False

    def add(self, tiles: Iterable[Tile], lists: Iterable[Rows] = ()) -> None:
        """Puts one role's part at the end."""
        self.tiles += tiles
        self.lists += lists


def desk_of(person: Any) -> Desk:
    """What this person's roles let them see."""
    desk = Desk(may_take_next=policy.may_screen(person))
    if policy.may_screen(person):
        desk.add(*_screening(person))
    if policy.may_release_decisions(person) or policy.may_stage_decisions(person):
        desk.add(*_decisions())
    if policy.may_assign_experts(person):
        desk.add(*_reviews())
    if has_role(person, Role.FINANCE, Role.AUDITOR):
        desk.add(_awards())
    if may_see_portfolio(person):
        desk.add(_funds())
    if policy.may_see_programmes(person):
        desk.add(_year())
    if policy.may_see_call_drafts(person) or policy.may_release_decisions(person):
        desk.add(*_calls(policy.may_see_sent_applications(person)))
    if may_read_audit(person):
        desk.add(_messages())
    return desk


def _list(turn: str) -> str:
    return f"{reverse(APPLICATIONS)}?turn={turn}"


def _dossier(application: Any) -> str:
    return reverse("admin:grants_application_change", args=[application.pk])


def _days(since: Any) -> str:
    """«Waiting for 3 days», counted in whole days."""
    return _("Days waiting: %(days)s") % {"days": (clock.now() - since).days}


def _screening(person: Any) -> tuple[list[Tile], list[Rows]]:
    n = waiting.screening(person)
    late = _("Overdue: %(count)s") % {"count": n.late} if n.late else _("None overdue")
    tiles = [
        Tile(_("Mine to screen"), number(n.mine), url=_list("mine"), tone="wait" if n.mine else "good"),
        Tile(_("To screen, all officers"), number(n.to_screen), _("Without an officer: %(count)s") % {"count": n.nobodys}, _list("officer"), "bad" if n.nobodys else ""),
        Tile(_("Not eligible: to confirm"), number(n.to_confirm), url=_list("second"), tone="wait" if n.to_confirm else ""),
        Tile(_("Corrections open"), number(n.with_applicant), late, _list("late" if n.late else "applicant"), "bad" if n.late else ""),
        Tile(_("Applications today"), number(n.sent_today), url=f"{reverse(APPLICATIONS)}?sent=today"),
    ]
    mine = [Row(f"{a.number} · {a.title}", _dossier(a), f"{a.organisation} · {_days(a.submitted_at)}") for a in waiting.to_screen(person)]
    lists = [
        Rows(_("Mine to screen"), mine, _list("mine"), empty=_("Nothing waits. «Take the next» gives you the oldest of all.")),
        Rows(_("Confirm or turn down: not eligible"), [_proposal(p) for p in waiting.to_confirm(person)], _list("second"), empty=_("No colleague has proposed anything.")),
        Rows(_("Corrections the applicants owe"), [_correction(c) for c in waiting.corrections()], _list("applicant"), empty=_("No correction is open.")),
    ]
    return tiles, lists


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


def _reviews() -> tuple[list[Tile], list[Rows]]:
    n = waiting.reviews()
    late = _("Overdue: %(count)s") % {"count": n["late"]} if n["late"] else _("None overdue")
    rows = [_review(assignment) for assignment in waiting.late_reviews()]
    return (
        [Tile(_("Reviews missing"), number(n["missing"]), late, _list("experts"), "bad" if n["late"] else "")],
        [Rows(_("Reviews due first"), rows, _list("experts"), empty=_("Every review that was asked for is in."))],
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


def _decisions() -> tuple[list[Tile], list[Rows]]:
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


def _year() -> list[Tile]:
    year = waiting.year()
    if year is None:
        return []
    caption = _("of %(budget)s, programme year %(year)s") % {"budget": money(year.budget, year.currency), "year": year.year}
    return [Tile(_("Left of the budget"), money(year.remaining, year.currency), caption, reverse("admin:grants_programmeyear_change", args=[year.pk]))]


def _calls(sees_applications: bool) -> tuple[list[Tile], list[Rows]]:
    calls, now = waiting.calls(), clock.now()
    closing = [call for call in calls if call.is_open]
    tiles = [_closing(call) for call in closing[:2]]
    rows = [_call(call, now, sees_applications) for call in calls]
    return tiles, [Rows(_("Calls"), rows, reverse("admin:grants_call_changelist"), empty=_("No call is published."))]


def _closing(call: Any) -> Tile:
    left = call.closes_at - clock.now()
    value = timeuntil(call.closes_at, clock.now(), depth=1)
    return Tile(_("Until the call closes"), value, str(call.title), reverse("admin:grants_call_change", args=[call.pk]), "wait" if left < SOON else "")


def _call(call: Any, now: Any, sees_applications: bool) -> Row:
    received = _("Applications: %(count)s") % {"count": number(call.received)} if sees_applications else ""
    when = _("Closes: %(when)s") if call.closes_at >= now else _("Closed: %(when)s")
    label, tone, shape = (
        (_("Open"), "good", "disc") if call.is_open else (_("Not yet open"), "neutral", "ring") if call.is_upcoming else (_("Being decided"), "info", "half")
    )
    meta = " · ".join(part for part in (when % {"when": moment(call.closes_at)}, received) if part)
    return Row(str(call.title), reverse("admin:grants_call_change", args=[call.pk]), meta, label, tone, shape)


def _awards() -> list[Tile]:
    n = waiting.awards()
    return [
        Tile(_("Awards"), number(n["number"]), url=f"{reverse(APPLICATIONS)}?status=awarded"),
        Tile(_("Awarded"), money(n["amount"] or 0)),
    ]


def _funds() -> list[Tile]:
    fund = with_totals(clock.today()).first()
    if fund is None:
        return []
    done, paid = fund.projects_done, -(fund.paid or 0)  # type: ignore[attr-defined]
    target = _("of at least %(target)s projects") % {"target": fund.target_projects}
    url = reverse("admin:funds_fund_change", args=[fund.pk])
    capital = _("of %(capital)s") % {"capital": money(fund.capital, fund.currency)}
    tone = VERDICT_TONE[pace_of(fund, done, clock.today()).verdict]
    return [
        Tile(_("Fund: projects"), number(done), target, url, tone),
        Tile(_("Fund: invested"), money(paid, fund.currency), capital, url),
    ]


def _messages() -> list[Tile]:
    failed = Message.objects.filter(failed_at__isnull=False).count()
    late = Message.objects.due().filter(due_at__lt=clock.now() - timedelta(minutes=10)).count()
    url = reverse("admin:notifications_message_changelist")
    return [
        Tile(_("Messages not delivered"), number(failed), url=f"{url}?failed_at__isnull=False", tone="bad" if failed else "good"),
        Tile(_("Messages late by ten minutes"), number(late), url=f"{url}?sent_at__isnull=True&failed_at__isnull=True", tone="bad" if late else ""),
    ]
