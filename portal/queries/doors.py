"""The demo's accounts, one for each role, and what to try with each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Door:
    """One way into the demo: an account, what it is, what to try there, and the page it opens."""

    email: str
    title: Any
    text: Any
    opens: str


DOORS = (
    Door(
        "applicant@demo.test",
        _("Entrepreneur"),
        _("Continue a draft, attach a file, send an application and keep the receipt."),
        "grants:application_list",
    ),
    Door(
        "colleague@demo.test",
        _("Colleague of the entrepreneur"),
        _("Edit the same applications; only the owner sends and withdraws them."),
        "grants:application_list",
    ),
    Door(
        "expert@demo.test",
        _("Expert"),
        _("Declare a conflict of interest or score an application, on a phone too; see the act of the work done."),
        "grants:review_list",
    ),
    Door(
        "officer@demo.test",
        _("Officer"),
        _("Take the next application, check it, return it or pass it to the experts."),
        "admin:index",
    ),
    Door(
        "secretary@demo.test",
        _("Commission secretary"),
        _("Lead the session that is open: attendance, votes, minutes; see what would void it; propose the release."),
        "admin:committees_meeting_changelist",
    ),
    Door(
        "commission@demo.test",
        _("Commission member"),
        _("Vote in the session that is open, read the votes by name and the minutes, release the decisions."),
        "committees:meeting_list",
    ),
    Door(
        "finance@demo.test",
        _("Finance"),
        _("See whom the year's money went to."),
        "admin:index",
    ),
    Door(
        "finance2@demo.test",
        _("Finance, second person"),
        _("A second pair of eyes on the same figures."),
        "admin:index",
    ),
    Door(
        "manager@demo.test",
        _("Fund manager"),
        _("See the fund against 50 projects and book a payment to a project."),
        "funds:dashboard",
    ),
    Door(
        "analyst@demo.test",
        _("Fund analyst"),
        _("Add a project to the portfolio and record what was approved for it."),
        "funds:dashboard",
    ),
    Door(
        "ic@demo.test",
        _("Investment committee member"),
        _("Read the portfolio and the pace of the fund."),
        "funds:dashboard",
    ),
    Door(
        "investor@demo.test",
        _("Founder of the fund"),
        _("See what the fund shows to everybody."),
        "portal:progress_fund",
    ),
    Door(
        "auditor@demo.test",
        _("Auditor"),
        _("Read the register of exceptions, frozen rankings, meetings and the audit trail; change nothing."),
        "admin:grants_award_exceptions",
    ),
    Door(
        "admin@demo.test",
        _("Administrator"),
        _("Prepare a call, give roles, edit reference tables."),
        "admin:index",
    ),
)
EMAILS = frozenset(door.email for door in DOORS)


def door_of(email: str) -> Door | None:
    """The door of an account; None for everybody who is not of the demo."""
    return next((door for door in DOORS if door.email == email), None)
