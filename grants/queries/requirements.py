"""Which documents an application is asked for: before the decision, at its size tier."""

from grants.models import Application, DocumentRequirement
from grants.queries.tiers import tier_of


def asked_of(application: Application) -> list[DocumentRequirement]:
    """What is asked at its tier, and what was given while a larger sum was asked for (its owner may take it off).

    One query besides that of the tier.
    """
    asked = application.call.requirements.before_decision()
    given = asked.filter(pk__in=application.documents.order_by().values("requirement"))
    return list(asked.within(tier_of(application)) | given)


def lacking_of(application: Application) -> list[DocumentRequirement]:
    """Required documents that are not there. One query besides that of the tier."""
    wanted = application.call.requirements.before_decision().within(tier_of(application)).filter(is_required=True)
    return list(wanted.exclude(pk__in=application.documents.order_by().values("requirement")))
