"""Papers that only winners owe: what the call asks of this award, what is there, what is lacking."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from grants.models import Award, AwardPaper, DocumentRequirement
from grants.queries.tiers import tier_of
from grants.statuses import RequirementStage


@dataclass(frozen=True)
class Paper:
    """What was asked for, and what stands there now."""

    requirement: DocumentRequirement
    paper: AwardPaper | None

    @property
    def label(self) -> str:
        """In a word."""
        if self.paper is None:
            return _("not here yet") if self.requirement.is_required else _("if you have it")
        if self.paper.accepted_at:
            return _("in order")
        return _("to be replaced") if self.is_returned else _("with the officer")

    @property
    def tone(self) -> str:
        """Of its status."""
        if self.paper is None:
            return "wait" if self.requirement.is_required else "neutral"
        if self.paper.accepted_at:
            return "good"
        return "bad" if self.is_returned else "info"

    @property
    def is_returned(self) -> bool:
        """An officer has said what is wrong with it."""
        return bool(self.paper and self.paper.returned_kk)

    @property
    def is_yours(self) -> bool:
        """The grantee has to do something."""
        return self.is_returned or (self.paper is None and self.requirement.is_required)

    @property
    def is_open(self) -> bool:
        """Required and not found in order, or returned."""
        in_order = self.paper is not None and self.paper.accepted_at is not None
        return not in_order and (self.requirement.is_required or self.paper is not None)


def asked_of_winner(award: Award) -> QuerySet[DocumentRequirement]:
    """What the call asks of winners at the size tier of this one."""
    asked = award.application.call.requirements.filter(stage=RequirementStage.AWARD)
    return asked.within(tier_of(award.application))


def papers_of(award: Award) -> list[Paper]:
    """In the order of the call. Two queries besides that of the tier."""
    papers = AwardPaper.objects.live().filter(award=award).select_related("document", "requirement")
    there = {row.requirement_id: row for row in papers}
    return [Paper(requirement, there.get(requirement.pk)) for requirement in asked_of_winner(award)]
