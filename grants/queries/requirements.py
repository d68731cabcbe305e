"""Which documents an application is asked for: before the decision, at its size tier."""

from collections.abc import Iterable
from typing import Any

from core.text import LANGUAGES
from grants.models import Application, ApplicationDocument, DocumentRequirement
from grants.queries.tiers import tier_of
from grants.statuses import RequirementStage
from questionnaires.statuses import Tier


def asked_of(application: Application) -> list[DocumentRequirement]:
    """What is asked at its tier, and what was given while a larger sum was asked for (its owner may take it off).

    One query besides that of the tier.
    """
    asked = application.call.requirements.before_decision()
    given = asked.filter(pk__in=application.documents.order_by().values("requirement"))
    return list(asked.within(tier_of(application)) | given)


def frozen_of(application: Application, given: Iterable[ApplicationDocument]) -> list[DocumentRequirement]:
    """As `asked_of`, out of the frozen rules that were read with it: no query, and no rows, so each by its key alone.

    `given` are its documents with their requirements.
    """
    reached = Tier.values[: Tier.values.index(tier_of(application)) + 1]
    there = {row.requirement.key for row in given}
    return [
        _requirement(application, frozen)
        for frozen in application.rules.content["documents"]
        if is_before_decision(frozen) and (frozen.get("from_tier", Tier.S) in reached or frozen["key"] in there)
    ]


def is_before_decision(frozen: dict[str, Any]) -> bool:
    """Whether frozen rules ask every applicant for a document, as rules did that do not say of whom."""
    return frozen.get("stage", RequirementStage.APPLICATION) == RequirementStage.APPLICATION


def _requirement(application: Application, frozen: dict[str, Any]) -> DocumentRequirement:
    return DocumentRequirement(
        call_id=application.call_id,
        key=frozen["key"],
        is_required=frozen["is_required"],
        **{f"title_{language}": frozen["title"].get(language, "") for language in LANGUAGES},
    )


def lacking_of(application: Application) -> list[DocumentRequirement]:
    """Required documents that are not there. One query besides that of the tier."""
    wanted = application.call.requirements.before_decision().within(tier_of(application)).filter(is_required=True)
    return list(wanted.exclude(pk__in=application.documents.order_by().values("requirement")))
