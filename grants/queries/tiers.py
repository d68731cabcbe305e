"""Which size tier an application stands in: less is asked for less money."""

from decimal import Decimal

from django.db.models import prefetch_related_objects

from grants.models import Application, Call, SizeTier
from questionnaires.statuses import Tier


def tier_of(application: Application) -> Tier:
    """The first tier of the call whose bound holds the sum asked for; the smallest while no sum is typed.

    A call without tiers asks everything (Tier.L); so does a sum above every bound. One query for each call in hand,
    or none where its tiers are prefetched or the application was read with its rules (`with_rules`). The tiers are
    frozen with the rules: only a draft call is edited.
    """
    bounds = _bounds(application)
    if not bounds:
        return Tier.L
    asked = application.amount_requested
    if asked is None:
        return bounds[0][0]
    return next((code for code, up_to in bounds if up_to is None or asked <= up_to), Tier.L)


def _bounds(application: Application) -> list[tuple[Tier, Decimal | None]]:
    """(tier, up to), from the smallest; rules that are older than tiers froze none."""
    frozen = application.rules.content.get("tiers") if Application.rules.is_cached(application) else None
    if frozen is None:
        return [(Tier(tier.code), tier.up_to) for tier in tiers_of(application.call)]
    return [(Tier(tier["code"]), None if tier["up_to"] is None else Decimal(tier["up_to"])) for tier in frozen]


def tiers_of(call: Call) -> list[SizeTier]:
    """From the smallest bound up, the tier without a bound last; read once for each call in hand."""
    prefetch_related_objects([call], "tiers")
    return sorted(call.tiers.all(), key=lambda tier: (tier.up_to is None, tier.up_to or 0))
