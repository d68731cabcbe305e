"""The audit trail of one application in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.models import AuditEvent
from grants.models import Application
from grants.statuses import CheckKind, CheckResult

MOST_SHOWN = 200
WORDS = {
    "application.start": _("Draft begun"),
    "application.edit": _("Fields saved"),
    "application.attach": _("Document added"),
    "application.remove": _("Document taken off"),
    "application.submit": _("Application sent"),
    "application.take_back": _("Taken back by the applicant"),
    "application.withdraw": _("Withdrawn by the applicant"),
    "application.say_minor": _("Said whether a minor takes part"),
    "application.add_consent": _("Guardian's consent added"),
    "application.remove_consent": _("Guardian's consent taken off"),
    "application.assign_officer": _("Officer named"),
    "application.check": _("Check recorded"),
    "application.open_correction": _("Returned for correction"),
    "application.answer_correction": _("Correction answered"),
    "application.close_late_correction": _("Correction not answered in time"),
    "application.propose_ineligible": _("Proposed as not eligible"),
    "application.turn_down_proposal": _("Proposal turned down"),
    "application.find_eligible": _("Found eligible"),
    "application.find_ineligible": _("Found not eligible"),
    "application.award": _("Awarded"),
    "application.appeal": _("Appeal made"),
    "application.appeal_on_agenda": _("Appeal put on the agenda"),
    "application.answer_appeal": _("Appeal answered"),
    "application.uphold": _("Goes back after an upheld appeal"),
    "application.annul": _("Goes back: a court annulled the decision"),
    "application.annul_staged": _("A court annulled the staged decision"),
    "application.lapse": _("The offer lapsed"),
    "application.refuse_offer": _("The winner refused the award"),
    "application.move_up": _("Moved up from the reserve list"),
    "application.reserve": _("Put on the reserve list"),
    "application.decline": _("Declined"),
}


@dataclass(frozen=True)
class HistoryLine:
    """One event: what, details, who, when."""

    words: Any
    detail: str
    person: Any
    at: datetime


def events_of(application: Application) -> list[AuditEvent]:
    """The last events of this application, newest first."""
    about = {"object_type": application._meta.label_lower, "object_id": application.public_id}
    return list(AuditEvent.objects.filter(**about).order_by("-pk")[:MOST_SHOWN])


def history(events: list[AuditEvent], people: Mapping[int, Any], labels: Mapping[str, Any]) -> list[HistoryLine]:
    """Events in words; edits of the same person that follow each other are one line."""
    lines: list[HistoryLine] = []
    last: AuditEvent | None = None
    for event in events:
        if last and event.verb == "application.edit" == last.verb and event.actor_id == last.actor_id:
            continue
        last = event
        person = people.get(event.actor_id) if event.actor_id else None
        lines.append(HistoryLine(WORDS.get(event.verb, event.verb), _detail(event, people, labels), person, event.at))
    return lines


def _detail(event: AuditEvent, people: Mapping[int, Any], labels: Mapping[str, Any]) -> str:
    data = event.data
    if event.verb == "application.check":
        return f"{CheckKind(data['check']).label}: {CheckResult(data['result']).label}"
    if event.verb == "application.assign_officer":
        return str(people.get(data["officer"], ""))
    if event.verb == "application.attach":
        return str(labels.get(f"doc_{data['for']}", ""))
    fields = data.get("changed") or data.get("fields") if "correction" in event.verb else None
    return "; ".join(str(labels.get(name, name)) for name in fields or [])
