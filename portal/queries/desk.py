"""The first page of the staff: what waits today, by role. The same number of queries however many rows there are."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.policy import has_role, may_read_audit
from accounts.statuses import Role
from core import clock
from core.templatetags.words import money, number
from funds.policy import may_see_portfolio
from funds.queries.progress import pace_of, with_totals
from funds.statuses import VERDICT_TONE
from grants import policy
from notifications.models import Message
from portal.queries import desk_awards as awards
from portal.queries import desk_grants as season
from portal.queries import desk_second as second
from portal.queries.desk_money import money_of_awards
from portal.queries.desk_rows import Desk, Tile

LATE = timedelta(minutes=10)


def desk_of(person: Any) -> Desk:
    """What this person's roles let them see."""
    desk = Desk(may_take_next=policy.may_screen(person))
    desk.add(*second.waiting_for(person))
    if policy.may_screen(person):
        desk.add(*season.screening(person))
    if policy.may_answer_applicants(person):
        desk.add(*season.questions())
        desk.add(*season.call_questions())
    if policy.may_release_decisions(person) or policy.may_stage_decisions(person):
        desk.add(*season.decisions())
    if policy.may_assign_experts(person):
        desk.add(*season.reviews(person))
    desk.add(*awards.contracts(person))
    if has_role(person, Role.FINANCE, Role.AUDITOR):
        desk.add(season.awarded())
    desk.add(*money_of_awards(person))
    if may_see_portfolio(person):
        desk.add(_funds())
    if policy.may_see_programmes(person):
        desk.add(season.year_left())
    if policy.may_see_call_drafts(person) or policy.may_release_decisions(person):
        rights = {
            "runs_calls": policy.may_see_call_drafts(person),
            "sees_applications": policy.may_see_sent_applications(person),
        }
        desk.add(*season.calls(**rights))
    if may_read_audit(person):
        desk.add(_messages())
    return desk


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
    late = Message.objects.due().filter(due_at__lt=clock.now() - LATE).count()
    url = reverse("admin:notifications_message_changelist")
    stuck = f"{url}?sent_at__isnull=True&failed_at__isnull=True"
    return [
        Tile(
            _("Messages not delivered"),
            number(failed),
            "",
            f"{url}?failed_at__isnull=False",
            "bad" if failed else "good",
        ),
        Tile(_("Messages late by ten minutes"), number(late), "", stuck, "bad" if late else ""),
    ]
