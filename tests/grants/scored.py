"""A call whose applications have reviews by experts who meet each other's applications."""

from decimal import Decimal
from typing import Any

from grants.models import Call
from tests import factories


def scored_call(points: list[list[int]], *, budget: int, amount: int = 1_000_000, **terms: Any) -> Call:
    """One application for each list of points (0 to 5, all criteria alike), read by experts in turn."""
    call = factories.make_call(factories.make_year(budget=budget), reviews_needed=1, **terms)
    experts = [factories.make_expert() for _n in range(3)]
    for place, given in enumerate(points):
        application = factories.application_at("eligible", call=call, amount=Decimal(amount))
        for turn, score in enumerate(given):
            factories.review(factories.assign(application, experts[(place + turn) % len(experts)]), score=score)
    return call
