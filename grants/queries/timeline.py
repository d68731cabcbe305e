"""What has happened to an application and what is still to come, as its applicant may read it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from grants.models import Application, Correction, Submission
from grants.statuses import DECIDED
from grants.statuses import ApplicationStatus as A

DONE, NOW, TO_COME = "done", "now", ""


@dataclass(frozen=True)
class Step:
    """One step: `state` is done, now, or empty for what is to come."""

    state: str
    title: str
    at: datetime | None = None
    text: str = ""


def timeline(application: Application, submissions: list[Submission], corrections: list[Correction]) -> list[Step]:
    """The past with its moments, then the road ahead. Asks the database nothing."""
    past = [(application.created_at, _("Begun"), "")]
    past += [(sent.submitted_at, _("Sent") if sent.number == 1 else _("Sent again"), "") for sent in submissions]
    past += [(c.opened_at, _("Returned for correction"), c.said) for c in corrections]
    late = _("No correction came in time: it stays as it was sent")
    past += [(c.expired_at, late, "") for c in corrections if c.expired_at]
    steps = [Step(DONE, title, at, text) for at, title, text in sorted(past, key=lambda item: item[0])]
    return [*steps, *_ahead(application)]


def _ahead(application: Application) -> list[Step]:
    status = A(application.status)
    if status == A.WITHDRAWN:
        return [Step(DONE, _("Withdrawn"))]
    if status == A.INELIGIBLE:
        return [Step(DONE, _("Found not eligible"))]
    if status in DECIDED:
        before = [_("Checked by an officer"), _("Scored by experts")]
        return [*(Step(DONE, title) for title in before), Step(DONE, _("Decided"), application.call.released_at)]
    road = [_("Filling in"), _("Check by an officer"), _("Scores of experts"), _("Decision of the commission")]
    here = {A.DRAFT: 0, A.SUBMITTED: 1, A.ELIGIBLE: 2}[status]
    passed = [Step(DONE, _("Checked by an officer"))] if here == 2 else []
    return passed + [Step(NOW if i == here else TO_COME, title) for i, title in enumerate(road) if i >= here]
