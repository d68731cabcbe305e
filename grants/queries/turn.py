"""Who has the ball, and until when: the sentence at the head of a dossier."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from core import clock
from grants.queries.dossier import Dossier
from grants.statuses import ApplicationStatus


@dataclass(frozen=True)
class Turn:
    """What happens next; `due_at` where a time is set, `is_late` once it is over."""

    title: str
    text: str
    due_at: datetime | None = None

    @property
    def is_late(self) -> bool:
        """The time is over."""
        return self.due_at is not None and self.due_at < clock.now()


def turn_of(dossier: Dossier, reader: Any) -> Turn:
    """By status, and by the object beside it that is open."""
    status = ApplicationStatus(dossier.application.status)
    if status == ApplicationStatus.SUBMITTED:
        return _in_screening(dossier, reader)
    if status == ApplicationStatus.ELIGIBLE and dossier.panel is not None:
        return _with_experts(dossier)
    if appeal := dossier.open_appeal:
        text = _("An appeal is to be answered by somebody who took no part in the application.")
        return Turn(_("A colleague who took no part has it"), text, appeal.due_at)
    sentences = {
        ApplicationStatus.ELIGIBLE: _("The experts read it, then the commission decides."),
        ApplicationStatus.RESERVED: _("It moves up when an award falls out."),
        ApplicationStatus.AWARDED: _("Next comes the contract."),
    }
    return Turn(str(status.label), sentences.get(status, _("Nothing waits here.")))


def _in_screening(dossier: Dossier, reader: Any) -> Turn:
    correction = dossier.open_correction
    if correction and correction.due_at < clock.now():
        text = _("The time to correct is over: it comes back as it was sent.")
        return Turn(_("The applicant has it"), text, correction.due_at)
    if correction:
        return Turn(_("The applicant has it"), _("Named fields are open for correction."), correction.due_at)
    if proposal := dossier.open_proposal:
        own = proposal.proposed_by_id == reader.pk
        text = _("You proposed «not eligible». Another officer confirms it or turns it down.")
        return Turn(_("A second officer has it"), text if own else _("Confirm «not eligible» or turn it down."))
    left = len(dossier.left_to_check)
    text = _("Checks left: %(count)s") % {"count": left} if left else _("Every check is in order.")
    if dossier.application.officer_id == reader.pk:
        return Turn(_("You have it"), text)
    return Turn(_("The officer has it") if dossier.application.officer else _("Nobody has it yet"), text)


def _with_experts(dossier: Dossier) -> Turn:
    panel = dossier.panel
    assert panel is not None
    if dossier.decision:
        return Turn(_("The commission has it"), _("A decision is staged and waits for its release."))
    if panel.done >= panel.needed:
        return Turn(_("The commission has it"), _("The reviews are in. A decision can be staged."))
    counted = {"done": panel.done, "needed": panel.needed}
    return Turn(_("The experts have it"), _("Reviews in: %(done)s of %(needed)s") % counted)
