"""What an expert has agreed to, who offers to become one, and what they have done."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Consent
from accounts.queries.consents import text_in_force
from accounts.statuses import ConsentKind
from grants.models import Assignment, Call, Expert, ExpertCandidate, WorkAct
from questionnaires.models import Questionnaire, QuestionnaireVersion

QUESTIONNAIRE = "expert-candidate"  # questionnaires/data/expert-candidate.json


def has_undertaken(user: Any) -> bool:
    """Whether the person has accepted the confidentiality undertaking that is in force now. Two queries."""
    text = text_in_force(ConsentKind.CONFIDENTIALITY)
    return Consent.objects.filter(user=user, text=text, is_given=True).exists()


def candidate_version() -> QuestionnaireVersion | None:
    """The questions that candidates answer, as published last; None where staff have published none."""
    versions = QuestionnaireVersion.objects.filter(questionnaire__code=QUESTIONNAIRE)
    return versions.order_by("-number").first()


def candidate_questionnaire() -> Questionnaire | None:
    """The editor's desk of these questions."""
    return Questionnaire.objects.filter(code=QUESTIONNAIRE).first()


def open_candidature(user: Any) -> ExpertCandidate | None:
    """What the person has begun or sent and nobody has answered."""
    return ExpertCandidate.objects.filter(user=user, answered_at=None).select_related("answer_set__version").first()


def finished_work(call: Call) -> QuerySet[Any]:
    """Experts of a call with `done` reviews that are in, `open` ones, and the act where there is one. One query."""
    here = Q(assignments__application__call=call, assignments__returned_at=None)
    is_in = here & Q(assignments__review__submitted_at__isnull=False)
    return (
        Expert.objects.filter(here)
        .annotate(
            done=Count("assignments", filter=is_in, distinct=True),
            asked=Count("assignments", filter=here, distinct=True),
        )
        .select_related("user")
        .order_by("user__display_name", "pk")
    )


def reviews_in(expert: Expert, call: Call) -> int:
    """How many reviews of a call an expert has handed in."""
    rows = Assignment.objects.live().filter(expert=expert, application__call=call)
    return rows.filter(review__submitted_at__isnull=False).count()


def acts_of(call: Call) -> dict[int, WorkAct]:
    """Expert -> the act of this call. One query."""
    return {row.expert_id: row for row in WorkAct.objects.filter(call=call)}
