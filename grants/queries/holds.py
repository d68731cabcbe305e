"""Whom a hold keeps from new money and new applications."""

from django.db.models import Exists, OuterRef, Q

from grants.models import Hold


def holds_applicant() -> Exists:
    """For rows of applications: a hold is in force on an award of the organisation, or of another one under its number
    (the same BIN a second time is no way around it)."""
    organisation = "award__application__organisation"
    same = Q(**{f"{organisation}__identifier": OuterRef("organisation__identifier")})
    numbered = same & ~Q(**{f"{organisation}__identifier": ""})
    return Exists(Hold.objects.in_force().filter(Q(**{organisation: OuterRef("organisation")}) | numbered))
