"""The plan of an application: its milestones, how many are asked for, and what each still lacks, in words.

The smallest tier (S) of a call that has tiers asks for one milestone in the place of the call's fewest: there is one
thing to make, by one day.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.templatetags.words import long_date
from grants.models import Application, Call, Milestone
from grants.queries.budget import Fault, is_short_form
from grants.queries.tiers import tier_of
from questionnaires.statuses import Tier


def milestones_needed(call: Call, tier: Tier) -> int:
    """How many milestones are asked for at least."""
    return min(1, call.milestones_min) if is_short_form(tier) else call.milestones_min


def read_milestones(application: Application) -> list[Milestone]:
    """In their order, one query."""
    return list(application.milestones.all())


def milestone_faults(milestone: Milestone) -> Iterable[Fault]:
    """What one milestone still lacks."""
    if not milestone.title:
        yield Fault(_("say what is done"), "title")
    if milestone.due_on is None:
        yield Fault(_("enter the day"), "due_on")
    if not milestone.proof:
        yield Fault(_("say what proves it"), "proof")


def plan_faults(application: Application, milestones: list[Milestone]) -> Iterable[tuple[str, str]]:
    """(field, sentence): too few milestones, then what each lacks with its number."""
    needed = milestones_needed(application.call, tier_of(application))
    if len(milestones) < needed:
        few = _("Add milestones: %(count)s are there, at least %(needed)s are needed.")
        yield "plan", few % {"count": len(milestones), "needed": needed}
    for place, milestone in enumerate(milestones, start=1):
        for fault in milestone_faults(milestone):
            words = _("Milestone %(number)s: %(fault)s.") % {"number": place, "fault": fault.sentence}
            yield f"milestone_{milestone.public_id}-{fault.name}", words


def milestone_words(milestone: Milestone) -> str:
    """«By 1 March 2027 · the film on the channel»."""
    said = [_("By: %(date)s") % {"date": long_date(milestone.due_on)}] if milestone.due_on else []
    return " · ".join([*said, *([milestone.proof] if milestone.proof else [])])


def plain_milestones(milestones: Iterable[Milestone]) -> list[dict[str, Any]]:
    """As a snapshot freezes them."""
    return [{"id": m.public_id, "title": m.title, "due_on": m.due_on, "proof": m.proof} for m in milestones]
