"""What an applicant reads once something was decided: the decision, score and reasons, appeals, the right to appeal."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Membership
from grants import policy
from grants.models import Appeal, Application, Decision, IneligibilityProposal
from grants.queries.appeals import Notice, notice_of
from grants.queries.reasons import letter_words, reasons_of
from grants.statuses import DECIDED, ApplicationStatus


@dataclass(frozen=True)
class Result:
    """For one reader; `reasons` in their language, nothing before the release."""

    decision: Decision | None = None
    refusal: IneligibilityProposal | None = None
    reasons: dict[str, Any] | None = None
    appeals: tuple[Appeal, ...] = ()
    notice: Notice | None = None
    may_appeal: bool = False


def result_of(application: Application, reader: Any) -> Result:
    """Asks nothing about what was not sent. Scores are for the applicant and for those who see the ranking."""
    if application.number is None or application.status == ApplicationStatus.DRAFT:
        return Result()
    refusal = None
    if application.status == ApplicationStatus.INELIGIBLE:
        refusal = application.ineligibility_proposals.filter(confirmed_at__isnull=False).first()
    decision = None
    if application.status in DECIDED:
        decision = application.decisions.live().filter(released_at__isnull=False).first()
    shown = decision is not None and _may_read_scores(application, reader)
    return Result(
        decision=decision,
        refusal=refusal,
        reasons=letter_words(reasons_of(application)) if shown else None,
        appeals=tuple(application.appeals.visible_to(reader).select_related("document").order_by("made_at")),
        notice=notice_of(application),
        may_appeal=policy.may_appeal(reader, application),
    )


def _may_read_scores(application: Application, reader: Any) -> bool:
    if policy.may_see_ranking(reader):
        return True
    return Membership.objects.filter(organisation=application.organisation_id, user=reader).exists()
