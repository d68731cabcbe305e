"""What follows the awards on the staff's first page: plans and papers to read, contracts to make and to sign."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.policy import has_role
from accounts.statuses import Role
from core.templatetags.words import long_date, number
from grants import policy
from grants.queries.award_waiting import waiting_for_staff, waits_for
from portal.queries.desk_rows import Row, Rows, Tile

SHOWN = 10


def contracts(person: Any) -> tuple[list[Tile], list[Rows]]:
    """For officers, and for the secretary who enters signatures. Two queries, however many awards there are."""
    if not (policy.may_agree_plan(person) or has_role(person, Role.SECRETARY)):
        return [], []
    waiting = waiting_for_staff()
    count, url = waiting.count(), reverse("admin:grants_award_changelist")
    rows = [
        Row(
            f"{award.application.number} · {award.application.title}",
            reverse("admin:grants_award_change", args=[award.pk]),
            _("Accepted: %(when)s") % {"when": long_date(award.accepted_at)},
            waits_for(award),
            "wait",
            "clock",
        )
        for award in waiting[:SHOWN]
    ]
    tile = Tile(_("Contracts: your turn"), number(count), "", url, "wait" if count else "")
    return [tile], [Rows(_("Contracts: plans, papers, signatures"), rows, url, empty=_("No award waits for you."))]
