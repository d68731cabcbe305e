"""Appeals: until when one may be made, against what, and who took part in the application and so does not answer."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.statuses import Role
from committees.models import Ballot
from core import clock
from core.working_days import add_working_days
from grants.models import (
    Appeal,
    Application,
    Assignment,
    Decision,
    IneligibilityProposal,
    ScreeningCheck,
)
from grants.statuses import APPEALABLE, AppealAgainst, ApplicationStatus

LAST_MINUTE = time(23, 59)


@dataclass(frozen=True)
class Notice:
    """What an applicant was told and may appeal against, and until when."""

    against: str
    decision: Decision | None
    told_at: datetime
    until: datetime

    @property
    def is_open(self) -> bool:
        """Whether the term still runs."""
        return clock.now() <= self.until


def notice_of(application: Application) -> Notice | None:
    """The last notice that may be appealed against; None where there is none, or it was appealed against already."""
    if application.status not in APPEALABLE:
        return None
    found = _not_eligible(application) if application.status == ApplicationStatus.INELIGIBLE else _decision(application)
    if found is None:
        return None
    against, decision, told_at = found
    same = Q(decision=decision) if decision else Q(against=AppealAgainst.INELIGIBLE, made_at__gte=told_at)
    if application.appeals.filter(same).exists():
        return None
    last = add_working_days(timezone.localdate(told_at), application.call.appeal_working_days)
    return Notice(against, decision, told_at, timezone.make_aware(datetime.combine(last, LAST_MINUTE)))


def _not_eligible(application: Application) -> tuple[str, Decision | None, datetime] | None:
    confirmed = application.ineligibility_proposals.filter(confirmed_at__isnull=False).order_by("-confirmed_at").first()
    if confirmed is None or confirmed.confirmed_at is None:
        return None
    return AppealAgainst.INELIGIBLE, None, confirmed.confirmed_at


def _decision(application: Application) -> tuple[str, Decision | None, datetime] | None:
    decision = application.decisions.live().filter(released_at__isnull=False).first()
    if decision is None or decision.released_at is None:
        return None
    return AppealAgainst.DECISION, decision, decision.released_at


def took_part(application: Application) -> set[int]:
    """Who scored, screened, voted, staged or released: keys of people. A trigger holds the same."""
    scored = Assignment.objects.filter(application=application, review__submitted_at__isnull=False)
    proposals = IneligibilityProposal.objects.filter(application=application)
    decisions = Decision.objects.filter(application=application)
    found: set[Any] = {application.officer_id}
    found |= set(scored.values_list("expert__user", flat=True))
    found |= set(ScreeningCheck.objects.filter(application=application).values_list("checked_by", flat=True))
    found |= {key for pair in proposals.values_list("proposed_by", "confirmed_by") for key in pair}
    found |= {key for pair in decisions.values_list("staged_by", "released_by") for key in pair}
    voted = Ballot.objects.filter(item__of_application__application=application, item__of_appeal=None)
    found |= set(voted.values_list("seat__user", flat=True))
    return found - {None}


def who_may_answer(application: Application) -> QuerySet[User]:
    """Officers and secretaries who took no part."""
    people = User.objects.filter(is_active=True, groups__name__in=[Role.OFFICER, Role.SECRETARY])
    return people.exclude(pk__in=took_part(application)).distinct()


def waiting_appeals(reader: Any) -> QuerySet[Appeal]:
    """What waits for an answer and is not closed to the reader, the one due first on top."""
    rows = Appeal.objects.waiting().visible_to(reader)
    return rows.select_related("application__organisation").order_by("due_at", "pk")
